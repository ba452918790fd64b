"""Registers the demand list with Django."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    """A local table: permanent, of this node alone, covered by backup."""

    name = "tongban.demand"
    label = "demand"
