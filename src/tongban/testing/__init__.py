"""Shipped fakes and stand-ins; only app/ imports it."""
