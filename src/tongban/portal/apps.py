"""Registers the portal with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages of residents and enterprises, and their drafts."""

    name = "tongban.portal"
    label = "portal"

    def ready(self) -> None:
        """Offer the portal's links to the frame of every page, and what was begun in it."""
        from tongban.pages.begun import offer_count  # noqa: PLC0415 - apps must be loaded
        from tongban.pages.navigation import offer_links  # noqa: PLC0415 - apps must be loaded
        from tongban.portal.drafts import unsent  # noqa: PLC0415 - apps must be loaded
        from tongban.portal.links import portal_links  # noqa: PLC0415 - apps must be loaded

        offer_links(portal_links)
        offer_count(unsent)
