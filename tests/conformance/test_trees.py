"""The trees over stored logs, held against RFC 6962 as its text defines it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.evidence.tree import (
    consistency_proof,
    inclusion_proof,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Head, LogKind, NewEntry
from tongban.logs.store import Store
from tongban.testing.postgresql_cluster import PostgresqlCluster

from .databases import SUITE, Database, plain, postgresql
from .examples import entries


def naive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return SUITE.digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(SUITE, naive_root(leaves[:split]), naive_root(leaves[split:]))


def hashes(given_entries: list[NewEntry]) -> list[bytes]:
    return [e.leaf_hash for e in given_entries]


BATCHES = st.lists(st.integers(min_value=0, max_value=600), max_size=4)


@settings(max_examples=30, deadline=None)
@given(BATCHES, st.data())
def test_any_batches_give_the_naive_root_and_proofs_that_verify(
    batches: list[int], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        check_batches(plain(Path(folder) / "node.db"), batches, data)


@settings(max_examples=10, deadline=None)
@given(BATCHES, st.data())
def test_any_batches_do_so_on_postgresql(
    postgresql_cluster: PostgresqlCluster, batches: list[int], data: st.DataObject
) -> None:
    check_batches(postgresql(postgresql_cluster.create_schema()), batches, data)


def check_batches(database: Database, batches: list[int], data: st.DataObject) -> None:
    with database.transaction() as lent:
        store = database.store
        store.migrate(lent)
        log = store.open_log(lent, kind=LogKind.OWN, peer="hefei.example")
        head = store.open_generation(
            lent, log, generation=1, start="0" * 32, origin="o", suite=SUITE
        )
        for count in batches:
            head = store.append(lent, head, entries(count, first=head.size))
        leaves = hashes(entries(sum(batches)))
        assert head.range.root(SUITE) == naive_root(leaves)
        if leaves:
            index = data.draw(st.integers(min_value=0, max_value=len(leaves) - 1))
            check_proofs(store, lent, head, leaves, index)


def check_proofs(
    store: Store, connection: Any, head: Head, leaves: list[bytes], index: int
) -> None:
    subtree, root = store.subtree(connection, head.log, 1), naive_root(leaves)
    path = inclusion_proof(SUITE, index, head.size, subtree)
    assert verify_inclusion(SUITE, leaves[index], index, head.size, path, root)
    old = naive_root(leaves[:index])
    path = consistency_proof(SUITE, index, head.size, subtree)
    assert verify_consistency(SUITE, index, head.size, path, old, root)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 511, 512, 513, 1025])
def test_proofs_hold_around_the_edges_of_tiles(
    store: Store, connection: Any, head: Head, size: int
) -> None:
    given_entries = entries(size)
    head = store.append(connection, head, given_entries)
    for index in {0, size // 2, size - 1}:
        check_proofs(store, connection, head, hashes(given_entries), index)


def test_erasing_entries_and_bodies_changes_no_root_and_no_proof(
    store: Store, connection: Any, head: Head
) -> None:
    given_entries = entries(300)
    head = store.append(connection, head, given_entries)
    for index in range(0, 300, 7):
        store.mark_refused(connection, head.log, 1, index, "malformed")
        store.erase_entry(connection, head.log, 1, index)
    assert store.head(connection, head.log) == head
    for index in (0, 7, 8, 299):
        check_proofs(store, connection, head, hashes(given_entries), index)


def test_generations_have_trees_of_their_own(store: Store, connection: Any, head: Head) -> None:
    store.append(connection, head, entries(300))
    second = store.open_generation(
        connection, head.log, generation=2, start="1" * 32, origin="second", suite=SUITE
    )
    given_entries = entries(260, first=1000)
    second = store.append(connection, second, given_entries)
    assert second.range.root(SUITE) == naive_root(hashes(given_entries))
    subtree = store.subtree(connection, head.log, 2)
    path = inclusion_proof(SUITE, 259, 260, subtree)
    leaf, root = given_entries[259].leaf_hash, second.range.root(SUITE)
    assert verify_inclusion(SUITE, leaf, 259, 260, path, root)


@pytest.mark.parametrize("place", [(0, 3), (1, 1), (8, 0)])
def test_an_incomplete_subtree_is_never_made_up(
    store: Store, connection: Any, head: Head, place: tuple[int, int]
) -> None:
    store.append(connection, head, entries(3))
    with pytest.raises(BrokenInvariant):
        store.subtree(connection, head.log, 1)(*place)
