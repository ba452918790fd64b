"""What the store keeps of catalogues beside states: days on which versions stood, and choices."""

from datetime import date
from typing import Any, Protocol

from tongban.logs.rows import OwnWithdrawal, Publication


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


class OpeningStore(Protocol):
    """What officers decided about this node's own items."""

    def put_withdrawal(self, connection: Any, row: OwnWithdrawal) -> None:
        """The item takes no new applications; replaces what was said of it before."""
        ...

    def forget_withdrawal(self, connection: Any, item: str) -> None:
        """Another version of the item was published; nothing happens where none is kept."""
        ...

    def withdrawals(self, connection: Any) -> list[OwnWithdrawal]:
        """Everything that is withdrawn, by item."""
        ...

    def open_to_all(self, connection: Any, item: str) -> None:
        """Every partner is told of the item, whatever was agreed with it."""
        ...

    def opened_to_all(self, connection: Any) -> list[str]:
        """Items that every partner is told of."""
        ...
