"""What the store keeps of what officers decided about items."""

from typing import Any, Protocol

from tongban.logs.rows import OwnWithdrawal


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
