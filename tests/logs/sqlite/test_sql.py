import re
import sqlite3
from pathlib import Path

import pytest

from tongban.logs import sqlite
from tongban.logs.sqlite import SqliteStore
from tongban.logs.sqlite.sql import load

FOLDER = Path(sqlite.__file__).parent
FILES = sorted(file.name for file in FOLDER.glob("*.sql"))
#: Small tables that are read as a whole, and what is asked for everything there is.
WHOLE = {"peers", "channels", "version", "update_version", "has_tables", "journal_size"}
#: What makes the tables is used step by step, whatever its names.
QUERIES = [file for file in FILES if not file.startswith("schema")]
#: Adds up two sums; each of them searches.
WHOLE |= {"weight"}
#: What officers decided about items is asked for as a whole, and is short.
WHOLE |= {"withdrawals", "openings", "closures"}


@pytest.mark.parametrize("file", FILES)
def test_every_statement_has_a_name_and_a_comment(file: str) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    assert len(re.findall(r"^-- name: \w+\n-- \S", text, re.MULTILINE)) == len(load(file))
    assert text.count(";\n") == len(load(file))


def test_every_statement_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.py"))
    names = {name for file in QUERIES for name in load(file)}
    assert {name for name in names if f'["{name}"]' not in code} == set()


@pytest.mark.parametrize("file", QUERIES)
def test_no_statement_reads_a_whole_table(
    store: SqliteStore, connection: sqlite3.Connection, file: str
) -> None:
    assert store.peers(connection) == []
    for name, statement in load(file).items():
        values = (None,) * statement.count("?")
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
        scans = [step for *_, step in plan if step.startswith("SCAN")]
        assert name in WHOLE or scans == [], name
