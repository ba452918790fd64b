"""Examines a whole store: every entry, root, signature, body and state; changes nothing."""
