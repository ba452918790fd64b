"""Hashes over entries that rotted, derived anew from the bytes and from what was stated of them.

An entry whose bytes and hash fit each other is as it was written: no accident makes them fit. Where
they differ, one of the two rotted, and the next root that was stated shows which. Stated roots are
in the store up to three times: by themselves, and in both sides' signed notes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note
from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, CompactRange
from tongban.logs.rows import Leaf, StoredCheckpoint, StoredEnd
from tongban.logs.tiles import TILE_LEVELS, TILE_WIDTH, TileTop, tops_between
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection

#: Leaves that are read in one go, and ways to read doubtful ones that are followed at once.
_SLICE = 1_024
_READINGS_MAX = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class RightHashes:
    """What is right where something else is stored.

    leaves: by index. statements: roots by size. end: with the bytes that were found in its place.
    doubtful: entries between two stated roots of which the bytes would show what is right. torn:
    the entries are whole, and something else was signed about them, or some are missing.
    """

    leaves: dict[int, bytes] = field(default_factory=dict)
    statements: dict[int, bytes] = field(default_factory=dict)
    tops: list[TileTop] = field(default_factory=list)
    end: tuple[bytes, CompactRange] | None = None
    doubtful: list[int] = field(default_factory=list)
    torn: bool = False

    @property
    def count(self) -> int:
        """How many stored hashes were not what they are."""
        return len(self.leaves) + len(self.statements) + len(self.tops) + (self.end is not None)


def examine(
    kernel: Kernel,
    connection: Connection,
    log: int,
    generation: int,
    *,
    given: Mapping[int, bytes] | None = None,
) -> RightHashes:
    """Walk along a generation; nothing is changed.

    given: hashes that entries may have, by index, of bytes that somebody gave.
    """
    stored = kernel.store.stored_end(connection, log, generation)
    walk = _Walk(kernel.store.suite_of(connection, log, generation), given or {})
    for first in range(0, stored.entries, _SLICE):
        stop = min(first + _SLICE, stored.entries)
        leaves = kernel.store.leaves(connection, log, generation, first, stop)
        if len(leaves) != stop - first:
            return RightHashes(torn=True)
        statements = kernel.store.statements(connection, log, generation, after=first, limit=_SLICE)
        walk.go_on(leaves, {each.size: each for each in statements})
    return _completed(kernel, connection, (log, generation), walk, stored)


def put_right(
    kernel: Kernel, connection: Connection, log: int, generation: int, found: RightHashes
) -> None:
    """Store what was found right."""
    kernel.store.restore_tree(
        connection, log, generation, found.leaves, found.tops, found.statements
    )
    if found.end is not None:
        kernel.store.restore_end(connection, log, generation, *found.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    """One way to read what is doubtful since the last root that fitted.

    leaves: hashes other than the stored ones. roots: at sizes where something else is stated.
    """

    tree: CompactRange = EMPTY
    leaves: tuple[tuple[int, bytes], ...] = ()
    roots: tuple[tuple[StoredCheckpoint, bytes], ...] = ()


class _Walk:
    """Leaf by leaf, in as many readings as there are doubts, until a root shows the right one."""

    def __init__(self, suite: Suite, given: Mapping[int, bytes]) -> None:
        self._suite = suite
        self._given = given
        self._readings = [_Reading()]
        self._doubtful: list[int] = []
        self._leaves: dict[int, bytes] = {}
        self._statements: dict[int, bytes] = {}
        self._torn = False

    def go_on(self, leaves: list[Leaf], statements: Mapping[int, StoredCheckpoint]) -> None:
        """Some more leaves, and what was stated along them."""
        for leaf in leaves:
            self._grow(leaf)
            statement = statements.get(leaf.index + 1)
            if statement is not None:
                self._compare(statement)

    def end(self, stored: StoredEnd) -> RightHashes:
        """What was found; the stored end itself shows what is right after the last statement."""
        fitting = [each for each in self._readings if each.tree.to_bytes() == stored.range]
        if fitting or not self._doubtful:
            self._settle((fitting or self._readings)[0])
        return RightHashes(
            leaves=self._leaves,
            statements=self._statements,
            doubtful=self._doubtful,
            torn=self._torn,
        )

    @property
    def tree(self) -> CompactRange:
        """The whole tree, where there is no doubt left."""
        return self._readings[0].tree

    def _grow(self, leaf: Leaf) -> None:
        ways = self._ways(leaf)
        if leaf.of_bytes != leaf.stored:
            # Of bytes that were erased there is but one reading, and that may be wrong.
            self._doubtful.append(leaf.index)
        if len(ways) * len(self._readings) > _READINGS_MAX:
            ways = ways[:1]
        self._readings = [
            _read(self._suite, reading, leaf, way) for reading in self._readings for way in ways
        ]

    def _ways(self, leaf: Leaf) -> list[bytes]:
        """What the hash may be; most likely that in which somebody else's bytes and ours agree."""
        given = self._given.get(leaf.index)
        ways = [leaf.stored, leaf.of_bytes, given]
        if given in {leaf.stored, leaf.of_bytes}:
            ways.insert(0, given)
        return list(dict.fromkeys(way for way in ways if way is not None))

    def _compare(self, statement: StoredCheckpoint) -> None:
        roots = [each.tree.root(self._suite) for each in self._readings]
        fitting = _fitting(statement, roots)
        if fitting is not None:
            self._settle(self._readings[roots.index(fitting)])
            if fitting != statement.root:
                self._statements[statement.size] = fitting
            return
        self._readings = [
            replace(each, roots=(*each.roots, (statement, root)))
            for each, root in zip(self._readings, roots, strict=True)
        ]
        if not self._doubtful:
            self._settle(self._readings[0])

    def _settle(self, reading: _Reading) -> None:
        self._leaves.update(reading.leaves)
        for statement, root in reading.roots:
            self._restate(statement, root)
        self._readings = [_Reading(tree=reading.tree)]
        self._doubtful = []

    def _restate(self, statement: StoredCheckpoint, root: bytes) -> None:
        """What nobody signed, or what was signed as it is right, is put right where it stands."""
        noted = _noted(statement)
        if noted and root not in noted:
            self._torn = True
        else:
            self._statements[statement.size] = root


def _read(suite: Suite, reading: _Reading, leaf: Leaf, way: bytes) -> _Reading:
    tree = reading.tree.append(suite, way)
    if way == leaf.stored:
        return replace(reading, tree=tree)
    return replace(reading, tree=tree, leaves=(*reading.leaves, (leaf.index, way)))


def _fitting(statement: StoredCheckpoint, roots: list[bytes]) -> bytes | None:
    """Which of the roots was stated, by itself or in a note."""
    if statement.root in roots:
        return statement.root
    return next((root for root in roots if root in _noted(statement)), None)


def _noted(statement: StoredCheckpoint) -> set[bytes]:
    """The roots in the notes that were signed about a statement."""
    return {root for data in (statement.signature, statement.note) for root in _root_in(data)}


def _root_in(data: bytes | None) -> Iterator[bytes]:
    try:
        yield parse_checkpoint(parse_note(data or b"").text).root
    except EvidenceFault:
        return


def _completed(
    kernel: Kernel,
    connection: Connection,
    place: tuple[int, int],
    walk: _Walk,
    stored: StoredEnd,
) -> RightHashes:
    """With what stands above the leaves, where those are beyond doubt."""
    found, tree = walk.end(stored), walk.tree
    if found.doubtful or found.torn:
        return found
    tops = list(_tops(kernel, connection, place, found.leaves, tree.size))
    right = (stored.size, stored.range) == (tree.size, tree.to_bytes())
    return replace(found, tops=tops, end=None if right else (stored.range, tree))


def _tops(
    kernel: Kernel,
    connection: Connection,
    place: tuple[int, int],
    leaves: Mapping[int, bytes],
    size: int,
) -> Iterator[TileTop]:
    """Tiles that are not the hash of what lies below them, lowest first."""
    suite = kernel.store.suite_of(connection, *place)
    changed = {(0, index): right for index, right in leaves.items()}
    for level, index in tops_between(0, size):
        first, lower = index * TILE_WIDTH, level - TILE_LEVELS
        below = kernel.store.tree_hashes(connection, *place, lower, first, first + TILE_WIDTH)
        # One that is not there, or went wrong, was found before those above it.
        hashes = {first + offset: found for offset, found in enumerate(below)}
        right = [
            changed.get((lower, n), hashes.get(n, b"")) for n in range(first, first + TILE_WIDTH)
        ]
        found = EMPTY.extend(suite, right).hashes[0]
        if kernel.store.tree_hashes(connection, *place, level, index, index + 1) != [found]:
            changed[level, index] = found
            yield TileTop(level=level, index=index, hash=found)
