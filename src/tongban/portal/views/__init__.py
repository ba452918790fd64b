"""The portal's pages, one file for each thing that people come for."""
