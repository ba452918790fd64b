"""A: a node takes no more work once its disk has failed a commit, since nobody knows of it."""

from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: What is committed stands in files of this name first (sqlite.org/wal.html).
_COMMITS = "-wal"


class UncertainDisk:
    """Asks the disks, which see every write and fsync."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody has committed anything by a process whose commit had failed."""
        for machine in self._world.machines.values():
            if any(path.endswith(_COMMITS) for path in machine.disk.went_on):
                raise Violation("A", f"{machine.name} went on after its disk had failed a commit")

    def look_at_last(self) -> None:
        """The same."""
        self.look()
