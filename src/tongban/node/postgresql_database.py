"""A schema of a PostgreSQL database, for a node whose processes may run on several machines."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg
import structlog
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from tongban.logs.sqlite.sql import load
from tongban.node.fair_queue import FairQueue
from tongban.node.faults import BrokenInvariant, DatabaseUnfit, StorageFailed
from tongban.node.storage import Certainty, doubt_of, storage_faults

Connection = psycopg.Connection[Any]

_SQL = load("postgresql.sql", __package__)
_BEGIN_WRITE = f"{_SQL['begin_write']}; {_SQL['take_turn']}"
BEGIN_READ = _SQL["begin_read"]
_MARK_AND_COMMIT = f"{_SQL['mark']}; {_SQL['commit']}"
#: A machine that is gone answers nothing, and TCP by itself waits for hours.
_CONNECTING = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "client_encoding": "utf8",
    "application_name": "tongban",
}
#: Statements that a connection keeps prepared; the store has fewer.
_PREPARED_MAX = 500
_ASKED_MAX = 60
#: Connections that are kept while nobody uses them; a server has few to give.
_IDLE_MAX = 4
_log = structlog.get_logger(__name__)


def parameters_of(address: str) -> dict[str, Any]:
    """An address as libpq takes it, in parts, with what a node adds where it says nothing."""
    return {**_CONNECTING, **conninfo_to_dict(address)}


class PostgresqlDatabase:
    """Connections that are lent to one transaction at a time; writers pass one fair queue.

    Between processes writers pass one lock of the schema, so that there is one at a time as on
    SQLite.
    """

    def __init__(self, address: str, *, process: str, ask_seconds: float = 1.0) -> None:
        """address: as libpq takes it. process: a name that no other process ever has.

        ask_seconds: between questions after the end of a transaction that nobody heard.
        """
        self._address = make_conninfo("", **parameters_of(address))
        self._process = process
        self._ask_seconds = ask_seconds
        self._queue = FairQueue()
        self._idle: list[Connection] = []
        self._own = threading.local()
        self._is_ready = False
        self._number = 0
        self.certainty = Certainty()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits on leaving and rolls back on an exception.

        Raises DiskFull or StorageFailed, DatabaseUnfit where a crash could take back what was
        committed, and StorageUncertain when it was the commit that failed and from then on.
        """
        with storage_faults(), self._queue.turn():
            self.certainty.demand()
            with self.certainty.watch(self._transaction()) as connection:
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent state, for as long as it is held.

        Inside a transaction of the same thread: what was written so far.
        """
        with storage_faults():
            lent = getattr(self._own, "connection", None)
            if lent is not None:
                yield lent
                return
            with self._lend(BEGIN_READ) as connection:
                yield connection

    @property
    def is_lent(self) -> bool:
        """Whether this thread has a transaction here."""
        return getattr(self._own, "connection", None) is not None

    def close(self) -> None:
        """Close the connections that nobody holds."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self.is_lent:
            raise BrokenInvariant("a transaction was begun inside a read of the same thread")
        self.make_ready()
        with self._lend(_BEGIN_WRITE) as connection:
            yield connection
            self._commit(connection)

    @contextmanager
    def _lend(self, begin: str) -> Iterator[Connection]:
        connection = self._taken(begin)
        self._own.connection = connection
        try:
            yield connection
        finally:
            self._own.connection = None
            self._give_back(connection)

    def _taken(self, begin: str) -> Connection:
        """A connection on which a transaction has begun."""
        while (connection := self._kept()) is not None:
            try:
                connection.execute(begin, prepare=False)
            except psycopg.OperationalError:
                self._give_back(connection)
                if not connection.closed:
                    raise
                # The server went away while nobody used this one, which lost nothing.
            else:
                return connection
        fresh = self._connected()
        with _closed_on_failure(fresh):
            fresh.execute(begin, prepare=False)
        return fresh

    def _kept(self) -> Connection | None:
        with suppress(IndexError):
            return self._idle.pop()
        return None

    def _give_back(self, connection: Connection) -> None:
        with suppress(psycopg.Error):
            connection.rollback()
        idle = connection.info.transaction_status == TransactionStatus.IDLE
        if idle and len(self._idle) < _IDLE_MAX:
            self._idle.append(connection)
        else:
            connection.close()

    def _connected(self) -> Connection:
        connection = psycopg.connect(self._address, autocommit=True)
        with _closed_on_failure(connection):
            connection.prepared_max = _PREPARED_MAX
            connection.execute(_SQL["wait_a_while"])
            _demand_promises(*connection.execute(_SQL["promises"]).fetchone() or ())
        return connection

    def make_ready(self) -> None:
        """See that the schema is there, and a place for the marks; raises StorageFailed."""
        if self._is_ready:
            return
        with storage_faults(), self._lend(_BEGIN_WRITE) as connection:
            connection.execute(_SQL["create_commit"])
            connection.execute(_SQL["forget_commits"])
            connection.commit()
        self._is_ready = True

    def _commit(self, connection: Connection) -> None:
        """Commit, and ask the server where it did not say how that ended."""
        try:
            connection.execute(self._marked(_MARK_AND_COMMIT), prepare=False)
        except psycopg.Error as error:
            if doubt_of(error):
                connection.close()
                self.demand_done(error)
            else:
                raise

    def _marked(self, statement: str) -> sql.Composed:
        self._number += 1
        return sql.SQL(statement).format(process=self._process, number=self._number)

    def take_turn(self, connection: Connection) -> None:
        """Wait in a transaction of somebody else's until it is the only one that writes."""
        connection.execute(f"{_SQL['wait_a_while']}; {_SQL['take_turn']}")

    def mark(self, connection: Connection) -> None:
        """Leave in a transaction, right before its commit, by what `demand_done` knows it."""
        connection.execute(self._marked(_SQL["mark"]))

    def demand_done(self, error: Exception) -> None:
        """Ask how the transaction ended that was marked last.

        Raises StorageFailed where it was not done, and the error where nobody can be asked.
        """
        _log.warning("commit_unheard", reason=str(error))
        for _ in range(_ASKED_MAX):
            with suppress(psycopg.Error, StorageFailed):
                is_done = self._last_is_done()
                _log.warning("commit_found", done=is_done)
                break
            threading.Event().wait(self._ask_seconds)
        else:
            raise error
        if not is_done:
            raise StorageFailed(
                "the database server ended before it had committed, and nothing was stored; ask "
                "again, the node goes on by itself"
            ) from error

    def _last_is_done(self) -> bool:
        """Waits for the lock, which a transaction that is still under way holds until its end."""
        with closing(self._connected()) as connection:
            connection.execute(_BEGIN_WRITE, prepare=False)
            row = connection.execute(_SQL["last_commit"], (self._process,)).fetchone()
            return row is not None and row[0] == self._number


def _demand_promises(fsync: str, commit: str, encoding: str, schema: str | None) -> None:
    for name, value in (("fsync", fsync), ("synchronous_commit", commit)):
        if value == "off":
            raise DatabaseUnfit(
                f"the setting {name} of the database is off, so that a power failure could take "
                "back what partners were told is stored; switch it on, for this user too"
            )
    if encoding != "UTF8":
        raise DatabaseUnfit(
            f"the database is encoded in {encoding}, which lacks characters of people's names; "
            "make one with the encoding UTF8"
        )
    if schema is None:
        raise DatabaseUnfit(
            "the database has no schema that the address names; make it, or mend `search_path`"
        )


@contextmanager
def _closed_on_failure(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
