"""Registers the API's tables with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Local tables: access of connected systems, and the keys of the facts that they reported."""

    name = "tongban.api"
    label = "api"
