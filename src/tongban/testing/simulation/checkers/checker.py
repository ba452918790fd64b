"""What every checker does."""

from typing import Protocol


class Checker(Protocol):
    """Watches one invariant in one world; raises Violation."""

    def look(self) -> None:
        """Look after each step of the story; machines that are down are not looked into."""
        ...

    def look_at_last(self) -> None:
        """Look when faults have stopped and everything is said."""
        ...
