"""Watches due instants and sends commands like any officer."""
