"""Pages for those who look at the whole: partners' catalogues, standards, obstacles, mandates."""
