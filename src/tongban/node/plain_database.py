"""A SQLite file without Django: for embedding, simulation and the kernel's own tests."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

from tongban.node.fair_queue import FairQueue
from tongban.node.faults import BrokenInvariant
from tongban.node.storage import Certainty, storage_faults

#: A commit returns only when the data is on the disk (docs/explanation/what-evidence-proves.md).
SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
)


class PlainDatabase:
    """One connection a thread; writers pass a fair queue and begin IMMEDIATE."""

    def __init__(self, path: Path, settings: Sequence[str] = SETTINGS) -> None:
        self._path = path
        self._settings = settings
        self._queue = FairQueue()
        self._own = threading.local()
        self.certainty = Certainty()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that commits on leaving and rolls back on an exception.

        Raises DiskFull or StorageFailed, and StorageUncertain when it was the commit that failed
        and from then on.
        """
        with storage_faults(), self._queue.turn():
            self.certainty.demand()
            with self.certainty.watch(self._transaction()) as connection:
                yield connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        if connection.in_transaction:
            raise BrokenInvariant("a transaction was begun inside a read of the same thread")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            self._undo(connection)
            raise

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent state, for as long as it is held.

        Inside a transaction of the same thread: what was written so far.
        """
        with storage_faults():
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                self._undo(connection)

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            del self._own.connection

    def _undo(self, connection: sqlite3.Connection) -> None:
        """Roll back, unless SQLite did so itself because the disk failed it."""
        if not connection.in_transaction:
            return
        try:
            connection.execute("ROLLBACK")
        except sqlite3.Error:
            # Closing rolls back too, and the next transaction begins on a fresh connection.
            with suppress(sqlite3.Error):
                self.close()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            connection = sqlite3.connect(self._path, isolation_level=None)
            for setting in self._settings:
                connection.execute(setting)
            self._own.connection = connection
        return cast("sqlite3.Connection", self._own.connection)
