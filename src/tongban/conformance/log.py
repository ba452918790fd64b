"""A log between the runner and the node under test, whole and in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tongban.channels.messages import Position
from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, leaf_hash

NOWHERE = Position(generation=0, size=0)


def before(left: Position, right: Position) -> bool:
    """Whether one place lies before another in the same log."""
    return (left.generation, left.size) < (right.generation, right.size)


def place(at: Position) -> str:
    """A place in words."""
    return f"{at.size} of generation {at.generation}"


@dataclass(kw_only=True, slots=True)
class Generation:
    """One generation; note: the newest signed checkpoint of a mirrored one."""

    number: int
    start: str
    origin: str
    suite: Suite
    entries: list[bytes] = field(default_factory=list)
    note: bytes = b""

    def root(self, size: int) -> bytes:
        """The root of its first entries."""
        return root_of(self.suite, self.entries[:size])


@dataclass(kw_only=True, slots=True)
class Log:
    """All generations of a log that one side writes, the first one first."""

    generations: list[Generation] = field(default_factory=list)

    @property
    def end(self) -> Position:
        """Where it ends."""
        if not self.generations:
            return NOWHERE
        last = self.generations[-1]
        return Position(generation=last.number, size=len(last.entries))

    @property
    def last(self) -> Generation:
        """The newest generation; there must be one."""
        return self.generations[-1]

    def under(self, origin: str) -> Generation | None:
        """The generation of this origin."""
        return next((each for each in self.generations if each.origin == origin), None)

    def after(self, position: Position) -> Iterator[tuple[Generation, int]]:
        """Each generation that goes beyond a place, with the index at which it does."""
        for each in self.generations:
            first = position.size if each.number == position.generation else 0
            if each.number >= position.generation and first < len(each.entries):
                yield each, first


def root_of(suite: Suite, entries: list[bytes]) -> bytes:
    """The root of a tree over these entries."""
    return EMPTY.extend(suite, (leaf_hash(suite, entry) for entry in entries)).root(suite)


def channel_origin(writer: str, reader: str, generation: int, start: str) -> str:
    """The name of a generation (channels.md, "Names")."""
    return f"{writer}/channel/{reader}/{generation}-{start}"
