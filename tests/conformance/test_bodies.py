from datetime import timedelta
from typing import Any

import pytest

from tongban.logs.faults import SealedDataDamaged, WrongDataKey
from tongban.logs.rows import ErasedBody, Head, StoredBody
from tongban.logs.store import Store

from .databases import Database
from .examples import AT, SALT, entries


def test_a_body_comes_back_with_its_salt(store: Store, connection: Any, head: Head) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    expected = StoredBody(index=0, name="application", salt=SALT, content=b"content")
    assert store.body(connection, head.log, 1, 0, "application") == expected


def test_an_empty_and_a_large_body_come_back(store: Store, connection: Any, head: Head) -> None:
    for name, content in {"empty": b"", "large": bytes(range(256)) * 3906}.items():
        store.put_body(connection, head.log, 1, 0, name, SALT, content)
        stored = store.body(connection, head.log, 1, 0, name)
        assert stored is not None
        assert stored.content == content


def test_a_body_that_never_came_is_none(store: Store, connection: Any, head: Head) -> None:
    assert store.body(connection, head.log, 1, 0, "application") is None


def test_bodies_are_listed_by_index_and_name(store: Store, connection: Any, head: Head) -> None:
    for index, name in [(2, "b"), (1, "z"), (2, "a"), (3, "a"), (0, "a")]:
        store.put_body(connection, head.log, 1, index, name, SALT, b"")
    listed = store.bodies_between(connection, head.log, 1, 1, 3)
    assert [(body.index, body.name) for body in listed] == [(1, "z"), (2, "a"), (2, "b")]
    assert [body.name for body in store.bodies_of(connection, head.log, 1, 2)] == ["a", "b"]


def test_a_salt_of_another_length_is_not_kept(store: Store, connection: Any, head: Head) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        store.put_body(connection, head.log, 1, 0, "application", SALT[1:], b"content")


def test_what_is_there_is_not_replaced(store: Store, connection: Any, head: Head) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"first")
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"second")
    stored = store.body(connection, head.log, 1, 0, "application")
    assert stored is not None
    assert stored.content == b"first"


def test_an_erased_body_leaves_a_mark_only(store: Store, connection: Any, head: Head) -> None:
    for name in ("application", "result"):
        store.put_body(connection, head.log, 1, 0, name, SALT, b"content")
    store.erase_body(connection, head.log, 1, 0, "application", AT)
    assert store.body(connection, head.log, 1, 0, "application") is None
    assert [b.name for b in store.bodies_of(connection, head.log, 1, 0)] == ["result"]
    marks = store.erased_bodies(connection, head.log, 1, 0)
    assert marks == [ErasedBody(name="application", at=AT)]


def test_an_erased_body_does_not_come_back(store: Store, connection: Any, head: Head) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    store.erase_body(connection, head.log, 1, 0, "application", AT)
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    assert store.body(connection, head.log, 1, 0, "application") is None


def test_a_body_erased_before_it_comes_never_comes(
    store: Store, connection: Any, head: Head
) -> None:
    store.erase_body(connection, head.log, 1, 0, "application", AT)
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    assert store.body(connection, head.log, 1, 0, "application") is None


def test_a_second_erasure_keeps_the_first_instant(
    store: Store, connection: Any, head: Head
) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    for at in (AT, AT + timedelta(days=1)):
        store.erase_body(connection, head.log, 1, 0, "application", at)
    assert [mark.at for mark in store.erased_bodies(connection, head.log, 1, 0)] == [AT]


def test_an_erased_body_stays_erased_through_a_rebuild(
    store: Store, connection: Any, head: Head
) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    store.erase_body(connection, head.log, 1, 0, "application", AT)
    store.forget_states(connection)
    store.migrate(connection)
    assert store.body(connection, head.log, 1, 0, "application") is None
    assert len(store.erased_bodies(connection, head.log, 1, 0)) == 1


def test_erasing_a_body_leaves_the_log_as_it_was(store: Store, connection: Any, head: Head) -> None:
    head = store.append(connection, head, entries(3))
    before = store.entries(connection, head.log, 1, 0, 3)
    store.put_body(connection, head.log, 1, 1, "application", SALT, b"content")
    store.erase_body(connection, head.log, 1, 1, "application", AT)
    assert store.head(connection, head.log) == head
    assert store.entries(connection, head.log, 1, 0, 3) == before


def test_another_data_key_does_not_start(database: Database) -> None:
    other = database.open_store(b"\x08" * 32)
    with database.transaction() as connection, pytest.raises(WrongDataKey, match="key file"):
        other.migrate(connection)


def test_another_data_key_opens_nothing(database: Database, connection: Any, head: Head) -> None:
    database.store.put_body(connection, head.log, 1, 0, "application", SALT, b"content")
    other = database.open_store(b"\x08" * 32)
    with pytest.raises(SealedDataDamaged):
        other.body(connection, head.log, 1, 0, "application")


def test_a_data_key_has_32_bytes(database: Database) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        database.open_store(b"\x08" * 31)
