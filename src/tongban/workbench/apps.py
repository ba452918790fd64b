"""Registers the workbench with Django."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Pages of counter clerks and case officers, and the intakes they have begun."""

    name = "tongban.workbench"
    label = "workbench"

    def ready(self) -> None:
        """Offer the workbench's links to the frame of every page."""
        from tongban.pages.navigation import offer_links  # noqa: PLC0415 - apps must be loaded
        from tongban.workbench.links import workbench_links  # noqa: PLC0415 - apps must be loaded

        offer_links(workbench_links)
