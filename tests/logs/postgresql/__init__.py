"""Tests of what only the store on PostgreSQL does."""
