# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Documents, and marks of the node as a whole."""

from typing import Any

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import StoredDocument
from tongban.logs.sqlite.dialect import Spoken


class Documents(Spoken):
    """The documents' part of the store."""

    def document(self, connection: Any, digest: str) -> bytes | None:
        row = connection.execute(self._sql["document"], (digest,)).fetchone()
        return None if row is None else bytes(row[0])

    def put_document(self, connection: Any, digest: str, kind: str, data: bytes) -> None:
        connection.execute(self._sql["put_document"], (digest, kind, data))
        if self.document(connection, digest) != data:
            raise BrokenInvariant(f"document {digest} has another content")

    def documents(self, connection: Any, kind: str) -> list[StoredDocument]:
        rows = connection.execute(self._sql["documents"], (kind,)).fetchall()
        return [StoredDocument(digest=digest, kind=kind, data=data) for digest, kind, data in rows]


class Marks(Spoken):
    """The marks' part of the store."""

    def mark(self, connection: Any, key: str) -> str | None:
        row = connection.execute(self._sql["mark"], (key,)).fetchone()
        return None if row is None else str(row[0])

    def put_mark(self, connection: Any, key: str, value: str) -> None:
        connection.execute(self._sql["put_mark"], (key, value))
