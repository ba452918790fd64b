"""A: what rots on one disk is noticed, and comes back from the partner as it was."""

from tongban.testing.simulation.checkers.database import lines
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
        for name, peer, leaf_hash in self._world.rotting():
            if not self._world.parted(name, peer) and not self._erased(peer, leaf_hash):
                raise Violation("A", f"{name} never got back from {peer} what rotted on its disk")
        for name, peer, _ in sorted(self._world.rotten):
            damage = self._world[name].repairs.damage()
            asked = {each.peer for each in damage if not each.lacking}
            if peer in asked and not self._world.parted(name, peer):
                raise Violation("A", f"{name} still asks {peer} for what is whole")

    def _erased(self, peer: str, leaf_hash: bytes) -> bool:
        """Whether the partner has erased it since, as it may with what it refused."""
        return any(
            line.leaf_hash == leaf_hash and line.data is None
            for line in lines(self._world.machines[peer])
        )
