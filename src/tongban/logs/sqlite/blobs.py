# ruff: noqa: D102  the contract of each method stands in logs/blobs.py
"""Large files in SQLite."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tongban.logs.blobs import BlobRow
from tongban.logs.sqlite.dialect import Spoken


class Blobs(Spoken):
    """The large files' part of the store."""

    def put_blob(
        self, connection: Any, row: BlobRow, at: datetime, names: Sequence[bytes] = ()
    ) -> None:
        values = (row.root, row.peer, row.size, int(row.stored), _instant(at))
        connection.execute(self._sql["put_blob"], values)
        for number, name in enumerate(names):
            connection.execute(self._sql["put_piece"], (row.root, number, name))

    def blob(self, connection: Any, root: str, peer: str = "") -> BlobRow | None:
        row = connection.execute(self._sql["blob"], (root, peer)).fetchone()
        return None if row is None else _row(row)

    def offers(self, connection: Any, peer: str) -> list[BlobRow]:
        return [_row(row) for row in connection.execute(self._sql["offers"], (peer,)).fetchall()]

    def kept_blobs(self, connection: Any, after: str, limit: int) -> list[BlobRow]:
        rows = connection.execute(self._sql["kept_blobs"], (after, limit)).fetchall()
        return [_row(row) for row in rows]

    def pieces(self, connection: Any, root: str) -> list[bytes]:
        rows = connection.execute(self._sql["pieces"], (root,)).fetchall()
        return [bytes(name) for (name,) in rows]

    def is_listed(self, connection: Any, name: bytes) -> bool:
        return connection.execute(self._sql["is_listed"], (name,)).fetchone() is not None

    def forget_blob(self, connection: Any, root: str, peer: str) -> list[bytes]:
        connection.execute(self._sql["forget_blob"], (root, peer))
        if connection.execute(self._sql["has_rows"], (root,)).fetchone() is not None:
            return []
        names = self.pieces(connection, root)
        connection.execute(self._sql["forget_pieces"], (root,))
        return [name for name in names if not self.is_listed(connection, name)]

    def place_blob(  # noqa: PLR0917  the place, then the file
        self, connection: Any, log: int, generation: int, index: int, name: str, root: str
    ) -> None:
        connection.execute(self._sql["place_blob"], (log, generation, index, name, root))

    def is_placed(self, connection: Any, root: str) -> bool:
        return connection.execute(self._sql["is_placed"], (root,)).fetchone() is not None

    def lacking_blobs(self, connection: Any, peer: str) -> list[str]:
        return [
            root for (root,) in connection.execute(self._sql["lacking_blobs"], (peer,)).fetchall()
        ]

    def idle_blobs(self, connection: Any, until: datetime) -> list[BlobRow]:
        rows = connection.execute(self._sql["idle_blobs"], (_instant(until),)).fetchall()
        return [_row(row) for row in rows]

    def await_blob(self, connection: Any, intent: str, peer: str, root: str) -> None:
        connection.execute(self._sql["await_blob"], (intent, peer, root))

    def stop_awaiting(self, connection: Any, intent: str) -> None:
        connection.execute(self._sql["stop_awaiting"], (intent,))

    def awaited_blobs(self, connection: Any, peer: str) -> list[str]:
        return [
            root for (root,) in connection.execute(self._sql["awaited_blobs"], (peer,)).fetchall()
        ]

    def blobs_of_intent(self, connection: Any, intent: str) -> list[str]:
        rows = connection.execute(self._sql["blobs_of_intent"], (intent,)).fetchall()
        return [root for (root,) in rows]

    def _unplace(self, connection: Any, log: int, generation: int, index: int, name: str) -> None:
        """A body is erased: where it was the last manifest of a file, that may go at once."""
        place = (log, generation, index, name)
        found = connection.execute(self._sql["placed_root"], place).fetchone()
        if found is None:
            return
        connection.execute(self._sql["unplace_blob"], place)
        if not self.is_placed(connection, found[0]):
            connection.execute(self._sql["release_blob"], (found[0],))


def _row(row: tuple[str, str, int, int, str]) -> BlobRow:
    root, peer, size, stored, _ = row
    return BlobRow(root=root, peer=peer, size=size, stored=bool(stored))


def _instant(at: datetime) -> str:
    """In UTC and one length, so that texts sort as instants do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
