"""One log of the store through all its generations, as a single sequence that can be searched."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from tongban.core.entry import Entry, Event
from tongban.logs.rows import StoredEntry
from tongban.logs.store import Store
from tongban.node.ports import Connection
from tongban.node.work import readable


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Spot:
    """Where the store keeps an entry."""

    log: int
    generation: int
    index: int


class Timeline:
    """Reads single entries, never the log as a whole; good while the connection is lent."""

    def __init__(self, store: Store, connection: Connection, log: int) -> None:
        self._store = store
        self._connection = connection
        self._log = log
        self._generations = store.generations(connection, log)
        self._ends = list(accumulate(generation.size for generation in self._generations))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def spot(self, number: int) -> Spot:
        """Where the entry of this number stands, counted from 0 over all generations."""
        which = bisect_right(self._ends, number)
        generation = self._generations[which]
        index = number - self._ends[which] + generation.size
        return Spot(log=self._log, generation=generation.generation, index=index)

    def row(self, number: int) -> StoredEntry:
        """The entry of this number as the store keeps it."""
        spot = self.spot(number)
        (row,) = self._store.entries(
            self._connection, spot.log, spot.generation, spot.index, spot.index + 1
        )
        return row

    def entry(self, number: int) -> Entry | None:
        """What the entry says; None where it was erased or is none."""
        return readable(self.row(number).data)

    def event(self, number: int) -> Event | None:
        """What happened; None where the entry cannot be read."""
        entry = self.entry(number)
        return entry.event if entry else None

    def first(self, holds: Callable[[int], bool]) -> int:
        """The lowest number of which it holds, when it holds of all above; else the length."""
        return bisect_left(range(len(self)), x=True, key=holds)
