"""Tests of the data that ships with the package."""
