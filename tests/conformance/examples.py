"""Made-up rows that several tests of the suite store."""

from datetime import datetime, timedelta, timezone

from tongban.evidence.tree import leaf_hash
from tongban.logs.rows import NewEntry

from .databases import SUITE

AT = datetime(2026, 3, 2, 9, 30, 0, 120000, tzinfo=timezone(timedelta(hours=8)))
SALT = b"\x05" * 32


def bytes_of(number: int) -> bytes:
    return b"entry %d" % number


def entry(number: int) -> NewEntry:
    data = bytes_of(number)
    return NewEntry(
        data=data,
        leaf_hash=leaf_hash(SUITE, data),
        id=f"{number:026d}",
        type="case.opened",
        subject_kind="case",
        subject_id=f"C-{number}",
    )


def entries(count: int, first: int = 0) -> list[NewEntry]:
    return [entry(number) for number in range(first, first + count)]
