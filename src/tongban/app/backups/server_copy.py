"""A consistent copy, in a file, of what a node keeps on a PostgreSQL that others write to."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tongban.app.backups.snapshot import Copied, full_where
from tongban.logs.postgresql import POSTGRESQL
from tongban.logs.sqlite.migration import STEPS, check_version, migrate
from tongban.logs.sqlite.sql import load
from tongban.node.faults import StorageFailed
from tongban.node.storage import storage_faults

_SQL = load("server_copy.sql", __package__)
_ROWS = 500


def copy_server(address: str, target: Path, copied: Copied) -> None:
    """Copy the kernel's tables as they are committed now; writers go on meanwhile.

    What pages keep is not in the copy. Raises DiskFull, naming the folder where the copy is made,
    and StorageFailed where the server is not reached or its tables are of an earlier version.
    """
    # The driver is an optional extra, which a node on a file does without.
    from tongban.node.postgresql_database import PostgresqlDatabase  # noqa: PLC0415

    with closing(PostgresqlDatabase(address, process="")) as server, server.read() as origin:
        _demand_same_version(check_version(origin, POSTGRESQL))
        with (
            full_where(target.parent.parent),
            storage_faults(),
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            copy.execute("BEGIN")
            migrate(copy)
            tables = [name for (name,) in copy.execute(_SQL["tables"]).fetchall()]
            for done, table in enumerate(tables, 1):
                _copy_table(origin, copy, table)
                copied(done, len(tables))
            copy.execute("COMMIT")


def _demand_same_version(version: int) -> None:
    if version < len(STEPS):
        raise StorageFailed(
            f"the server holds tables of version {version} and this software makes {len(STEPS)}; "
            "start the node once, which takes the steps between, and try again. Nothing was done"
        )


def _copy_table(origin: Any, copy: sqlite3.Connection, table: str) -> None:
    columns = [name for (name,) in copy.execute(_SQL["columns"], (table,)).fetchall()]
    names, values = ", ".join(columns), ", ".join("?" for _ in columns)
    copy.execute(_SQL["empty"].format(table=table))
    insert = _SQL["insert"].format(table=table, columns=names, values=values)
    # A cursor with a name stays on the server, so that a large table never comes at once.
    with origin.cursor(name="copied") as rows:
        rows.itersize = _ROWS
        rows.execute(_SQL["rows"].format(table=table, columns=names))
        copy.executemany(insert, rows)
