"""Registers the read models with Django."""

from django.apps import AppConfig


class ProjectionsConfig(AppConfig):
    """Droppable tables: emptied and rebuilt from the logs at any time."""

    name = "tongban.projections"
    label = "projections"
