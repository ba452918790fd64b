"""Roots and paths of stored trees, each held against the end of its log before it is relied on.

A bit that flips in a stored hash must not become a statement, a proof, or an accusation.
"""

from collections.abc import Sequence

from tongban.evidence.tree import inclusion_proof, path_between, roots_along, verify_inclusion
from tongban.logs.faults import TreeDamaged
from tongban.logs.rows import StoredCheckpoint
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection


def root_of(kernel: Kernel, connection: Connection, log: int, generation: int, size: int) -> bytes:
    """The root that a generation had at a size, one or more. Raises TreeDamaged."""
    head = kernel.store.head_of(connection, log, generation)
    if head is None or not 0 < size <= head.size:
        raise BrokenInvariant(f"generation {generation} of log {log} does not reach {size}")
    suite, end = head.suite, head.range.root(head.suite)
    if size == head.size:
        return end
    subtree = kernel.store.subtree(connection, log, generation)
    roots = roots_along(suite, size, head.size, path_between(suite, size, head.size, subtree))
    if roots is None or roots[1] != end:
        raise _damaged(log, generation)
    return roots[0]


def path_to(
    kernel: Kernel, connection: Connection, statement: StoredCheckpoint, size: int
) -> Sequence[bytes]:
    """The path from a smaller size to what was stated. Raises TreeDamaged."""
    place = (statement.log, statement.generation)
    suite = kernel.store.suite_of(connection, *place)
    subtree = kernel.store.subtree(connection, *place)
    path = path_between(suite, size, statement.size, subtree)
    roots = roots_along(suite, size, statement.size, path)
    if roots is None or roots[1] != statement.root:
        raise _damaged(*place)
    return path


def inclusion_under(
    kernel: Kernel, connection: Connection, statement: StoredCheckpoint, index: int
) -> tuple[bytes, ...]:
    """The proof that an entry is in what was stated. Raises TreeDamaged."""
    place = (statement.log, statement.generation)
    suite = kernel.store.suite_of(connection, *place)
    subtree = kernel.store.subtree(connection, *place)
    proof = inclusion_proof(suite, index, statement.size, subtree)
    leaf = subtree(0, index)
    if not verify_inclusion(suite, leaf, index, statement.size, proof, statement.root):
        raise _damaged(*place)
    return proof


def check_statement(kernel: Kernel, connection: Connection, statement: StoredCheckpoint) -> None:
    """Raises TreeDamaged where the entries have another root than what is to be signed."""
    place = (statement.log, statement.generation)
    if root_of(kernel, connection, *place, statement.size) != statement.root:
        raise _damaged(*place)


def _damaged(log: int, generation: int) -> TreeDamaged:
    return TreeDamaged(
        f"stored hashes over generation {generation} in log {log} do not lead to what was stated "
        "about it; `tongban repair` derives them anew from the entries",
        log,
        generation,
    )
