import psycopg
import pytest

from tongban.logs.postgresql import POSTGRESQL, PostgresqlStore
from tongban.logs.postgresql.dialect import translate
from tongban.logs.rows import LogKind
from tongban.logs.sqlite.migration import STEPS

TEXTS = (
    "SELECT column_name, collation_name FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND data_type = 'text'"
)
OPTIONS = "SELECT reloptions FROM pg_class WHERE oid = %s::regclass"


@pytest.mark.usefixtures("store")
def test_every_text_sorts_by_its_bytes(connection: psycopg.Connection[tuple[str, str]]) -> None:
    collations = {collation for _, collation in connection.execute(TEXTS)}
    assert collations == {"C"}


def test_tables_of_another_schema_are_not_seen(
    store: PostgresqlStore, connection: psycopg.Connection[tuple[int]]
) -> None:
    log = store.open_log(connection, kind=LogKind.HOME, peer="")
    connection.execute("CREATE SCHEMA IF NOT EXISTS neighbour")
    with connection.transaction():
        connection.execute("SET LOCAL search_path TO neighbour")
        store.migrate(connection)
        assert store.find_log(connection, kind=LogKind.HOME, peer="") is None
    assert store.find_log(connection, kind=LogKind.HOME, peer="") == log


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("table", ["tongban_body", "tongban_entry", "tongban_intent"])
def test_what_is_erased_is_vacuumed_soon(
    connection: psycopg.Connection[tuple[list[str]]], table: str
) -> None:
    found = connection.execute(OPTIONS, (table,)).fetchone()
    assert found is not None
    assert "autovacuum_vacuum_threshold=0" in found[0]


def test_no_word_of_sqlite_is_left() -> None:
    statements = [translate(text) for step in STEPS for text in step.values()]
    statements += [POSTGRESQL[name] for name in ("refused_entries", "has_tables", "weight")]
    words = ("STRICT", "ROWID", "BLOB", "INTEGER", "INDEXED", "PRAGMA", "sqlite", "?")
    assert [word for word in words if any(word in text for text in statements)] == []


def test_a_percent_sign_is_doubled_only_where_values_come_with_it() -> None:
    assert translate("SELECT 7 % 2") == "SELECT 7 % 2"
    assert translate("SELECT ? % 2") == "SELECT %s %% 2"
