"""JSON API for systems: the connector for approval systems, and a thin client of it."""
