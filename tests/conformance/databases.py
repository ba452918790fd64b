"""The databases that the conformance suite runs on; another one joins by a line in DATABASES."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db.utils import ConnectionHandler

from tongban.evidence.suites import SUITES
from tongban.logs.postgresql import POSTGRESQL, PostgresqlStore
from tongban.logs.sqlite import SqliteStore
from tongban.logs.sqlite.dialect import SQLITE, Dialect
from tongban.logs.store import Store

SUITE = SUITES["ed25519-sha256"]
DATA_KEY = b"\x07" * 32


@dataclass
class Drawn:
    """Bytes that differ on every draw and are the same in every run."""

    count: int = 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_256(self.count.to_bytes(8, "big")).digest(size)


@dataclass(frozen=True)
class Database:
    """A way to a fresh database, and the store that belongs to it."""

    connect: Callable[[], Any]
    open_store: Callable[[bytes], Store]
    begin: str = "BEGIN"
    dialect: Dialect = SQLITE

    @property
    def store(self) -> Store:
        return self.open_store(DATA_KEY)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        connection = self.connect()
        try:
            connection.execute(self.begin)
            yield connection
            connection.commit()
        finally:
            connection.close()


def sqlite_store(data_key: bytes) -> Store:
    return SqliteStore(data_key=data_key, draw=Drawn())


def postgresql_store(data_key: bytes) -> Store:
    return PostgresqlStore(data_key=data_key, draw=Drawn())


def plain(path: Path) -> Database:
    def connect() -> Any:
        return sqlite3.connect(path, isolation_level=None)

    return Database(connect=connect, open_store=sqlite_store, begin="BEGIN IMMEDIATE")


def implicit(path: Path) -> Database:
    """As sqlite3 connects by default: it would open transactions by itself."""
    return Database(
        connect=lambda: sqlite3.connect(path), open_store=sqlite_store, begin="BEGIN IMMEDIATE"
    )


def django(path: Path) -> Database:
    """The raw connection of Django, which parses declared types and column names."""

    def connect() -> Any:
        settings = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}}
        wrapper = ConnectionHandler(settings)["default"]
        wrapper.ensure_connection()
        return wrapper.connection

    return Database(connect=connect, open_store=sqlite_store, begin="BEGIN IMMEDIATE")


def postgresql(address: str) -> Database:
    """As the node connects: it begins and ends every transaction in words."""

    def connect() -> Any:
        return psycopg.connect(address, autocommit=True)

    return Database(connect=connect, open_store=postgresql_store, dialect=POSTGRESQL)


def on_a_file(make: Callable[[Path], Database]) -> Callable[[pytest.FixtureRequest], Database]:
    return lambda request: make(request.getfixturevalue("tmp_path") / "node.db")


DATABASES: Mapping[str, Callable[[pytest.FixtureRequest], Database]] = {
    "plain sqlite3": on_a_file(plain),
    "sqlite3 with implicit transactions": on_a_file(implicit),
    "django's sqlite3": on_a_file(django),
    "postgresql": lambda request: postgresql(request.getfixturevalue("postgresql_address")),
}
