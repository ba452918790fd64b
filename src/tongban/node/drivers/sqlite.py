"""The result codes of SQLite (sqlite.org/rescode.html)."""

import sqlite3

from tongban.node.drivers.trouble import Trouble
from tongban.node.faults import DatabaseDamaged, DiskFull, StorageFailed

#: The low byte of a result code; the rest says where it happened.
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

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

#: Before these, nothing lacks but the disk's word that it is there. A write that failed wrote no
#: end of the transaction, so that is as if it had never been.
_UNSYNCED = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_DOUBT = (
    "the disk failed a commit, so what was asked last may be stored or not, and only a start finds "
    "out. The node takes no more work: look at the disk, restart the machine, start the node, and "
    "look whether it was done before you ask again"
)


def sqlite_trouble(error: BaseException) -> Trouble | None:
    """What an error of sqlite3 says; None for any other, and for a broken constraint."""
    extended = int(getattr(error, "sqlite_errorcode", 0))
    code = extended & _PRIMARY
    if code == sqlite3.SQLITE_FULL:
        return Trouble(
            fault=DiskFull(
                "the disk that holds the node's data is full, so nothing was stored; make room and "
                "ask again, the node goes on by itself"
            )
        )
    if code not in _FAILED:
        return None
    fault = DatabaseDamaged if code in _DAMAGED else StorageFailed
    name = getattr(error, "sqlite_errorname", "")
    return Trouble(
        fault=fault(f"{_FAILED[code]}. Nothing was stored ({name})"),
        doubt=_DOUBT if extended in _UNSYNCED else "",
    )
