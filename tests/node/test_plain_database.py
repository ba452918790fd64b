"""One fair queue of writers on one file: what nests, what fails, what is left behind."""

import sqlite3
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tongban.node import fair_queue
from tongban.node.fair_queue import FairQueue
from tongban.node.faults import BrokenInvariant, DiskFull, StorageFailed, StorageUncertain
from tongban.node.plain_database import PlainDatabase
from tongban.node.storage import storage_faults

LINE = "x" * 1000


@pytest.fixture
def database(tmp_path: Path) -> PlainDatabase:
    database = PlainDatabase(tmp_path / "node.db")
    with database.write() as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute(
            "CREATE TABLE owned (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
        )
    return database


def insert(database: PlainDatabase, *texts: str) -> None:
    with database.write() as connection:
        for text in texts:
            connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def count(database: PlainDatabase) -> int:
    with database.read() as connection:
        (rows,) = connection.execute("SELECT count(*) FROM note").fetchone()
    return int(rows)


def fill(database: PlainDatabase, pages: int) -> None:
    """Let the file grow by so many pages at most."""
    with database.read() as connection:
        (used,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {used + pages}")


def make_room(database: PlainDatabase) -> None:
    with database.read() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")


def test_an_exception_rolls_back(database: PlainDatabase) -> None:
    def fail() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note (text) VALUES ('lost')")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert count(database) == 0


def test_a_full_disk_is_named_and_the_database_goes_on_when_there_is_room(
    database: PlainDatabase,
) -> None:
    fill(database, 2)
    with pytest.raises(DiskFull, match="make room"):
        insert(database, *[LINE] * 100)
    assert count(database) == 0
    make_room(database)
    insert(database, LINE)
    assert count(database) == 1


def test_a_commit_that_fails_leaves_no_transaction_open(database: PlainDatabase) -> None:
    def orphan() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note (text) VALUES ('gone with it')")
            connection.execute("INSERT INTO owned VALUES (999)")

    with pytest.raises(sqlite3.IntegrityError):
        orphan()
    assert count(database) == 0
    insert(database, "next")
    assert count(database) == 1


def test_a_database_that_another_program_holds_is_named(
    database: PlainDatabase, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "node.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.read() as connection:
        connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(StorageFailed, match="another program"), database.write():
        pass
    other.execute("ROLLBACK")
    other.close()
    insert(database, "free")
    assert count(database) == 1


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "node.db").write_bytes(b"made up" * 1000)
    with pytest.raises(StorageFailed, match="no database"):
        count(PlainDatabase(tmp_path / "node.db"))


def test_a_fault_that_a_framework_wrapped_is_still_known() -> None:
    driver = sqlite3.OperationalError("database or disk is full")
    driver.sqlite_errorcode, driver.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
    with pytest.raises(DiskFull), storage_faults():
        raise LookupError from driver


def test_a_read_inside_a_write_sees_what_was_written(database: PlainDatabase) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO note (text) VALUES ('mine')")
        assert count(database) == 1
    assert count(database) == 1


def test_reads_nest(database: PlainDatabase) -> None:
    with database.read() as connection:
        assert count(database) == 0
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_write_inside_a_write_is_a_broken_invariant_and_not_a_deadlock(
    database: PlainDatabase,
) -> None:
    with pytest.raises(BrokenInvariant), database.write(), database.write():
        pass
    assert count(database) == 0


def test_a_write_inside_a_read_is_a_broken_invariant(database: PlainDatabase) -> None:
    with database.read(), pytest.raises(BrokenInvariant), database.write():
        pass
    insert(database, "after")
    assert count(database) == 1


def test_writers_are_served_in_the_order_in_which_they_came() -> None:
    queue, served, threads = FairQueue(), list[int](), list[threading.Thread]()

    def take(number: int) -> None:
        with queue.turn():
            served.append(number)

    with queue.turn():
        for number in range(8):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(queue._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert served == list(range(8))


class Interrupted(threading.Event):
    """Somebody pressed the keys while this was waited for."""

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        raise KeyboardInterrupt


def test_a_writer_that_gives_up_waiting_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    queue, outcome = FairQueue(), list[str]()
    stand_in = SimpleNamespace(Event=Interrupted, get_ident=threading.get_ident)
    monkeypatch.setattr(fair_queue, "threading", stand_in)

    def interrupted() -> None:
        try:
            queue._enter()
        except KeyboardInterrupt:
            outcome.append("gave up")

    with queue.turn():
        waiter = threading.Thread(target=interrupted)
        waiter.start()
        waiter.join()
    with queue.turn():
        outcome.append("passed")
    assert outcome == ["gave up", "passed"]


def test_threads_write_side_by_side_and_nothing_is_lost(database: PlainDatabase) -> None:
    def write() -> None:
        for _ in range(20):
            with database.write() as connection:
                (rows,) = connection.execute("SELECT count(*) FROM note").fetchone()
                connection.execute("INSERT INTO note (id, text) VALUES (?, '')", (rows + 1,))
        database.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(database) == 80


class _FailingCommit:
    """A connection whose commit comes to nothing that anybody knows, as after a failed fsync."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if statement == "COMMIT":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
            raise error
        return self._connection.execute(statement, values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


def test_after_a_commit_that_failed_half_way_nothing_is_taken_before_a_start(
    database: PlainDatabase, tmp_path: Path
) -> None:
    with database.read() as connection:
        whole = connection
    database._own.connection = _FailingCommit(whole)
    with pytest.raises(StorageUncertain, match="may be stored or not"):
        insert(database, "perhaps")
    database._own.connection = whole
    with pytest.raises(StorageUncertain, match="start the node"):
        insert(database, "later")
    database.close()
    started = PlainDatabase(tmp_path / "node.db")
    insert(started, "again")
    assert count(started) in {1, 2}


def test_a_disk_that_fails_before_the_commit_leaves_no_doubt(database: PlainDatabase) -> None:
    def fail() -> None:
        with database.write():
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            error.sqlite_errorname = "SQLITE_IOERR_WRITE"
            raise error

    with pytest.raises(StorageFailed, match="Nothing was stored"):
        fail()
    insert(database, "goes on")
    assert count(database) == 1


def test_a_turn_that_came_while_its_writer_gave_up_goes_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue, let_go, outcome = FairQueue(), threading.Event(), list[str]()

    def hold() -> None:
        with queue.turn():
            outcome.append("held")
            let_go.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    while not outcome:
        time.sleep(0.001)

    class Late(threading.Event):
        """Somebody pressed the keys just when the turn had come."""

        def wait(self, timeout: float | None = None) -> bool:
            del timeout
            let_go.set()
            holder.join()
            raise KeyboardInterrupt

    stand_in = SimpleNamespace(Event=Late, get_ident=threading.get_ident)
    monkeypatch.setattr(fair_queue, "threading", stand_in)
    with pytest.raises(KeyboardInterrupt):
        queue._enter()
    with queue.turn():
        outcome.append("passed")
    assert outcome == ["held", "passed"]
