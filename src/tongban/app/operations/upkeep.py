"""How the node fares: `tongban doctor` asks for it."""

import os
from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.evidence.signer import KeyPurpose
from tongban.logs.rows import ChannelRow, ChannelStatus


def status(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Name, lines and what waits; quick enough to be asked every few seconds.

    parent: number of the process that was started to serve, by which whoever started one knows
    that no other answers. log_key: the public half under which it signs now, in hexadecimal.
    """
    rows = desk.node.channels()
    frozen = sorted(row.peer for row in rows if row.status is ChannelStatus.FROZEN)
    return {
        "name": desk.node.name,
        "parent": os.getppid(),
        "profile": desk.settings.profile,
        "log_key": desk.node.kernel.identity.signer.public(KeyPurpose.LOG).hex(),
        "peers": len(rows),
        "open": sum(row.status is ChannelStatus.OPEN for row in rows),
        "waiting_for": sorted(row.peer for row in rows if row.status is ChannelStatus.COMPARING),
        "frozen": frozen,
        "accused": [peer for peer in frozen if desk.node.contradictions(peer)],
        "closed": sorted(row.peer for row in rows if row.status is ChannelStatus.CLOSED),
        "partly_back": desk.node.partly_back(),
        "lines": [_line(desk, row) for row in rows],
    }


def _line(desk: OperatorDesk, row: ChannelRow) -> dict[str, Any]:
    """One line; unsaid: whether something waits to be told."""
    now = desk.node.kernel.clock.now()
    heard = row.last_contact_at
    return {
        "partner": row.peer,
        "line": row.status.value,
        "last_heard_at": heard.isoformat(timespec="seconds") if heard else "",
        "silent_seconds": int((now - heard).total_seconds()) if heard else None,
        "unsaid": desk.node.conversation.has_news(row.peer),
    }
