"""Durable logs, bodies and case states in plain SQL; wire/ turns entries into bytes by version."""
