"""Negotiations: how two nodes come to the text that both may sign (spec/negotiations.md)."""
