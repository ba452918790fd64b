"""What the database reads to answer, once a table is large."""

from typing import Any

import psycopg
import pytest

from tongban.evidence.suites import SUITES
from tongban.logs.postgresql import POSTGRESQL, PostgresqlStore
from tongban.logs.rows import LogKind, NewEntry

SUITE = SUITES["ed25519-sha256"]


@pytest.fixture
def log(store: PostgresqlStore, connection: psycopg.Connection[Any]) -> int:
    """A log of many entries, of which two were refused."""
    log = store.open_log(connection, kind=LogKind.OWN, peer="hefei.example")
    head = store.open_generation(
        connection, log, generation=1, start="0" * 32, origin="o", suite=SUITE
    )
    entries = [NewEntry(data=b"%d" % n, leaf_hash=b"%032d" % n) for n in range(5000)]
    with connection.transaction():
        store.append(connection, head, entries)
    for index in (7, 4000):
        store.mark_refused(connection, log, 1, index, "malformed")
    connection.execute("ANALYZE tongban_entry")
    return log


def test_what_was_refused_is_found_without_reading_the_log(
    connection: psycopg.Connection[Any], log: int
) -> None:
    asked = f"EXPLAIN {POSTGRESQL['refused_entries']}"
    plan = "\n".join(line for (line,) in connection.execute(asked, (log,)))
    assert "tongban_entry_refused" in plan
    assert "Seq Scan on tongban_entry" not in plan
