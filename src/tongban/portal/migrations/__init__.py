"""Changes of the tables of drafts, in order."""
