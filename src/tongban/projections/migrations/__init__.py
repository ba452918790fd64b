"""Changes of the read models, in order."""
