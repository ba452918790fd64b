"""What lies in the database's files: nothing personal in the clear, nothing left of the erased."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tongban.logs.faults import EntryDamaged, SealedDataDamaged
from tongban.logs.rows import Head
from tongban.logs.sqlite import SqliteStore

SALT = b"the salt of thirty-two bytes ..."
CONTENT = b"made-up contents of an application " * 200
AT = datetime(2026, 3, 2, tzinfo=UTC)


def everything_in(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_bodies_and_intents_are_not_in_the_clear(
    store: SqliteStore, connection: sqlite3.Connection, head: Head, path: Path
) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, CONTENT)
    store.add_intent(connection, id="I-1", peer="hefei.example", at=AT, payload=CONTENT)
    assert b"made-up" not in everything_in(path)
    assert SALT not in everything_in(path)


def test_an_erased_body_is_gone_from_the_files_after_a_checkpoint(
    store: SqliteStore, connection: sqlite3.Connection, head: Head, path: Path
) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, CONTENT)
    ((sealed,),) = connection.execute("SELECT sealed FROM tongban_body").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    store.erase_body(connection, head.log, 1, 0, "application", AT)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pieces = [sealed[start : start + 64] for start in range(0, len(sealed), 64)]
    assert not any(piece in everything_in(path) for piece in pieces)


def test_an_erased_entry_is_gone_from_the_files_after_a_checkpoint(
    store: SqliteStore, connection: sqlite3.Connection, head: Head, path: Path
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    store.mark_refused(connection, head.log, 1, 0, "malformed")
    store.erase_entry(connection, head.log, 1, 0)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"the bytes of an entry" not in everything_in(path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE tongban_entry SET data = zeroblob(length)",
        "UPDATE tongban_entry SET leaf_hash = zeroblob(32)",
    ],
)
def test_a_changed_entry_is_noticed_by_whoever_reads_it(
    store: SqliteStore, connection: sqlite3.Connection, head: Head, damage: str
) -> None:
    store.record_applied(
        connection,
        log=head.log,
        generation=1,
        index=0,
        subject_kind="case",
        subject_id="C-1",
        ground="",
    )
    connection.execute(damage)
    with pytest.raises(EntryDamaged, match="entry 0 of generation 1"):
        store.entry(connection, head.log, 1, 0)
    with pytest.raises(EntryDamaged):
        store.journal(connection, 0, 1)


def test_a_body_moved_to_another_entry_does_not_open(
    store: SqliteStore, connection: sqlite3.Connection, head: Head
) -> None:
    store.put_body(connection, head.log, 1, 0, "application", SALT, CONTENT)
    connection.execute("UPDATE tongban_body SET leaf = 1")
    with pytest.raises(SealedDataDamaged):
        store.body(connection, head.log, 1, 1, "application")
