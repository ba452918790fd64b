"""Measurements whose figures stand in docs/reference/performance.md; no test depends on them."""
