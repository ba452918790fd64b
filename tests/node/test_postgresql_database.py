"""One writer at a time on one schema: what nests, what fails, what is left behind."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.sql import Composed

from tongban.node.faults import (
    BrokenInvariant,
    DatabaseUnfit,
    DiskFull,
    StorageFailed,
    StorageUncertain,
)
from tongban.node.postgresql_database import PostgresqlDatabase
from tongban.testing.postgresql_cluster import PostgresqlCluster

HELD = "SELECT pg_advisory_lock(1953459815, current_schema()::regnamespace::oid::integer)"


@pytest.fixture
def database(postgresql_address: str) -> Iterator[PostgresqlDatabase]:
    database = PostgresqlDatabase(postgresql_address, process="one", ask_seconds=0)
    with database.write() as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute(
            "CREATE TABLE owned (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
        )
    yield database
    database.close()


def insert(database: PostgresqlDatabase, number: int) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO note VALUES (%s, '')", (number,))


def numbers(database: PostgresqlDatabase) -> list[int]:
    with database.read() as connection:
        return [number for (number,) in connection.execute("SELECT id FROM note ORDER BY id")]


def test_an_exception_rolls_back(database: PostgresqlDatabase) -> None:
    def fail() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note VALUES (1, 'lost')")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert numbers(database) == []


def test_a_commit_that_the_database_refuses_is_not_done(database: PostgresqlDatabase) -> None:
    def orphan() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note VALUES (1, 'gone with it')")
            connection.execute("INSERT INTO owned VALUES (999)")

    with pytest.raises(psycopg.IntegrityError):
        orphan()
    insert(database, 2)
    assert numbers(database) == [2]


def test_a_transaction_that_goes_on_after_a_failed_statement_does_not_pass_for_done(
    database: PostgresqlDatabase,
) -> None:
    def go_on() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note VALUES (1, 'first')")
            with pytest.raises(psycopg.IntegrityError):
                connection.execute("INSERT INTO note VALUES (1, 'again')")

    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        go_on()
    assert numbers(database) == []


def test_a_read_inside_a_write_sees_what_was_written(database: PostgresqlDatabase) -> None:
    with database.write() as connection:
        connection.execute("INSERT INTO note VALUES (1, 'mine')")
        assert numbers(database) == [1]


def test_reads_nest_and_see_one_state(database: PostgresqlDatabase) -> None:
    with database.read():
        assert numbers(database) == []
        other = threading.Thread(target=insert, args=(database, 1))
        other.start()
        other.join()
        assert numbers(database) == []
    assert numbers(database) == [1]


def test_a_write_inside_a_write_or_a_read_is_a_broken_invariant(
    database: PostgresqlDatabase,
) -> None:
    with pytest.raises(BrokenInvariant), database.write(), database.write():
        pass
    with database.read(), pytest.raises(BrokenInvariant), database.write():
        pass
    insert(database, 1)
    assert numbers(database) == [1]


def test_processes_write_side_by_side_and_nothing_is_lost(
    database: PostgresqlDatabase, postgresql_address: str
) -> None:
    def write(process: str) -> None:
        own = PostgresqlDatabase(postgresql_address, process=process)
        for _ in range(20):
            with own.write() as connection:
                (count,) = connection.execute("SELECT count(*) FROM note").fetchone() or (0,)
                connection.execute("INSERT INTO note VALUES (%s, '')", (count,))
        own.close()

    threads = [threading.Thread(target=write, args=(f"process {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers(database) == list(range(80))


def test_a_process_that_writes_too_long_is_named(
    database: PostgresqlDatabase, postgresql_address: str
) -> None:
    database._idle[0].execute("SET lock_timeout = '10ms'")
    with psycopg.connect(postgresql_address, autocommit=True) as other:
        other.execute(HELD)
        with pytest.raises(StorageFailed, match="another program holds"):
            insert(database, 1)
    insert(database, 2)
    assert numbers(database) == [2]


@pytest.mark.parametrize(
    ("state", "fault", "said"),
    [
        ("disk_full", DiskFull, "make room there"),
        ("read_only_sql_transaction", StorageFailed, "may only be read"),
        ("too_many_connections", StorageFailed, "no more connections"),
        ("io_error", StorageFailed, "disk does not do"),
        ("data_corrupted", StorageFailed, "restore a backup"),
        ("admin_shutdown", StorageFailed, "stops or starts"),
    ],
)
def test_what_the_server_says_is_said_in_the_nodes_words(
    database: PostgresqlDatabase, state: str, fault: type[Exception], said: str
) -> None:
    raised = f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"
    with pytest.raises(fault, match=said), database.write() as connection:
        connection.execute(raised)
    insert(database, 1)
    assert numbers(database) == [1]


def test_what_is_the_programs_fault_stays_what_it_is(database: PostgresqlDatabase) -> None:
    with pytest.raises(psycopg.ProgrammingError), database.write() as connection:
        connection.execute("SELECT nothing")
    with pytest.raises(psycopg.ProgrammingError), database.write() as connection:
        connection.execute("SELECT %s", ())


def end_session(connection: psycopg.Connection[Any], address: str) -> None:
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))


def test_a_connection_that_is_lost_in_a_transaction_stores_nothing(
    database: PostgresqlDatabase, postgresql_address: str
) -> None:
    def lose() -> None:
        with database.write() as connection:
            connection.execute("INSERT INTO note VALUES (1, '')")
            end_session(connection, postgresql_address)
            connection.execute("INSERT INTO note VALUES (2, '')")

    with pytest.raises(StorageFailed, match="Nothing was stored"):
        lose()
    insert(database, 3)
    assert numbers(database) == [3]


def test_a_connection_that_is_lost_while_nobody_uses_it_is_made_again(
    database: PostgresqlDatabase, postgresql_address: str
) -> None:
    end_session(database._idle[0], postgresql_address)
    insert(database, 1)
    assert numbers(database) == [1]


class _Unheard:
    """A connection that is lost around a commit: `lose` says what happens then."""

    def __init__(
        self, connection: psycopg.Connection[Any], lose: Callable[[Callable[[], Any]], None]
    ) -> None:
        self._connection = connection
        self._lose = lose

    def execute(self, statement: Any, *values: Any, **given: Any) -> Any:
        if not isinstance(statement, Composed):
            return self._connection.execute(statement, *values, **given)
        self._lose(lambda: self._connection.execute(statement, **given))
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_a_commit_whose_answer_was_lost_is_found_to_be_done(database: PostgresqlDatabase) -> None:
    wrapped: Any = _Unheard(database._idle.pop(), lambda commit: commit())
    database._idle.append(wrapped)
    insert(database, 1)
    insert(database, 2)
    assert numbers(database) == [1, 2]


def test_a_commit_that_was_lost_on_its_way_is_found_not_to_be_done(
    database: PostgresqlDatabase,
) -> None:
    wrapped: Any = _Unheard(database._idle.pop(), lambda _commit: None)
    database._idle.append(wrapped)
    with pytest.raises(StorageFailed, match="nothing was stored"):
        insert(database, 1)
    insert(database, 2)
    assert numbers(database) == [2]


def test_a_commit_that_nobody_can_be_asked_about_is_uncertain_until_the_next_start(
    lonely_cluster: PostgresqlCluster,
) -> None:
    database = PostgresqlDatabase(lonely_cluster.address, process="one", ask_seconds=0)
    with database.write() as connection:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    wrapped: Any = _Unheard(database._idle.pop(), lambda _commit: lonely_cluster.kill())
    database._idle.append(wrapped)
    with pytest.raises(StorageUncertain, match="may be stored or not"):
        insert(database, 1)
    lonely_cluster.start()
    with pytest.raises(StorageUncertain, match="start the node"):
        insert(database, 2)
    database.close()
    started = PostgresqlDatabase(lonely_cluster.address, process="two")
    insert(started, 3)
    assert numbers(started) == [3]
    started.close()


def test_a_server_that_is_not_there_is_named(lonely_cluster: PostgresqlCluster) -> None:
    lonely_cluster.kill()
    database = PostgresqlDatabase(lonely_cluster.address, process="one")
    with pytest.raises(StorageFailed, match="see that the server runs"):
        numbers(database)


def test_a_server_that_does_not_wait_for_its_disk_is_refused() -> None:
    cluster = PostgresqlCluster({"fsync": "off"})
    cluster.start()
    try:
        with pytest.raises(DatabaseUnfit, match="fsync"):
            numbers(PostgresqlDatabase(cluster.address, process="one"))
    finally:
        cluster.stop()


def test_a_user_whose_commits_do_not_wait_for_the_disk_is_refused(
    postgresql_cluster: PostgresqlCluster,
) -> None:
    address = f"{postgresql_cluster.address}&options=-csynchronous_commit%3Doff"
    with pytest.raises(DatabaseUnfit, match="synchronous_commit"):
        insert(PostgresqlDatabase(address, process="one"), 1)


def test_a_schema_that_is_not_there_is_named(postgresql_cluster: PostgresqlCluster) -> None:
    address = f"{postgresql_cluster.address}&options=-csearch_path%3Dnowhere"
    with pytest.raises(DatabaseUnfit, match="no schema"):
        insert(PostgresqlDatabase(address, process="one"), 1)


def test_a_database_that_cannot_write_every_name_is_refused(
    postgresql_cluster: PostgresqlCluster,
) -> None:
    with psycopg.connect(postgresql_cluster.address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE plain ENCODING 'SQL_ASCII' TEMPLATE template0")
    address = postgresql_cluster.address.replace("/postgres?", "/plain?")
    with pytest.raises(DatabaseUnfit, match="SQL_ASCII"):
        insert(PostgresqlDatabase(address, process="one"), 1)


def test_how_a_transaction_of_somebody_elses_ended_is_found_by_its_mark(
    database: PostgresqlDatabase, postgresql_address: str
) -> None:
    database.make_ready()
    unheard = psycopg.OperationalError("server closed the connection unexpectedly")
    with psycopg.connect(postgresql_address) as other:
        for is_done in (True, False):
            database.take_turn(other)
            other.execute(f"CREATE TABLE note_{is_done} (id INTEGER)")
            database.mark(other)
            if is_done:
                other.commit()
                database.demand_done(unheard)
            else:
                other.rollback()
                with pytest.raises(StorageFailed, match="nothing was stored"):
                    database.demand_done(unheard)
