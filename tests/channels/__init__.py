"""Tests of the roads between nodes."""
