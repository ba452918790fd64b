from dataclasses import replace
from typing import Any

from tongban.logs.rows import ContradictionRow
from tongban.logs.store import Store

from .examples import AT

FOUND = ContradictionRow(
    peer="hefei.example",
    found_at=AT,
    descriptor=b"descriptor",
    first=b"first note",
    second=b"second note",
    path=b"",
)


def test_a_contradiction_comes_back_as_it_was_kept(store: Store, connection: Any) -> None:
    assert store.put_contradiction(connection, FOUND)
    assert store.contradictions(connection, "hefei.example") == [FOUND]
    assert store.contradictions(connection, "wuhu.example") == []


def test_the_same_two_notes_are_kept_once(store: Store, connection: Any) -> None:
    store.put_contradiction(connection, FOUND)
    assert not store.put_contradiction(connection, replace(FOUND, path=b"x", descriptor=b"newer"))
    assert store.contradictions(connection, "hefei.example") == [FOUND]


def test_contradictions_stand_in_the_order_of_finding(store: Store, connection: Any) -> None:
    rows = [replace(FOUND, second=bytes([number])) for number in (3, 1, 2)]
    for row in rows:
        store.put_contradiction(connection, row)
    assert store.contradictions(connection, "hefei.example") == rows


def test_strays_are_kept_once_and_by_peer(store: Store, connection: Any) -> None:
    for note in (b"b", b"a", b"b"):
        store.put_stray(connection, "hefei.example", note)
    assert sorted(store.strays(connection, "hefei.example")) == [b"a", b"b"]
    assert store.strays(connection, "wuhu.example") == []
