"""Divisions of China (行政区划): codes, names, parents, and what replaced a code that is gone."""
