"""Merkle trees as RFC 6962 hashes them: growing, proving and checking.

Generators and verifiers share nothing but the two hash functions: the generators walk the tree
from the root as RFC 6962 section 2.1 defines it, the verifiers climb from the leaf as RFC 9162
sections 2.1.3.2 and 2.1.4.2 do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from tongban.evidence.faults import UnreadableRange
from tongban.evidence.suite import HASH_BYTES, Suite

Subtree = Callable[[int, int], bytes]
"""(level, index) -> hash of the complete subtree over 2^level leaves from index · 2^level on."""

_SIZE_BYTES = 8


def leaf_hash(suite: Suite, data: bytes) -> bytes:
    """H(0x00 ‖ data)."""
    return suite.digest(b"\x00" + data)


def node_hash(suite: Suite, left: bytes, right: bytes) -> bytes:
    """H(0x01 ‖ left ‖ right)."""
    return suite.digest(b"\x01" + left + right)


@dataclass(frozen=True, kw_only=True, slots=True)
class CompactRange:
    """The complete subtrees that make up a tree, largest first: all that appending needs."""

    size: int
    hashes: tuple[bytes, ...]

    def append(self, suite: Suite, leaf: bytes) -> Self:
        """The range after one more leaf hash."""
        return self.extend(suite, (leaf,))

    def extend(self, suite: Suite, leaves: Iterable[bytes]) -> Self:
        """The range after more leaf hashes, in order."""
        size, hashes = self.size, list(self.hashes)
        for leaf in leaves:
            hashes.append(leaf)
            size += 1
            # Each trailing zero of the new size is a pair of equal subtrees that now join.
            for _ in range((size & -size).bit_length() - 1):
                right = hashes.pop()
                hashes.append(node_hash(suite, hashes.pop(), right))
        return type(self)(size=size, hashes=tuple(hashes))

    def root(self, suite: Suite) -> bytes:
        """The tree's root hash; of no leaves, the hash of nothing (RFC 6962 section 2.1)."""
        return _joined(suite, self.hashes) if self.hashes else suite.digest(b"")

    def to_bytes(self) -> bytes:
        """The size in eight big-endian bytes, then the hashes."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Inverse of `to_bytes`; raises UnreadableRange."""
        size = int.from_bytes(data[:_SIZE_BYTES], "big")
        if len(data) != _SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise UnreadableRange(f"{len(data)} bytes are no compact range of {size} leaves")
        starts = range(_SIZE_BYTES, len(data), HASH_BYTES)
        return cls(size=size, hashes=tuple(data[s : s + HASH_BYTES] for s in starts))


EMPTY = CompactRange(size=0, hashes=())


def inclusion_proof(suite: Suite, index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """The hashes from the leaf's sibling up to the root's child (RFC 6962 section 2.1.1)."""
    if not 0 <= index < size:
        raise IndexError(f"a tree of {size} leaves has no leaf {index}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_root_over(suite, middle, end, subtree))
            end = middle
        else:
            path.append(_root_over(suite, start, middle, subtree))
            start = middle
    return tuple(reversed(path))


def consistency_proof(
    suite: Suite, old_size: int, new_size: int, subtree: Subtree
) -> tuple[bytes, ...]:
    """The hashes that tie an older tree to a newer one (RFC 6962 section 2.1.2).

    Empty when the old tree is empty or the sizes are equal, as C2SP tlog-witness has it.
    """
    if not 0 <= old_size <= new_size:
        raise IndexError(f"a tree of {new_size} leaves never had {old_size}")
    if old_size == 0:
        return ()
    start, end, path = 0, new_size, []
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_root_over(suite, middle, end, subtree))
            end = middle
        else:
            path.append(_root_over(suite, start, middle, subtree))
            start = middle
    # When the old tree is itself a complete subtree, the verifier knows its root already.
    if start > 0:
        path.append(_root_over(suite, start, end, subtree))
    return tuple(reversed(path))


def verify_inclusion(  # noqa: PLR0917  the arguments and order of RFC 9162
    suite: Suite, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether proof shows the leaf hash at index of the tree with this size and root."""
    if not 0 <= index < size or any(len(step) != HASH_BYTES for step in proof):
        return False
    here, last, climbed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            climbed = node_hash(suite, step, climbed)
            here, last = _skip_missing_siblings(here, last)
        else:
            climbed = node_hash(suite, climbed, step)
        here, last = here >> 1, last >> 1
    return last == 0 and climbed == root


def verify_consistency(  # noqa: PLR0917  the arguments and order of RFC 9162
    suite: Suite,
    old_size: int,
    new_size: int,
    proof: Sequence[bytes],
    old_root: bytes,
    new_root: bytes,
) -> bool:
    """Whether proof shows that the old tree is the beginning of the new one."""
    if not 0 <= old_size <= new_size or any(len(step) != HASH_BYTES for step in proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY.root(suite)
    steps = list(proof)
    if old_size.bit_count() == 1:
        steps.insert(0, old_root)
    return bool(steps) and _climb_both(suite, old_size, new_size, steps) == (old_root, new_root)


def complete_subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """(level, index) of the subtrees that make up the leaves start ≤ leaf < end of a tree.

    start: where a tree of end leaves may be parted, such as 0.
    """
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def root_at(suite: Suite, size: int, subtree: Subtree) -> bytes:
    """The root that the tree had when it had this many leaves, one or more."""
    return _root_over(suite, 0, size, subtree)


def path_between(suite: Suite, old_size: int, new_size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """Like a consistency proof, but a verifier computes both roots of it and presumes neither."""
    proof = consistency_proof(suite, old_size, new_size, subtree)
    if old_size.bit_count() == 1:
        return (root_at(suite, old_size, subtree), *proof)
    return proof


def roots_along(
    suite: Suite, old_size: int, new_size: int, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """The roots at both sizes of the one tree that such a path is of; None when it is no path."""
    if not 0 < old_size < new_size or any(len(step) != HASH_BYTES for step in path):
        return None
    return _climb_both(suite, old_size, new_size, list(path)) if path else None


def _climb_both(
    suite: Suite, old_size: int, new_size: int, steps: list[bytes]
) -> tuple[bytes, bytes] | None:
    """Both roots as the steps give them, or None when there are too many or too few steps."""
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(suite, step, old), node_hash(suite, step, new)
            here, last = _skip_missing_siblings(here, last)
        else:
            new = node_hash(suite, new, step)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


def _skip_missing_siblings(here: int, last: int) -> tuple[int, int]:
    """Climb over the levels at which the last node of a ragged tree has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _split(width: int) -> int:
    """The largest power of two below width, where RFC 6962 parts a tree."""
    return 1 << ((width - 1).bit_length() - 1)


def _root_over(suite: Suite, start: int, end: int, subtree: Subtree) -> bytes:
    return _joined(suite, [subtree(*place) for place in complete_subtrees(start, end)])


def _joined(suite: Suite, hashes: Sequence[bytes]) -> bytes:
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(suite, left, joined)
    return joined
