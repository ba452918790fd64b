"""Views of the agreement pages."""
