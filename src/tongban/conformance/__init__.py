"""Drives any node over https and says, rule by rule of spec/, what it does wrong."""
