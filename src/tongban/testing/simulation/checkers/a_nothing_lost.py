"""A: nothing that was countersigned is ever lost while one of the two nodes keeps its store."""

from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Writer, reader, origin, index, hash.
Leaf = tuple[str, str, str, int, bytes]


class NothingLost:
    """Keeps a ledger of what was countersigned, outside every machine."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._relied_on: set[Leaf] = set()
        self._noted: dict[tuple[str, str], int] = {}

    def look(self) -> None:
        """Note what was countersigned, and strike out what two replaced disks have lost."""
        if self._world.rolled_back:
            self._strike_out()
        for machine in self._world.running:
            self._note(machine)

    def look_at_last(self) -> None:
        """Everything relied on is at both."""
        self.look()
        there = {name: self._leaves(machine) for name, machine in self._world.machines.items()}
        for leaf in sorted(self._relied_on):
            for name in leaf[:2]:
                if leaf not in there[name] and not self._world.parted(*leaf[:2]):
                    raise Violation("A", f"{name} has lost index {leaf[3]} of {leaf[2]}")

    def _note(self, machine: Machine) -> None:
        grown = [
            (peer, origin, size)
            for peer, origin, size in rows(machine, SQL["cosigned"])
            if size > self._noted.get((machine.name, origin), 0)
        ]
        if not grown:
            return
        reach = {origin: size for _, origin, size in grown}
        self._noted |= {(machine.name, origin): size for origin, size in reach.items()}
        leaves = self._leaves(machine)
        self._relied_on |= {leaf for leaf in leaves if leaf[3] < reach.get(leaf[2], 0)}

    def _strike_out(self) -> None:
        """What neither of the two holds any more, after a disk was replaced, is lost openly."""
        kept = {leaf for m in self._world.machines.values() for leaf in self._leaves(m)}
        self._relied_on &= kept
        self._world.rolled_back.clear()
        self._noted.clear()

    def _leaves(self, machine: Machine) -> set[Leaf]:
        if not machine.running:
            return set()
        # A hash of which a bit flipped is not lost: the entry is there and shows it.
        was = self._world.turned
        return {
            (machine.name, peer, origin, leaf, was.get(hash_, hash_))
            if kind == "own"
            else (peer, machine.name, origin, leaf, was.get(hash_, hash_))
            for kind, peer, origin, leaf, hash_ in rows(machine, SQL["leaves"])
        }
