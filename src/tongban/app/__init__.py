"""Composition root: settings, wiring, command line, serve and demo."""
