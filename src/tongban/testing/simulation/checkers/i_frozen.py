"""I: a line to somebody who was caught with two histories stands still until people have looked."""

from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class Frozen:
    """Remembers how long the logs of a frozen line were; nobody pairs again in a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._entries: dict[tuple[str, int, str], int] = {}

    def look(self) -> None:
        """Whoever is accused is cut off, and nothing comes onto a line that is frozen."""
        for machine in self._world.running:
            if not machine.disk.dead:
                self._check(machine)

    def look_at_last(self) -> None:
        """The same."""
        self.look()

    def _check(self, machine: Machine) -> None:
        frozen: dict[str, int] = dict(rows(machine, SQL["frozen"]))
        stopped = {
            peer
            for name, disk, peer in self._entries
            if (name, disk) == (machine.name, machine.disks)
        }
        accused = {peer for (peer,) in rows(machine, SQL["accused"])}
        for peer in sorted((accused | stopped) - set(frozen)):
            raise Violation("I", f"{machine.name} goes on with {peer}, whose line had to be frozen")
        for peer, entries in frozen.items():
            if self._entries.setdefault((machine.name, machine.disks, peer), entries) != entries:
                raise Violation("I", f"{machine.name} and {peer} wrote on over a frozen line")
