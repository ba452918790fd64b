"""Registers portal with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See the package."""

    name = "tongban.portal"
    label = "portal"
