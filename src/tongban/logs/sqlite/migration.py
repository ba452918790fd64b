"""Brings the tables of a database to the version of this software."""

from collections.abc import Mapping
from typing import Any

from tongban.logs.faults import DatabaseTooNew
from tongban.logs.sqlite.dialect import SQLITE, Dialect
from tongban.logs.sqlite.sql import load

#: Version n of the tables is what the first n steps make.
STEPS: tuple[Mapping[str, str], ...] = (
    load("schema.sql"),
    load("schema_2.sql"),
    load("schema_3.sql"),
    load("schema_4.sql"),
    load("schema_5.sql"),
    load("schema_6.sql"),
    load("schema_7.sql"),
    load("schema_8.sql"),
    load("schema_9.sql"),
    load("schema_10.sql"),
)


def migrate(connection: Any, sql: Dialect = SQLITE) -> None:
    """Take the steps that the database lacks, in the caller's transaction.

    Raises DatabaseTooNew, and changes nothing, where a later version wrote the database.
    """
    version = check_version(connection, sql)
    for step in STEPS[version:]:
        for statement in step.values():
            connection.execute(sql.translate(statement))
    if version < len(STEPS):
        statement = sql["update_version"] if version else sql["insert_version"]
        connection.execute(statement, (len(STEPS),))


def check_version(connection: Any, sql: Dialect = SQLITE) -> int:
    """The version of the tables, 0 where there are none; raises DatabaseTooNew, changes nothing."""
    version = _version(connection, sql)
    if version > len(STEPS):
        raise DatabaseTooNew(
            f"the database holds tables of version {version} and this software knows "
            f"{len(STEPS)}; start the version that wrote it, or restore a backup made before it"
        )
    return version


def _version(connection: Any, sql: Dialect) -> int:
    if connection.execute(sql["has_tables"]).fetchone() is None:
        return 0
    (version,) = connection.execute(sql["version"]).fetchone()
    return int(version)
