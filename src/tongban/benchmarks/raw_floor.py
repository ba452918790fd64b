"""The same bytes in as many commits, into tables that have nothing but a primary key."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tongban.logs.sqlite.sql import load
from tongban.node.plain_database import SETTINGS

_SQL = load("raw_floor.sql", __package__)


class RawFloor:
    """Two files, as two nodes have them, with the settings of a node."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._ends = (folder / "writer.db", folder / "reader.db")
        self._next = 0
        for path in self._ends:
            with closing(self._open(path)) as connection:
                connection.execute(_SQL["table"])

    def write(self, batch: int, times: int, event_bytes: int, commits: tuple[int, int]) -> None:
        """So many batches at both ends; commits beyond the first of a batch write one small row."""
        event = bytes(event_bytes)
        connections = [self._open(path) for path in self._ends]
        for _ in range(times):
            for connection, count in zip(connections, commits, strict=True):
                self._commit(connection, [event] * batch)
                for _ in range(count - 1):
                    self._commit(connection, [b"statement"])
        for connection in connections:
            connection.close()

    def _commit(self, connection: sqlite3.Connection, rows: list[bytes]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        numbers = range(self._next, self._next + len(rows))
        connection.executemany(_SQL["insert"], zip(numbers, rows, strict=True))
        connection.execute("COMMIT")
        self._next += len(rows)

    def _open(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        for setting in SETTINGS:
            connection.execute(setting)
        return connection
