"""A consistent copy of a SQLite file that others may be writing to."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tongban.node.faults import DatabaseDamaged, DiskFull
from tongban.node.storage import storage_faults

#: Pages copied between two reports; at 4 KB a page about four megabytes.
_PAGES = 1_000

#: Called with pages done and pages in all.
Copied = Callable[[int, int], None]


def copy_database(source: Path, target: Path, copied: Copied) -> None:
    """Copy what is committed now, on the disk when this returns; writers go on meanwhile.

    Raises DiskFull, naming the folder where the copy is made, or StorageFailed. What is at target
    is replaced, for its owner alone to read.
    """
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        full_where(target.parent.parent),
        storage_faults(),
        closing(sqlite3.connect(source, isolation_level=None)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # A reader that stays keeps its view, so that the copy never has to begin again.
        origin.execute("BEGIN")
        origin.execute("PRAGMA schema_version").fetchone()
        origin.backup(
            copy, pages=_PAGES, progress=lambda _, left, total: copied(total - left, total)
        )
        origin.execute("ROLLBACK")
        # The copy is one file: without a write-ahead log beside it, which could be forgotten.
        copy.execute("PRAGMA journal_mode=DELETE")
    sync(target)


@contextmanager
def full_where(place: Path) -> Iterator[None]:
    """Name the place: only a copy grows, so its own disk is full, and seldom the node's."""
    try:
        yield
    except DiskFull as fault:
        raise DiskFull(
            f"there is no room in {place} for a copy of the database, so nothing was made; make "
            "room there, or choose another place"
        ) from fault


def check_whole(path: Path) -> None:
    """Raises DatabaseDamaged, with the first that SQLite finds wrong in the file as a file."""
    with storage_faults(), closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        found = [str(line) for (line,) in raw.execute("PRAGMA quick_check(1)")]
    if found != ["ok"]:
        raise DatabaseDamaged(f"the database file {path} is damaged ({' '.join(found)})")


def sync(path: Path) -> None:
    """Force a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
