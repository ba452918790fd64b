"""Places in a log, as peers speak of them: by generation, then by size."""

from tongban.channels.messages import Position
from tongban.logs.rows import Head

NOWHERE = Position(generation=0, size=0)


def position(head: Head | None) -> Position:
    """Where a log ends."""
    return Position(generation=head.generation, size=head.size) if head else NOWHERE


def before(left: Position, right: Position) -> bool:
    """Whether one place lies before another in the same log."""
    return (left.generation, left.size) < (right.generation, right.size)
