"""What the store keeps of what officers decided about items."""

from typing import Any, Protocol

from tongban.logs.rows import OwnOpening, OwnWithdrawal


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
        """An officer opened the item; nothing happens where that was said before."""
        ...

    def openings(self, connection: Any) -> list[OwnOpening]:
        """Everything that officers opened, by item."""
        ...
