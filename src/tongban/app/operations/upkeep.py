"""How the node fares: `tongban doctor` asks for it."""

import os
from typing import Any

from tongban.app.control import Arguments
from tongban.app.operations.desk import OperatorDesk
from tongban.logs.rows import ChannelStatus


def status(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Name, lines and what waits; quick enough to be asked every few seconds.

    parent: number of the process that was started to serve, by which whoever started one knows
    that no other answers.
    """
    rows = desk.node.channels()
    return {
        "name": desk.node.name,
        "parent": os.getppid(),
        "profile": desk.settings.profile,
        "peers": len(rows),
        "open": sum(row.status is ChannelStatus.OPEN for row in rows),
        "waiting_for": sorted(row.peer for row in rows if row.status is ChannelStatus.COMPARING),
        "frozen": sorted(row.peer for row in rows if row.status is ChannelStatus.FROZEN),
    }
