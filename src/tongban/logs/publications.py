"""The store's contract for versions of items; logs/store.py says what holds for all of it."""

from datetime import date
from typing import Any, Protocol

from tongban.logs.rows import Publication


class PublicationStore(Protocol):
    """Which version of an item stood on which days; nothing here is ever forgotten."""

    def add_publication(self, connection: Any, added: Publication) -> None:
        """A version stands from its first day on."""
        ...

    def end_publication(self, connection: Any, item: str, digest: str, day: date) -> None:
        """Its last day; raises BrokenInvariant when it does not stand."""
        ...

    def standing_publications(self, connection: Any) -> list[Publication]:
        """What stands now, in the order in which it was published."""
        ...

    def publications_on(self, connection: Any, day: date) -> list[Publication]:
        """What stood at some time of that day."""
        ...

    def publications_of(self, connection: Any, item: str) -> list[Publication]:
        """Every version of one item, oldest first."""
        ...
