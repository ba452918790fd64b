"""Backups of a node: made while it runs or stands, checked, and put back."""
