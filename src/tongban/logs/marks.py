"""Small values that a node keeps under a name of its own."""

from typing import Any, Protocol


class MarkStore(Protocol):
    """Values of the node as a whole."""

    def mark(self, connection: Any, key: str) -> str | None:
        """A value; None before it was first put."""
        ...

    def put_mark(self, connection: Any, key: str, value: str) -> None:
        """The value from now on."""
        ...
