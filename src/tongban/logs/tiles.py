"""Which inner nodes of a log's tree are stored, so that any proof reads a bounded number of rows.

The leaves, and the hash over every complete 2^8, 2^16, 2^24 … of them, as tlog-tiles cuts a tree.
Any other complete subtree is folded from at most 128 stored hashes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, CompactRange

TILE_LEVELS = 8
TILE_WIDTH = 1 << TILE_LEVELS


@dataclass(frozen=True, kw_only=True, slots=True)
class TileTop:
    """Hash of the complete subtree over 2^level leaves from index · 2^level on."""

    level: int
    index: int
    hash: bytes


def grow(
    suite: Suite, whole: CompactRange, leaves: Sequence[bytes]
) -> tuple[CompactRange, list[TileTop]]:
    """The range after more leaves, and the tile tops that they completed."""
    # Complete tiles are the leaves of a tree of their own, so the levels above recur.
    tiles, tile = _parted(whole)
    completed: list[bytes] = []
    for chunk in _chunks(leaves, TILE_WIDTH - tile.size):
        tile = tile.extend(suite, chunk)
        if tile.size == TILE_WIDTH:
            completed.append(tile.hashes[0])
            tile = EMPTY
    if not completed:
        return _joined(tiles, tile), []
    first = tiles.size
    tiles, above = grow(suite, tiles, completed)
    tops = [
        TileTop(level=TILE_LEVELS, index=first + offset, hash=top)
        for offset, top in enumerate(completed)
    ]
    raised = [TileTop(level=t.level + TILE_LEVELS, index=t.index, hash=t.hash) for t in above]
    return _joined(tiles, tile), tops + raised


def tops_between(first: int, stop: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the tiles whose last leaf is one of first ≤ leaf < stop, lowest first."""
    level = TILE_LEVELS
    while 1 << level <= stop:
        yield from ((level, index) for index in range(first >> level, stop >> level))
        level += TILE_LEVELS


def stored_below(level: int, index: int) -> tuple[int, range]:
    """The stored level, and the indices in it, from which a complete subtree is folded."""
    stored = level - level % TILE_LEVELS
    width = 1 << (level - stored)
    return stored, range(index * width, (index + 1) * width)


def _parted(whole: CompactRange) -> tuple[CompactRange, CompactRange]:
    size, rest = divmod(whole.size, TILE_WIDTH)
    count = size.bit_count()
    return (
        CompactRange(size=size, hashes=whole.hashes[:count]),
        CompactRange(size=rest, hashes=whole.hashes[count:]),
    )


def _joined(tiles: CompactRange, tile: CompactRange) -> CompactRange:
    return CompactRange(size=tiles.size * TILE_WIDTH + tile.size, hashes=tiles.hashes + tile.hashes)


def _chunks(leaves: Sequence[bytes], first: int) -> Iterator[Sequence[bytes]]:
    """The leaves, cut where tiles end."""
    yield leaves[:first]
    for start in range(first, len(leaves), TILE_WIDTH):
        yield leaves[start : start + TILE_WIDTH]
