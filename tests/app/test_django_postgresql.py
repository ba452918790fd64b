"""The node's transactions on Django's connections to a server: one with the pages' tables."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connections, transaction

from tongban.app.django_postgresql import DjangoPostgresql
from tongban.app.page_databases import on_server
from tongban.node.faults import BrokenInvariant, StorageFailed, StorageUncertain
from tongban.node.postgresql_database import PostgresqlDatabase

ALIAS = "server"


@pytest.fixture
def database(postgresql_address: str, django_db_blocker: Any) -> Iterator[DjangoPostgresql]:
    usual = connections["default"].settings_dict
    connections.databases[ALIAS] = {**usual, **on_server(postgresql_address)}
    with django_db_blocker.unblock():
        beside = PostgresqlDatabase(postgresql_address, process="one", ask_seconds=0)
        database = DjangoPostgresql(beside, ALIAS)
        with database.write() as raw:
            raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)")
            raw.execute(
                "CREATE TABLE owned (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
            )
        yield database
        beside.close()
        if database._writers is not None:
            database._writers.close()
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.databases[ALIAS]


def insert(database: DjangoPostgresql, number: int) -> None:
    with database.write() as raw:
        raw.execute("INSERT INTO note VALUES (%s)", (number,))


def numbers(database: DjangoPostgresql) -> list[int]:
    with database.read() as raw:
        return [number for (number,) in raw.execute("SELECT id FROM note ORDER BY id")]


def test_what_pages_and_node_write_rolls_back_together(database: DjangoPostgresql) -> None:
    def fail() -> None:
        with database.write() as raw:
            raw.execute("INSERT INTO note VALUES (1)")
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("INSERT INTO note VALUES (2)")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert numbers(database) == []


def test_a_commit_that_the_database_refuses_is_not_done(database: DjangoPostgresql) -> None:
    def orphan() -> None:
        with database.write() as raw:
            raw.execute("INSERT INTO owned VALUES (999)")

    with pytest.raises(IntegrityError):
        orphan()
    insert(database, 1)
    assert numbers(database) == [1]


def test_reads_nest_in_reads_and_writes(database: DjangoPostgresql) -> None:
    with database.write() as raw:
        raw.execute("INSERT INTO note VALUES (1)")
        assert numbers(database) == [1]
    with database.read():
        assert numbers(database) == [1]


def test_a_write_inside_another_transaction_is_refused(database: DjangoPostgresql) -> None:
    with pytest.raises(BrokenInvariant), database.write(), database.write():
        pass
    with pytest.raises(BrokenInvariant), database.read(), database.write():
        pass
    with (
        pytest.raises(RuntimeError, match="durable"),
        transaction.atomic(using=ALIAS),
        database.write(),
    ):
        pass
    insert(database, 1)
    assert numbers(database) == [1]


def test_threads_write_side_by_side_and_nothing_is_lost(database: DjangoPostgresql) -> None:
    def write() -> None:
        for _ in range(10):
            with database.write() as raw:
                (count,) = raw.execute("SELECT count(*) FROM note").fetchone()
                raw.execute("INSERT INTO note VALUES (%s)", (count,))

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(database) == list(range(30))


def test_threads_leave_few_connections_behind(
    database: DjangoPostgresql, postgresql_address: str
) -> None:
    def work() -> None:
        with database.read() as raw:
            raw.execute("SELECT pg_sleep(0.05)")
        with database.write() as raw:
            raw.execute("SELECT count(*) FROM note")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: work(), range(40)))
        with psycopg.connect(postgresql_address) as other:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tongban'"
            (open_now,) = other.execute(asked).fetchone() or (0,)
    # One of writers, four of readers, and the one that asks.
    assert open_now <= 6


def test_a_connection_that_the_server_ended_is_made_again(
    database: DjangoPostgresql, postgresql_address: str
) -> None:
    for act in (lambda: insert(database, 1), lambda: numbers(database)):
        with psycopg.connect(postgresql_address, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'tongban' AND pid <> pg_backend_pid()"
            )
        act()
    assert numbers(database) == [1]


def break_the_line(
    database: DjangoPostgresql, monkeypatch: pytest.MonkeyPatch, around: Callable[[Any], None]
) -> None:
    """Let the next commit of Django's end without an answer; around: what comes of it."""
    assert database._writers is not None
    raw = database._writers.connection
    commit = raw.commit

    def broken() -> None:
        around(commit)
        raw.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(raw, "commit", broken)


def test_a_commit_whose_answer_was_lost_is_found_to_be_done(
    database: DjangoPostgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_the_line(database, monkeypatch, lambda commit: commit())
    insert(database, 1)
    assert numbers(database) == [1]


def test_a_commit_that_was_lost_on_its_way_is_found_not_to_be_done(
    database: DjangoPostgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_the_line(database, monkeypatch, lambda _commit: None)
    with pytest.raises(StorageFailed, match="nothing was stored"):
        insert(database, 1)
    insert(database, 2)
    assert numbers(database) == [2]


def test_a_commit_that_nobody_can_be_asked_about_is_uncertain(
    database: DjangoPostgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(error: Exception) -> None:
        raise error

    monkeypatch.setattr(database._beside, "demand_done", nobody)
    break_the_line(database, monkeypatch, lambda _commit: None)
    with pytest.raises(StorageUncertain, match="may be stored or not"):
        insert(database, 1)
    with pytest.raises(StorageUncertain):
        insert(database, 2)
