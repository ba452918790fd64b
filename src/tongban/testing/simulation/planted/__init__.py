"""Bugs that are planted in production code to see whether the simulator sees them."""
