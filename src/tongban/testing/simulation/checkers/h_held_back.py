"""H: what was held back goes when its day has come, and nothing waits on a line that is open."""

from datetime import UTC, timedelta

from tongban.logs.rows import ChannelStatus
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: What became due in the last round may wait for the next.
_ROUND = timedelta(seconds=11)


class HeldBack:
    """Looks at what waits on each machine."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Rounds send what is due; nothing keeps them from it once all faults have stopped."""
        for machine in self._world.honest if self._world.is_calm else ():
            for peer in _open(machine):
                if not self._world.parted(machine.name, peer):
                    _check(machine, peer)

    def look_at_last(self) -> None:
        """The same, though after so many starts everything was sent by these."""
        self.look()


def _check(machine: Machine, peer: str) -> None:
    due = (machine.clock.now() - _ROUND).astimezone(UTC).isoformat(timespec="milliseconds")
    late = rows(machine, SQL["waiting"], peer, due)
    if late:
        raise Violation("H", f"{machine.name} still holds back from {peer} what was due: {late}")


def _open(machine: Machine) -> list[str]:
    return [row.peer for row in machine.node.channels() if row.status is ChannelStatus.OPEN]
