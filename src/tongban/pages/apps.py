"""Registers the shared page parts with Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates, style sheet, template tags and translations shared by every page."""

    name = "tongban.pages"
    label = "pages"
