"""A SQLite file without Django: for embedding, simulation and the kernel's own tests."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from tongban.node.fair_queue import FairQueue

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

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue = FairQueue()
        self._own = threading.local()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that commits on leaving and rolls back on an exception."""
        with self._queue.turn():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent state, for as long as it is held."""
        connection = self._connection()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            del self._own.connection

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            connection = sqlite3.connect(self._path, isolation_level=None)
            for setting in SETTINGS:
                connection.execute(setting)
            self._own.connection = connection
        return cast("sqlite3.Connection", self._own.connection)
