"""Registers the agreement pages with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Pages of agreement officers; the joint office (联席办) reads them."""

    name = "tongban.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Offer the links of these pages to the frame of every page."""
        from tongban.agreements.links import agreement_links  # noqa: PLC0415 - apps must be loaded
        from tongban.pages.navigation import offer_links  # noqa: PLC0415 - apps must be loaded

        offer_links(agreement_links)
