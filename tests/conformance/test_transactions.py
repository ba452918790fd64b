"""The store takes part in the caller's transaction and never ends or begins one."""

from collections.abc import Callable
from typing import Any

import pytest

from tongban.logs.rows import (
    ChannelRow,
    ChannelStatus,
    Head,
    LogKind,
    NewEntry,
    StatementKind,
    View,
)
from tongban.logs.store import Store

from .databases import SUITE, Database
from .examples import AT, SALT, entries


def open_head(store: Store, connection: Any) -> Head:
    log = store.open_log(connection, kind=LogKind.OWN, peer="hefei.example")
    return store.open_generation(
        connection, log, generation=1, start="0" * 32, origin="o", suite=SUITE
    )


def write_everything(store: Store, connection: Any) -> None:
    head = open_head(store, connection)
    head = store.append(connection, head, entries(300))
    store.mark_refused(connection, head.log, 1, 0, "malformed")
    store.erase_entry(connection, head.log, 1, 0)
    for index in (1, 2):
        store.put_body(connection, head.log, 1, index, "application", SALT, b"content")
    store.erase_body(connection, head.log, 1, 1, "application", AT)
    store.add_statement(
        connection,
        log=head.log,
        generation=1,
        size=300,
        kind=StatementKind.CHECKPOINT,
        root=b"\x01" * 32,
        at=1,
    )
    (statement,) = store.statements(connection, head.log, 1, after=0, limit=1)
    store.put_signature(connection, statement, b"signature")
    store.put_note(connection, head.log, 1, 300, b"note")
    write_beside_the_logs(store, connection, head)


def write_beside_the_logs(store: Store, connection: Any, head: Head) -> None:
    store.record_applied(
        connection,
        log=head.log,
        generation=1,
        index=1,
        subject_kind="case",
        subject_id="C-1",
        ground="",
    )
    store.put_state(connection, View.OWN, "case", "C-1", b"state")
    store.put_document(connection, "aa", "item", b"document")
    store.put_peer(connection, "hefei.example", b"descriptor", "fingerprint", AT)
    store.put_channel(connection, ChannelRow(peer="hefei.example", status=ChannelStatus.OPEN))
    store.honour(connection, "hefei.example", "1" * 32)
    for number in ("I-1", "I-2"):
        store.add_intent(connection, id=number, peer="hefei.example", at=AT, payload=b"payload")
    store.settle_intent(connection, "I-2", "")
    store.put_mark(connection, "key", "value")


def read_everything(store: Store, connection: Any) -> list[object]:
    log, generation = 1, 1
    return [
        store.head(connection, log),
        store.entries(connection, log, generation, 0, 400),
        store.bodies_between(connection, log, generation, 0, 400),
        store.erased_bodies(connection, log, generation, 1),
        store.checkpoint(connection, log, generation, 300),
        store.journal(connection, 0, 100),
        store.states(connection, View.OWN, "case"),
        store.documents(connection, "item"),
        store.peers(connection),
        store.channels(connection),
        store.is_honoured(connection, "hefei.example", "1" * 32),
        store.pending_intents(connection, "hefei.example"),
        store.mark(connection, "key"),
    ]


def test_everything_commits_together_and_is_read_by_the_next_connection(
    database: Database,
) -> None:
    with database.transaction() as connection:
        write_everything(database.store, connection)
        written = read_everything(database.store, connection)
    with database.transaction() as connection:
        assert read_everything(database.store, connection) == written
    assert all(written)


def test_nothing_is_left_after_a_rollback(database: Database) -> None:
    with database.transaction() as connection:
        write_everything(database.store, connection)
        connection.rollback()
    with database.transaction() as connection:
        assert not any(read_everything(database.store, connection))


def test_the_tables_themselves_roll_back(empty_database: Database) -> None:
    with empty_database.transaction() as connection:
        empty_database.store.migrate(connection)
        connection.rollback()
    with empty_database.transaction() as connection:
        empty_database.store.migrate(connection)
        assert empty_database.store.peers(connection) == []


def test_making_the_tables_ready_again_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        write_everything(database.store, connection)
        written = read_everything(database.store, connection)
        database.store.migrate(connection)
        assert read_everything(database.store, connection) == written


def test_a_store_serves_many_connections(database: Database) -> None:
    store = database.store
    with database.transaction() as connection:
        open_head(store, connection)
    for size in range(3):
        with database.transaction() as connection:
            head = store.head(connection, 1)
            assert head is not None
            assert head.size == size
            store.append(connection, head, entries(1, first=size))


@pytest.fixture
def rows_that_count(database: Database) -> Callable[[], int]:
    """How many entries another connection sees."""

    def count() -> int:
        connection = database.connect()
        try:
            return len(database.store.entries(connection, 1, 1, 0, 9))
        finally:
            connection.close()

    return count


def test_others_see_nothing_before_the_caller_commits(
    database: Database, rows_that_count: Callable[[], int]
) -> None:
    with database.transaction() as connection:
        database.store.append(
            connection,
            open_head(database.store, connection),
            [NewEntry(data=e.data, leaf_hash=e.leaf_hash) for e in entries(2)],
        )
        assert rows_that_count() == 0
    assert rows_that_count() == 2
