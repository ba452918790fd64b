"""Views of the oversight pages."""
