"""A: what rots on one disk is noticed, and comes back as it was."""

from hashlib import sha256

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.checkers.roots import root_of
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import Rotten, World, shared_bodies


class Repaired:
    """Compares bytes with hashes wherever bits flipped."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Who has not looked through its disk need not have noticed."""

    def look_at_last(self) -> None:
        """Everything is whole again, and nobody asks for anything any more."""
        for each in self._world.rotting():
            if not self._world.parted(each.name, each.peer) and self._holds(each):
                words = f"{each.name} never got back from {each.peer} what rotted on its disk"
                raise Violation("A", words)
        for each in sorted(self._world.rotten):
            damage = self._world[each.name].repairs.damage()
            asked = {one.peer for one in damage if not one.lacking}
            if each.peer in asked and not self._world.parted(each.name, each.peer):
                raise Violation("A", f"{each.name} still asks {each.peer} for what is whole")
        for name in sorted(self._world.torn):
            parted = {peer for peer in self._world.names if self._world.parted(name, peer)}
            _check_hashes(self._world.machines[name], parted)

    def _holds(self, rotten: Rotten) -> bool:
        """Whether the partner still has it: bodies it may have erased meanwhile."""
        bodies = shared_bodies(self._world.machines[rotten.peer])
        held = {(body.leaf_hash, body.place[-1]) for body in bodies}
        return not rotten.body or (rotten.leaf_hash, rotten.body) in held


def _check_hashes(machine: Machine, parted: set[str]) -> None:
    """Every hash, end and root of every log, computed again from what lies below.

    Nobody gives back what rotted in a log that two share no more.
    """
    logs: dict[tuple[str, str, str], list[bytes]] = {}
    for line in lines(machine):
        if line.peer in parted:
            continue
        if line.data is not None and sha256(b"\0" + line.data).digest() != line.leaf_hash:
            raise Violation("A", f"{machine.name} still has another hash of {line.origin}")
        logs.setdefault((line.kind, line.peer, line.origin), []).append(line.leaf_hash)
    for kind, peer, origin, compact_range in rows(machine, SQL["log_ends"]):
        if peer in parted:
            continue
        leaves = logs.get((kind, peer, origin), [])
        if compact_range != len(leaves).to_bytes(8, "big") + _peaks(leaves):
            raise Violation("A", f"{machine.name} still has another end of {origin}")
    for kind, peer, origin, size, stated in rows(machine, SQL["roots"]):
        if peer not in parted and stated != root_of(logs[kind, peer, origin][:size]):
            raise Violation("A", f"{machine.name} states a wrong root of {origin} at {size}")


def _peaks(leaves: list[bytes]) -> bytes:
    """The roots of the complete trees that make up a log, largest first."""
    if not leaves:
        return b""
    width = 1 << len(leaves).bit_length() - 1
    return root_of(leaves[:width]) + _peaks(leaves[width:])
