"""Says in the node's own words why its database could not be read or written."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import structlog

from tongban.node.faults import DatabaseDamaged, DiskFull, StorageFailed, StorageUncertain

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

_FULL = (
    "the disk that holds the node's data is full, so nothing was stored; make room and ask again, "
    "the node goes on by itself"
)
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


#: Before these, nothing lacks but the disk's word that it is there. A write that failed wrote no
#: end of the transaction, so that is as if it had never been.
_UNSYNCED = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_UNCERTAIN = (
    "the disk failed a commit, so what was asked last may be stored or not, and only a start finds "
    "out. The node takes no more work: look at the disk, restart the machine, start the node, and "
    "look whether it was done before you ask again"
)

_Lent = TypeVar("_Lent")
_log = structlog.get_logger(__name__)


class Certainty:
    """Whether this process knows of everything that it wrote whether it is stored.

    After a failed fsync nobody knows what is on the platter. What the next transaction of the same
    process would see is only its memory.
    """

    def __init__(self) -> None:
        self.lost = False

    def demand(self) -> None:
        """Raises StorageUncertain once a commit has failed half way."""
        if self.lost:
            raise StorageUncertain(_UNCERTAIN)

    @contextmanager
    def watch(self, transaction: AbstractContextManager[_Lent]) -> Iterator[_Lent]:
        """Pass a transaction on that commits on leaving; raises StorageUncertain."""
        committing = False
        try:
            with transaction as lent:
                yield lent
                committing = True
        except Exception as error:
            if not committing or _extended(error) not in _UNSYNCED:
                raise
            self.lost = True
            _log.error("commit_uncertain", reason=str(error))
            raise StorageUncertain(_UNCERTAIN) from error


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


@contextmanager
def disk_faults() -> Iterator[None]:
    """Turn what the system says of files beside the database into DiskFull or StorageFailed."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(_FULL) from error
        raise StorageFailed(
            f"a piece of a file could not be written ({error.strerror}); look at the disk and at "
            "the rights on the node's folder. Nothing was stored"
        ) from error


def storage_fault(error: BaseException) -> DiskFull | StorageFailed | None:
    """The fault behind the error, which a web framework may have wrapped once; None if another."""
    if isinstance(error, DiskFull | StorageFailed):
        return error
    code, name = _code(error), _name(error)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(_FULL)
    if code in _FAILED:
        fault = DatabaseDamaged if code in _DAMAGED else StorageFailed
        return fault(f"{_FAILED[code]}. Nothing was stored ({name})")
    return None


def _cause(error: BaseException) -> BaseException | None:
    return error if isinstance(error, sqlite3.Error) else error.__cause__


def _code(error: BaseException) -> int:
    return _extended(error) & _PRIMARY


def _extended(error: BaseException) -> int:
    return int(getattr(_cause(error), "sqlite_errorcode", 0))


def _name(error: BaseException) -> str:
    return str(getattr(_cause(error), "sqlite_errorname", ""))
