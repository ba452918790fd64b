"""Registers people, organisations and roles with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Local tables: permanent, of this node alone, covered by backup."""

    name = "tongban.accounts"
    label = "accounts"
