# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Intents that wait for a line, encrypted at rest."""

from datetime import UTC, datetime
from typing import Any

from tongban.logs.faults import BrokenInvariant
from tongban.logs.rows import StoredIntent
from tongban.logs.sqlite.dialect import Spoken
from tongban.logs.vault import Vault


class Intents(Spoken):
    """The intents' part of the store."""

    _vault: Vault

    def add_intent(
        self,
        connection: Any,
        *,
        id: str,  # noqa: A002  the row's own name for it
        peer: str,
        at: datetime,
        payload: bytes,
    ) -> None:
        sealed = self._vault.seal(_place(id), payload)
        row = (id, peer, at.isoformat(timespec="milliseconds"), sealed)
        connection.execute(self._sql["add_intent"], row)

    def intent(self, connection: Any, intent_id: str) -> StoredIntent | None:
        row = connection.execute(self._sql["intent"], (intent_id,)).fetchone()
        return None if row is None else self._stored_intent(row)

    def pending_intents(self, connection: Any, peer: str) -> list[StoredIntent]:
        rows = connection.execute(self._sql["pending_intents"], (peer,)).fetchall()
        return [self._stored_intent(row) for row in rows]

    def change_intent(self, connection: Any, intent_id: str, payload: bytes) -> None:
        row = (self._vault.seal(_place(intent_id), payload), intent_id)
        if connection.execute(self._sql["change_intent"], row).rowcount != 1:
            raise BrokenInvariant(f"intent {intent_id} does not wait")

    def due_intents(self, connection: Any, peer: str, at: datetime) -> list[StoredIntent]:
        rows = connection.execute(self._sql["due_intents"], (peer, _instant(at))).fetchall()
        return [self._stored_intent(row) for row in rows]

    def hold_intent(self, connection: Any, intent_id: str, until: datetime) -> None:
        if connection.execute(self._sql["hold_intent"], (_instant(until), intent_id)).rowcount != 1:
            raise BrokenInvariant(f"intent {intent_id} does not wait")

    def settle_intent(self, connection: Any, intent_id: str, ground: str) -> None:
        if connection.execute(self._sql["settle_intent"], (ground, intent_id)).rowcount != 1:
            raise BrokenInvariant(f"intent {intent_id} does not wait")

    def _stored_intent(
        self, row: tuple[str, str, str, bytes | None, str | None, str]
    ) -> StoredIntent:
        intent_id, peer, at, sealed, ground, held_until = row
        return StoredIntent(
            id=intent_id,
            peer=peer,
            at=datetime.fromisoformat(at),
            payload=None if sealed is None else self._vault.open(_place(intent_id), sealed),
            ground=ground,
            held_until=datetime.fromisoformat(held_until) if held_until else None,
        )


def _instant(at: datetime) -> str:
    """In UTC and one length, so that texts sort as instants do."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _place(intent_id: str) -> bytes:
    return b"intent" + intent_id.encode()
