# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Statements, signatures and the other side's notes."""

from typing import Any

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import StatementKind, StoredCheckpoint
from tongban.logs.sqlite.dialect import Spoken


class Checkpoints(Spoken):
    """The checkpoints' part of the store."""

    def add_statement(
        self,
        connection: Any,
        *,
        log: int,
        generation: int,
        size: int,
        kind: StatementKind,
        root: bytes,
        at: int,
        keys: int = 1,
    ) -> None:
        key = (log, generation, size, kind.value)
        connection.execute(self._sql["insert_statement"], (*key, root, at, keys))
        (stored,) = connection.execute(self._sql["statement_root"], key).fetchone()
        if stored != root:
            raise BrokenInvariant(
                f"a second root for size {size} of generation {generation} in log {log}: "
                f"{stored.hex()} was stated, {root.hex()} was asked for"
            )

    def put_signature(self, connection: Any, statement: StoredCheckpoint, signature: bytes) -> None:
        row = (signature, *_key(statement), statement.root)
        if connection.execute(self._sql["sign"], row).rowcount != 1:
            raise BrokenInvariant(
                f"nothing was to be signed about size {statement.size} of {statement.origin}"
            )

    def put_note(self, connection: Any, log: int, generation: int, size: int, note: bytes) -> None:
        connection.execute(self._sql["put_note"], (log, generation, size, note))

    def checkpoint(
        self, connection: Any, log: int, generation: int, size: int
    ) -> StoredCheckpoint | None:
        return _checkpoint(
            connection.execute(self._sql["checkpoint"], (log, generation, size)).fetchone()
        )

    def statements(
        self, connection: Any, log: int, generation: int, *, after: int, limit: int
    ) -> list[StoredCheckpoint]:
        rows = connection.execute(
            self._sql["statements"], (log, generation, after, limit)
        ).fetchall()
        return [found for found in map(_checkpoint, rows) if found is not None]

    def last_statement(
        self, connection: Any, log: int, generation: int, *, at_most: int
    ) -> StoredCheckpoint | None:
        row = (log, generation, at_most)
        return _checkpoint(connection.execute(self._sql["last_statement"], row).fetchone())

    def earliest_checkpoint(
        self, connection: Any, log: int, generation: int, *, cosigned: bool, at_least: int
    ) -> StoredCheckpoint | None:
        row = (log, generation, at_least, int(cosigned))
        return _checkpoint(connection.execute(self._sql["earliest_checkpoint"], row).fetchone())


def _key(statement: StoredCheckpoint) -> tuple[int, int, int, str]:
    return (statement.log, statement.generation, statement.size, statement.kind.value)


def _checkpoint(row: Any) -> StoredCheckpoint | None:
    if row is None:
        return None
    log, generation, origin, size, kind, root, at, keys, signature, note = row
    return StoredCheckpoint(
        log=log,
        generation=generation,
        origin=origin,
        size=size,
        kind=StatementKind(kind),
        root=root,
        at=at,
        keys=keys,
        signature=signature,
        note=note,
    )
