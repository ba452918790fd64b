# ruff: noqa: D102  the contract of each method stands in logs/store.py
"""Peers and channels."""

from datetime import datetime
from typing import Any

from tongban.logs.rows import ChannelRow, ChannelStatus, PeerRow
from tongban.logs.sqlite.dialect import Spoken


class Channels(Spoken):
    """The peers' and channels' part of the store."""

    def peer(self, connection: Any, name: str) -> PeerRow | None:
        row = connection.execute(self._sql["peer"], (name,)).fetchone()
        return None if row is None else _peer(*row)

    def peers(self, connection: Any) -> list[PeerRow]:
        return [_peer(*row) for row in connection.execute(self._sql["peers"]).fetchall()]

    def put_peer(  # noqa: PLR0917  one argument for each column
        self,
        connection: Any,
        name: str,
        descriptor: bytes,
        fingerprint: str,
        paired_at: datetime,
        compared_keys: int = 1,
    ) -> None:
        row = (name, descriptor, fingerprint, _text(paired_at), compared_keys)
        connection.execute(self._sql["put_peer"], row)

    def channel(self, connection: Any, peer: str) -> ChannelRow | None:
        row = connection.execute(self._sql["channel"], (peer,)).fetchone()
        return None if row is None else _channel(row)

    def channels(self, connection: Any) -> list[ChannelRow]:
        return [_channel(row) for row in connection.execute(self._sql["channels"]).fetchall()]

    def put_channel(self, connection: Any, row: ChannelRow) -> None:
        values = (
            row.peer,
            row.status.value,
            row.own_start,
            row.peer_start,
            row.cosigned_generation,
            row.cosigned_size,
            row.replicated_generation,
            row.replicated_size,
            _text(row.last_contact_at),
            _text(row.waiting_since),
        )
        connection.execute(self._sql["put_channel"], values)

    def honour(self, connection: Any, peer: str, start: str) -> None:
        connection.execute(self._sql["honour"], (peer, start))

    def is_honoured(self, connection: Any, peer: str, start: str) -> bool:
        return connection.execute(self._sql["is_honoured"], (peer, start)).fetchone() is not None


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="milliseconds")


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _peer(
    name: str, descriptor: bytes, fingerprint: str, paired_at: str, compared_keys: int
) -> PeerRow:
    return PeerRow(
        name=name,
        descriptor=descriptor,
        fingerprint=fingerprint,
        paired_at=datetime.fromisoformat(paired_at),
        compared_keys=compared_keys,
    )


def _channel(row: Any) -> ChannelRow:
    peer, status, own_start, peer_start, *positions, last_contact_at, waiting_since = row
    cosigned_generation, cosigned_size, replicated_generation, replicated_size = positions
    return ChannelRow(
        peer=peer,
        status=ChannelStatus(status),
        own_start=own_start,
        peer_start=peer_start,
        cosigned_generation=cosigned_generation,
        cosigned_size=cosigned_size,
        replicated_generation=replicated_generation,
        replicated_size=replicated_size,
        last_contact_at=_instant(last_contact_at),
        waiting_since=_instant(waiting_since),
    )
