"""Governments that cannot command each other serve each other's people (跨省通办)."""
