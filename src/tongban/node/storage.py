"""Says in the node's own words why its database could not be read or written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tongban.node.faults import DiskFull, StorageFailed

#: The low byte of a result code; the rest says where it happened (sqlite.org/rescode.html).
_PRIMARY = 0xFF
_FAILED = {
    sqlite3.SQLITE_BUSY: "another program holds the database; stop it",
    sqlite3.SQLITE_LOCKED: "another part of this program holds the database; start it again",
    sqlite3.SQLITE_READONLY: "the database may not be written; give the node's user the right to",
    sqlite3.SQLITE_IOERR: "the disk does not do what it is asked; look at it before anything else",
    sqlite3.SQLITE_CORRUPT: "the database is damaged; stop the node and restore a backup",
    sqlite3.SQLITE_NOTADB: "the file is no database; put the right one in its place",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; see that its folder is there",
    sqlite3.SQLITE_NOMEM: "the machine has too little memory; give it more",
}


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn what the database driver says of the disk into DiskFull or StorageFailed.

    Everything else passes: a broken constraint is a fault of the program, not of the disk.
    """
    try:
        yield
    except Exception as error:
        fault = storage_fault(error)
        if fault is None:
            raise
        raise fault from error


def storage_fault(error: BaseException) -> DiskFull | StorageFailed | None:
    """The fault behind the error, which a web framework may have wrapped once; None if another."""
    if isinstance(error, DiskFull | StorageFailed):
        return error
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    if not isinstance(cause, sqlite3.Error):
        return None
    code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            "the disk that holds the node's data is full, so nothing was stored; make room and "
            "ask again, the node goes on by itself"
        )
    if code in _FAILED:
        return StorageFailed(f"{_FAILED[code]}. Nothing was stored ({cause.sqlite_errorname})")
    return None
