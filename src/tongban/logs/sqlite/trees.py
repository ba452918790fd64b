# ruff: noqa: D102  the contract of each method stands in logs/store.py and logs/distrust.py
"""The trees over logs: their stored hashes, and whether those are what they were."""

from collections.abc import Callable
from typing import Any

from tongban.evidence.faults import UnreadableRange
from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, CompactRange, complete_subtrees, leaf_hash
from tongban.logs.faults import BrokenInvariant, TreeDamaged
from tongban.logs.rows import Leaf, StoredEnd
from tongban.logs.sqlite.suites import Suites
from tongban.logs.tiles import TILE_LEVELS, TILE_WIDTH, TileTop, stored_below, tops_between


class Trees(Suites):
    """The trees' part of the store."""

    def subtree(self, connection: Any, log: int, generation: int) -> Callable[[int, int], bytes]:
        suite = self.suite_of(connection, log, generation)

        def read(level: int, index: int) -> bytes:
            stored, places = stored_below(level, index)
            place = (log, generation, stored, places.start, places.stop)
            rows = self.tree_hashes(connection, *place)
            if len(rows) != len(places):
                raise BrokenInvariant(f"subtree {index} at level {level} is not complete")
            return EMPTY.extend(suite, rows).hashes[0]

        return read

    def tree_hashes(  # noqa: PLR0917  the place, then what of it
        self, connection: Any, log: int, generation: int, level: int, first: int, stop: int
    ) -> list[bytes]:
        place, bounds = (log, generation), (first, stop)
        rows = (
            connection.execute(self._sql["subtree_hashes"], (*place, level, *bounds)).fetchall()
            if level
            else connection.execute(self._sql["leaf_hashes"], (*place, *bounds)).fetchall()
        )
        return [found for (found,) in rows]

    def leaves(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[Leaf]:
        rows = connection.execute(self._sql["leaves"], (log, generation, first, stop)).fetchall()
        suite = self.suite_of(connection, log, generation)
        return [
            Leaf(
                index=index,
                stored=stored,
                of_bytes=None if data is None else leaf_hash(suite, data),
            )
            for index, stored, data in rows
        ]

    def entry_bytes(self, connection: Any, log: int, generation: int, index: int) -> bytes | None:
        row = connection.execute(self._sql["entry_bytes"], (log, generation, index)).fetchone()
        return row[0] if row else None

    def stored_end(self, connection: Any, log: int, generation: int) -> StoredEnd:
        found = connection.execute(self._sql["end"], (log, generation)).fetchone()
        if found is None:
            raise BrokenInvariant(f"there is no generation {generation} in log {log}")
        size, data, entries, stated = found
        return StoredEnd(size=size, range=data, entries=entries, stated=stated)

    def is_sound(self, connection: Any, log: int, generation: int, first: int, stop: int) -> bool:
        place = (log, generation)
        end = self.stored_end(connection, *place)
        tops = tops_between(first, stop)
        return (stop < end.entries or self._is_end(connection, place, end)) and all(
            self._is_top(connection, place, *top) for top in tops
        )

    def sound_range(
        self,
        connection: Any,
        log: int,
        generation: int,
        suite: Suite,
        end: tuple[int, bytes, bytes | None],
    ) -> CompactRange:
        """Where a generation ends, as it is stored where that leads to what was stated.

        Else as the hashes below give it, where they lead there or say what is stored. Raises
        TreeDamaged.
        """
        size, data, stated = end
        stored = read_range(data, size)
        if stored and stated in {None, stored.root(suite)}:
            return stored
        below = self._range_below(connection, log, generation, size)
        if below and (below == stored or below.root(suite) == stated):
            return below
        raise TreeDamaged(
            f"the end of generation {generation} in log {log} does not lead to the root that was "
            "stated about it; `tongban repair` derives it anew from the entries",
            log,
            generation,
        )

    def restore_tree(  # noqa: PLR0917  the place, then what is right there
        self,
        connection: Any,
        log: int,
        generation: int,
        leaves: dict[int, bytes],
        tops: list[TileTop],
        statements: dict[int, bytes],
    ) -> None:
        place, cursor = (log, generation), connection.cursor()
        cursor.executemany(
            self._sql["restore_leaf"], [(right, *place, index) for index, right in leaves.items()]
        )
        cursor.executemany(
            self._sql["restore_subtree"], [(*place, top.level, top.index, top.hash) for top in tops]
        )
        cursor.executemany(
            self._sql["restore_statement"],
            [(right, *place, size) for size, right in statements.items()],
        )

    def restore_end(
        self, connection: Any, log: int, generation: int, found: bytes, right: CompactRange
    ) -> None:
        place = (log, generation)
        row = (right.size, right.to_bytes(), *place, found, right.size, *place)
        connection.execute(self._sql["restore_end"], row)

    def _is_end(self, connection: Any, place: tuple[int, int], end: StoredEnd) -> bool:
        """Whether what is stored of the end is what lies below, and what was stated about it."""
        whole, suite = read_range(end.range, end.size), self.suite_of(connection, *place)
        if whole is None or end.stated not in {None, whole.root(suite)}:
            return False
        return whole == self._range_below(connection, *place, end.entries)

    def _is_top(self, connection: Any, place: tuple[int, int], level: int, index: int) -> bool:
        """Whether a stored tile is the hash of the next lower stored ones."""
        first = index * TILE_WIDTH
        below = (level - TILE_LEVELS, first, first + TILE_WIDTH)
        rows = self.tree_hashes(connection, *place, *below)
        stored = self.tree_hashes(connection, *place, level, index, index + 1)
        suite = self.suite_of(connection, *place)
        return stored == list(EMPTY.extend(suite, rows).hashes)

    def _range_below(
        self, connection: Any, log: int, generation: int, size: int
    ) -> CompactRange | None:
        """The range as the stored hashes give it; None where there are not as many."""
        subtree = self.subtree(connection, log, generation)
        try:
            hashes = tuple(subtree(*place) for place in complete_subtrees(0, size))
        except BrokenInvariant:
            return None
        return CompactRange(size=size, hashes=hashes)


def read_range(data: bytes, size: int) -> CompactRange | None:
    """A stored range; None where it cannot be read, or is of another size than it should be."""
    try:
        stored = CompactRange.from_bytes(data)
    except UnreadableRange:
        return None
    return stored if stored.size == size else None
