"""Registers the oversight pages with Django."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Pages of catalogue officers and of the joint office (联席办); they decide no case."""

    name = "tongban.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Offer the links of these pages to the frame of every page."""
        from tongban.oversight.links import oversight_links  # noqa: PLC0415 - apps must be loaded
        from tongban.pages.navigation import offer_links  # noqa: PLC0415 - apps must be loaded

        offer_links(oversight_links)
