"""Service items: what can be done, with which materials, form, limits and process."""
