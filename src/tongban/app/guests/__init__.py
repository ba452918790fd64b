"""What goes to a guest by post or mail, and how its answer is read back (docs/how-to)."""
