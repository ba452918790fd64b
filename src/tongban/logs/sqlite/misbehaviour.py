# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Contradictions and stray checkpoints of peers."""

from datetime import datetime
from typing import Any

from tongban.logs.rows import ContradictionRow
from tongban.logs.sqlite.dialect import Spoken


class Misbehaviour(Spoken):
    """The part of the store that shows what peers did wrong."""

    def put_contradiction(self, connection: Any, row: ContradictionRow) -> bool:
        found_at = row.found_at.isoformat(timespec="milliseconds")
        values = (row.peer, found_at, row.descriptor, row.first, row.second, row.path)
        return bool(connection.execute(self._sql["put_contradiction"], values).rowcount == 1)

    def contradictions(self, connection: Any, peer: str) -> list[ContradictionRow]:
        rows = connection.execute(self._sql["contradictions"], (peer,)).fetchall()
        return [_row(*row) for row in rows]

    def put_stray(self, connection: Any, peer: str, note: bytes) -> None:
        connection.execute(self._sql["put_stray"], (peer, note))

    def strays(self, connection: Any, peer: str) -> list[bytes]:
        return [
            bytes(note) for (note,) in connection.execute(self._sql["strays"], (peer,)).fetchall()
        ]


def _row(  # noqa: PLR0917  one argument for each column, in the order of misbehaviour.sql
    peer: str, found_at: str, descriptor: bytes, first: bytes, second: bytes, path: bytes
) -> ContradictionRow:
    return ContradictionRow(
        peer=peer,
        found_at=datetime.fromisoformat(found_at),
        descriptor=descriptor,
        first=first,
        second=second,
        path=path,
    )
