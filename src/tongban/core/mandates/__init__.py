"""Lists that an upper level or an alliance published, and how far a pair of places has come."""
