# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Whose hash a log's trees are made with; it belongs to a generation."""

from collections.abc import Iterable
from typing import Any, TypeVar

from tongban.evidence.suite import Suite
from tongban.evidence.suites import SUITES
from tongban.logs.damage import checked
from tongban.logs.faults import BrokenInvariant, DatabaseTooNew
from tongban.logs.rows import JournalLine, StoredEntry
from tongban.logs.sqlite.dialect import Spoken

_Row = TypeVar("_Row", StoredEntry, JournalLine)


class Suites(Spoken):
    """What every part of the store asks that hashes."""

    def suite_of(self, connection: Any, log: int, generation: int) -> Suite:
        found = connection.execute(self._sql["suite_of"], (log, generation)).fetchone()
        if found is None:
            raise BrokenInvariant(f"there is no generation {generation} in log {log}")
        return suite_named(found[0])

    def whole(self, connection: Any, rows: Iterable[_Row]) -> list[_Row]:
        """The rows, of any generations; raises EntryDamaged where one is not what was hashed."""
        suites: dict[tuple[int, int], Suite] = {}
        found = []
        for row in rows:
            place = (row.log, row.generation)
            if place not in suites:
                suites[place] = self.suite_of(connection, *place)
            found.append(checked(suites[place], row))
        return found


def suite_named(name: str) -> Suite:
    """The suite of a stored name; raises DatabaseTooNew."""
    if name not in SUITES:
        raise DatabaseTooNew(
            f"the database holds logs of the suite {name}, which this software does not know; "
            "start the version that wrote them"
        )
    return SUITES[name]
