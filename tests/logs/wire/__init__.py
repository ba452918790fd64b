"""Tests of the entries' bytes."""
