"""The node's database file, looked at before anything writes to it."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from tongban.logs.faults import DatabaseTooNew
from tongban.logs.sqlite.migration import check_version
from tongban.node.storage import storage_faults

_STEPS_TAKEN = files(__package__).joinpath("page_steps.sql").read_text(encoding="utf-8")


def look_at_database(path: Path) -> str:
    """What is found, in words; needs neither Django nor keys, and changes nothing.

    Raises DatabaseTooNew where a later version wrote tables of the kernel or of the pages,
    DatabaseDamaged where pages of the file are, and StorageFailed where it cannot be read.
    """
    if not path.exists():
        return "no database yet; the first start makes it"
    with storage_faults(), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        version = check_version(raw)
        _check_pages(raw)
    return f"tables of version {version}"


def _check_pages(raw: sqlite3.Connection) -> None:
    if raw.execute("PRAGMA table_info(django_migrations)").fetchone() is None:
        return
    check_steps(raw.execute(_STEPS_TAKEN))


def check_steps(taken: Iterable[tuple[str, str]]) -> None:
    """Raises DatabaseTooNew where one of the steps that were taken is of a later version."""
    for room, step in taken:
        if not _is_known(room, step):
            raise DatabaseTooNew(
                f"a later version of this software took the step {room}.{step} in the database; "
                "start that version, or restore a backup made before it"
            )


def _is_known(room: str, step: str) -> bool:
    """Steps of rooms that are not ours belong to libraries, which look after themselves."""
    if find_spec(f"tongban.{room}") is None:
        return True
    return find_spec(f"tongban.{room}.migrations.{step}") is not None
