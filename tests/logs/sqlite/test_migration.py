import sqlite3

import pytest

from tongban.logs.faults import DatabaseTooNew
from tongban.logs.rows import OwnOpening
from tongban.logs.sqlite import SqliteStore, migrate
from tongban.logs.sqlite.migration import STEPS
from tongban.logs.sqlite.openings import Openings


def tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY 1")]


def test_a_fresh_database_gets_the_tables_of_this_version(connection: sqlite3.Connection) -> None:
    migrate(connection)
    assert connection.execute("SELECT version FROM tongban_schema").fetchall() == [(len(STEPS),)]


def test_migrating_again_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection)
    before = tables(connection)
    migrate(connection)
    assert tables(connection) == before


def test_a_database_of_a_newer_version_is_left_alone(
    connection: sqlite3.Connection, store: SqliteStore
) -> None:
    connection.execute("UPDATE tongban_schema SET version = version + 1")
    with pytest.raises(DatabaseTooNew, match="start the version that wrote it"):
        store.migrate(connection)
    assert connection.execute("SELECT version FROM tongban_schema").fetchone() == (len(STEPS) + 1,)


def test_tables_of_others_are_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE django_session (id INTEGER)")
    migrate(connection)
    assert "django_session" in tables(connection)


def test_what_was_opened_to_all_is_so_in_the_next_version(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("tongban.logs.sqlite.migration.STEPS", STEPS[:5])
        migrate(connection)
    connection.execute("INSERT INTO tongban_opening (item) VALUES ('a')")
    migrate(connection)
    assert Openings().openings(connection) == [OwnOpening(item="a", peer="")]


def test_migration_is_part_of_the_callers_transaction(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    migrate(connection)
    assert connection.in_transaction
    connection.rollback()
    assert tables(connection) == []


def test_a_database_of_an_earlier_version_is_brought_to_this_one(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("tongban.logs.sqlite.migration.STEPS", STEPS[:1])
        migrate(connection)
    assert "tongban_contradiction" not in tables(connection)
    migrate(connection)
    assert "tongban_contradiction" in tables(connection)
    assert connection.execute("SELECT version FROM tongban_schema").fetchall() == [(len(STEPS),)]
