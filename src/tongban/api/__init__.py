"""JSON API and connectors for other systems."""
