"""What may happen: agreements, cases, items, deadlines; pure functions over frozen values."""
