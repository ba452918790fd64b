"""How many people have begun something for an item and not sent it; rooms bring their counts."""

from collections.abc import Callable

#: From the item's code to a number: nobody learns who it was.
Count = Callable[[str], int]

_counts: list[Count] = []


def offer_count(count: Count) -> None:
    """Let a room add its own; called once, when the room's AppConfig is ready."""
    if count not in _counts:
        _counts.append(count)


def begun_applications(item: str) -> int:
    """Applications for this item that residents here have begun and not sent."""
    return sum(count(item) for count in _counts)
