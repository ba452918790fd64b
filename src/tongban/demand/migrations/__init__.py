"""Changes of the table of demand, in order."""
