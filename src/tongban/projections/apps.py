"""Registers projections with Django."""

from django.apps import AppConfig


class ProjectionsConfig(AppConfig):
    """See the package."""

    name = "tongban.projections"
    label = "projections"
