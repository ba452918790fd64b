"""What the store keeps of what officers decided about items."""

from typing import Any, Protocol

from tongban.logs.rows import OwnClosure, OwnOpening, OwnWithdrawal


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

    def put_opening(self, connection: Any, row: OwnOpening) -> None:
        """An officer opened the item; what was taken back from this partner is so no more.

        Who said so first stays; given_at becomes the row's.
        """
        ...

    def openings(self, connection: Any) -> list[OwnOpening]:
        """Everything that officers opened, by item."""
        ...

    def put_closure(self, connection: Any, row: OwnClosure) -> None:
        """An officer took the item back from one partner; that it was opened to it is forgotten."""
        ...

    def closures(self, connection: Any) -> list[OwnClosure]:
        """Everything that officers took back, by item."""
        ...
