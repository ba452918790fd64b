# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Which version of an item stood on which days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import Publication
from tongban.logs.sqlite.dialect import Spoken


class Publications(Spoken):
    """The publications' part of the store."""

    def add_publication(self, connection: Any, added: Publication) -> None:
        row = (added.item, added.version, added.competent, added.digest, str(added.first_day))
        connection.execute(self._sql["add_publication"], row)

    def end_publication(self, connection: Any, item: str, digest: str, day: date) -> None:
        if connection.execute(self._sql["end_publication"], (str(day), item, digest)).rowcount != 1:
            raise BrokenInvariant(f"{digest} of item {item} does not stand")

    def standing_publications(self, connection: Any) -> list[Publication]:
        return _read(connection.execute(self._sql["standing_publications"]))

    def publications_on(self, connection: Any, day: date) -> list[Publication]:
        ended = _read(connection.execute(self._sql["ended_publications"], (str(day),)))
        rows = ended + self.standing_publications(connection)
        return [row for row in rows if row.first_day <= day]

    def publications_of(self, connection: Any, item: str) -> list[Publication]:
        return _read(connection.execute(self._sql["publications_of"], (item,)))


def _read(rows: Iterable[tuple[str, int, str, str, str, str | None]]) -> list[Publication]:
    return [
        Publication(
            item=item,
            version=version,
            competent=competent,
            digest=digest,
            first_day=date.fromisoformat(first_day),
            last_day=date.fromisoformat(last_day) if last_day else None,
        )
        for item, version, competent, digest, first_day, last_day in rows
    ]
