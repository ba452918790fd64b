"""Applications on their way between an intake place and the competent authority."""
