"""How Django reaches the database that the pages share with the kernel."""

from pathlib import Path
from typing import Any

#: Seconds that a thread keeps its connection; a server counts connections, a file does not.
_KEPT_SECONDS = 60


def on_file(path: Path) -> dict[str, Any]:
    """A SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Writers queue at BEGIN rather than fail half-way; FULL, because an acknowledged
            # application must survive a power cut; and what is erased leaves the file.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        },
    }


def on_server(address: str) -> dict[str, Any]:
    """A schema of a PostgreSQL database."""
    # The driver is an optional extra, which a node on a file does without.
    from tongban.node.postgresql_database import parameters_of  # noqa: PLC0415

    parameters = parameters_of(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parameters.pop("dbname"),
        "OPTIONS": parameters,
        "CONN_MAX_AGE": _KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
