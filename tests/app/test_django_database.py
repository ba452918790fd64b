"""The node's transactions on Django's connections: one with the pages' tables, and never half."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from tongban.app.django_database import DjangoDatabase
from tongban.node.faults import BrokenInvariant, DiskFull, StorageUncertain
from tongban.node.storage import Certainty

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database() -> Iterator[DjangoDatabase]:
    database = DjangoDatabase()
    with database.write() as raw:
        raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        raw.execute(
            "CREATE TABLE owned (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
        )
    yield database
    with database.write() as raw:
        raw.execute("DROP TABLE owned")
        raw.execute("DROP TABLE note")


def insert(database: DjangoDatabase, *texts: str) -> None:
    with database.write() as raw:
        for text in texts:
            raw.execute("INSERT INTO note (text) VALUES (?)", (text,))


def count(database: DjangoDatabase) -> int:
    with database.read() as raw:
        (rows,) = raw.execute("SELECT count(*) FROM note").fetchone()
    return int(rows)


def test_an_exception_rolls_back_both_sides(database: DjangoDatabase) -> None:
    def fail() -> None:
        with database.write() as raw:
            raw.execute("INSERT INTO note (text) VALUES ('lost')")
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO note (text) VALUES ('lost too')")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert count(database) == 0


def test_a_full_disk_is_named_and_the_database_goes_on_when_there_is_room(
    database: DjangoDatabase,
) -> None:
    with database.read() as raw:
        (used,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count = {used + 2}")
    with pytest.raises(DiskFull):
        insert(database, *["x" * 1000] * 100)
    with database.read() as raw:
        raw.execute("PRAGMA max_page_count = 1000000")
    insert(database, "room")
    assert count(database) == 1


def test_a_commit_that_fails_leaves_no_transaction_open(database: DjangoDatabase) -> None:
    def orphan() -> None:
        with database.write() as raw:
            raw.execute("INSERT INTO note (text) VALUES ('gone with it')")
            raw.execute("INSERT INTO owned VALUES (999)")

    with pytest.raises(IntegrityError):
        orphan()
    assert count(database) == 0
    insert(database, "next")
    assert count(database) == 1


def test_a_read_inside_a_write_and_a_read_inside_a_read(database: DjangoDatabase) -> None:
    with database.write() as raw:
        raw.execute("INSERT INTO note (text) VALUES ('mine')")
        assert count(database) == 1
    with database.read():
        assert count(database) == 1


def test_a_write_inside_a_write_is_a_broken_invariant_and_not_a_deadlock(
    database: DjangoDatabase,
) -> None:
    with pytest.raises(BrokenInvariant), database.write(), database.write():
        pass


def test_a_write_inside_a_transaction_of_the_pages_is_refused(database: DjangoDatabase) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), database.write():
        pass


def test_what_is_deleted_is_overwritten_in_the_file(database: DjangoDatabase) -> None:
    with database.read() as raw:
        assert raw.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_threads_write_side_by_side_and_nothing_is_lost(database: DjangoDatabase) -> None:
    def write() -> None:
        for _ in range(10):
            with database.write() as raw:
                (rows,) = raw.execute("SELECT count(*) FROM note").fetchone()
                raw.execute("INSERT INTO note (id, text) VALUES (?, '')", (rows + 1,))
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 30


def test_a_commit_of_django_that_fails_half_way_leaves_doubt() -> None:
    @contextmanager
    def failing() -> Iterator[None]:
        yield
        failed = sqlite3.OperationalError("disk I/O error")
        failed.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise OperationalError("disk I/O error") from failed

    certainty = Certainty()
    with pytest.raises(StorageUncertain), certainty.watch(failing()):
        pass
    with pytest.raises(StorageUncertain):
        certainty.demand()
