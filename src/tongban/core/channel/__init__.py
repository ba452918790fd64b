"""Outcomes, generations and documents on the log between two nodes."""
