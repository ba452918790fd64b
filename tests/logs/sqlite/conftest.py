import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.evidence.suites import SUITES
from tongban.evidence.tree import leaf_hash
from tongban.logs.rows import Head, LogKind, NewEntry
from tongban.logs.sqlite import SqliteStore

SUITE = SUITES["ed25519-sha256"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "node.db"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path, isolation_level=None)
    opened.execute("PRAGMA journal_mode = WAL")
    # Some builds overwrite what is deleted by default; the store must not count on it.
    opened.execute("PRAGMA secure_delete = OFF")
    yield opened
    opened.close()


@pytest.fixture
def store(connection: sqlite3.Connection) -> SqliteStore:
    fresh = SqliteStore(data_key=b"\x07" * 32, draw=os.urandom)
    fresh.migrate(connection)
    return fresh


@pytest.fixture
def head(store: SqliteStore, connection: sqlite3.Connection) -> Head:
    log = store.open_log(connection, kind=LogKind.OWN, peer="hefei.example")
    head = store.open_generation(
        connection, log, generation=1, start="0" * 32, origin="o", suite=SUITE
    )
    data = b"the bytes of an entry, " * 300
    return store.append(connection, head, [NewEntry(data=data, leaf_hash=leaf_hash(SUITE, data))])
