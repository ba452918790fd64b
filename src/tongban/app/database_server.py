"""The node's schema of a PostgreSQL, looked at before anything writes to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from tongban.app.database_file import check_steps
from tongban.logs.postgresql import POSTGRESQL
from tongban.logs.sqlite.migration import check_version

_STEPS_TAKEN = files(__package__).joinpath("page_steps.sql").read_text(encoding="utf-8")
_HAS_PAGES = files(__package__).joinpath("page_steps_there.sql").read_text(encoding="utf-8")


def look_at_server(address: str) -> str:
    """What is found, in words; changes nothing.

    Raises DatabaseTooNew where a later version wrote tables of the kernel or of the pages,
    DatabaseUnfit where the server promises too little, and StorageFailed where it is not reached.
    """
    with _reading(address) as connection:
        version = check_version(connection, POSTGRESQL)
        (has_pages,) = connection.execute(_HAS_PAGES).fetchone()
        if has_pages:
            check_steps(connection.execute(_STEPS_TAKEN))
    if not version:
        return "PostgreSQL, no tables yet; the first start makes them"
    return f"PostgreSQL, tables of version {version}"


def is_begun(address: str) -> bool:
    """Whether a node ever wrote there; raises as `look_at_server` does."""
    with _reading(address) as connection:
        return check_version(connection, POSTGRESQL) > 0


@contextmanager
def _reading(address: str) -> Iterator[Any]:
    # The driver is an optional extra, which a node on a file does without.
    from tongban.node.postgresql_database import PostgresqlDatabase  # noqa: PLC0415

    database = PostgresqlDatabase(address, process="")
    try:
        with database.read() as connection:
            yield connection
    finally:
        database.close()
