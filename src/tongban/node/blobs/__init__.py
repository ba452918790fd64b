"""Large files: kept and read in pieces, and told to partners before entries name them."""
