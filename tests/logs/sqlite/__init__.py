"""Tests of what only the store on SQLite does."""
