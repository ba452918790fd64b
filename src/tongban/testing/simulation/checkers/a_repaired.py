"""A: what rots on one disk is noticed, and comes back as it was."""

from hashlib import sha256

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.checkers.roots import root_of
from tongban.testing.simulation.machine import Machine
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
        for name in sorted(self._world.torn):
            parted = {peer for peer in self._world.names if self._world.parted(name, peer)}
            _check_hashes(self._world.machines[name], parted)


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
