"""The SQLSTATEs of PostgreSQL (its manual, appendix A), as psycopg passes them on."""

import sys
from collections.abc import Mapping

from tongban.node.drivers.trouble import Trouble
from tongban.node.faults import DatabaseDamaged, DiskFull, StorageFailed

_DISK_FULL = "53100"
_NO_ROOM = (
    "the disk of the database server is full, so nothing was stored; make room there and ask "
    "again, the node goes on by itself"
)
_GONE = (
    "the connection to the database was lost or could not be made; see that the server runs, can "
    "be reached and gives more connections. The node tries again by itself"
)
_STOPPED = "the database server stops or starts; wait for it, the node tries again by itself"
_HELD = "another program holds the database; stop it"
_DAMAGED = "the database is damaged; stop the node and restore a backup"
_DISK = "the database server's disk does not do what it is asked; look at it before anything else"
#: By the whole SQLSTATE, or by its first two characters where all of a class mean one thing.
_FAILED: Mapping[str, str] = {
    "08": _GONE,
    "25006": "the database may only be read, as a standby's; name the one that is written to",
    "28": "the database server does not let the node in; mend the address or the user's rights",
    "3D": "there is no database of this name; make it, or mend the address",
    "3F": "there is no schema of this name in the database; make it, or mend the address",
    "40": "another program writes in the node's tables; stop it",
    "42501": "the database does not let the node's user do that; give it the right to",
    "53200": "the database server has too little memory; give it more",
    "53300": "the database gives no more connections; stop what else uses it, or allow more",
    "53400": "a limit of the database server is reached; raise it",
    "55P03": _HELD,
    "57014": _HELD,
    "57P": _STOPPED,
    "58": _DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_DOUBT = (
    "the connection to the database was lost in mid commit, so what was asked last may be stored "
    "or not, and the server could not be asked. The node takes no more work: see that the server "
    "runs, start the node, and look whether it was done before you ask again"
)


def postgresql_trouble(error: BaseException) -> Trouble | None:
    """What an error of psycopg says; None for any other, and for a broken constraint."""
    driver = sys.modules.get("psycopg")
    if driver is None or not isinstance(error, driver.DatabaseError):
        return None
    if error.sqlstate is None:
        # The client itself found that nobody is there; what a server says has a SQLSTATE.
        is_gone = isinstance(error, driver.OperationalError)
        return _failed(_GONE, str(error).strip(), _DOUBT) if is_gone else None
    doubt = "" if error.diag.severity_nonlocalized == "ERROR" else _DOUBT
    if error.sqlstate == _DISK_FULL:
        return Trouble(fault=DiskFull(_NO_ROOM), doubt=doubt)
    known = (_FAILED.get(error.sqlstate[:length]) for length in (5, 3, 2))
    text = next(filter(None, known), None)
    return _failed(text, f"{error.sqlstate} {type(error).__name__}", doubt) if text else None


def _failed(text: str, reason: str, doubt: str) -> Trouble:
    fault = DatabaseDamaged if text is _DAMAGED else StorageFailed
    return Trouble(fault=fault(f"{text}. Nothing was stored ({reason})"), doubt=doubt)
