"""A: what rots on one disk is noticed, and comes back from the partner as it was."""

from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class Repaired:
    """Compares bytes with hashes wherever bits flipped."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Who has not looked through its disk need not have noticed."""

    def look_at_last(self) -> None:
        """Everything is whole again, and nobody asks for anything any more."""
        for name, peer, _ in self._world.rotting():
            if not self._world.parted(name, peer):
                raise Violation("A", f"{name} never got back from {peer} what rotted on its disk")
        for name, peer, _ in sorted(self._world.rotten):
            asked = {each.peer for each in self._world[name].repairs.damage()}
            if peer in asked and not self._world.parted(name, peer):
                raise Violation("A", f"{name} still asks {peer} for what is whole")
