"""Clocks by leg: one rule a file, each with its legal basis."""
