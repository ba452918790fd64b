"""B: both sides have the identical root at every cosigned size."""

from collections.abc import Collection
from hashlib import sha256
from itertools import permutations

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.checkers.roots import root_of
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class SameRoots:
    """Computes every stated root again, from the bytes of the entries, in its own way."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Roots are compared when everything is said."""

    def look_at_last(self) -> None:
        """Both logs are the same, and every statement about them is true."""
        self.look_at_writers(self._world.names)

    def look_at_writers(self, names: Collection[str]) -> None:
        """The same of the logs that these machines write."""
        for writer, reader in permutations(self._world.machines.values(), 2):
            if writer.name in names and not self._world.parted(writer.name, reader.name):
                self._compare(writer, reader)

    def _compare(self, writer: Machine, reader: Machine) -> None:
        own = _leaves(writer, "own", reader.name)
        mirrored = _leaves(reader, "mirror", writer.name)
        if own != mirrored:
            raise Violation("B", f"{writer.name} and {reader.name} hold different logs")
        self._check(writer, "checkpoint", reader.name, own)
        self._check(reader, "cosignature", writer.name, mirrored)

    def _check(self, machine: Machine, kind: str, peer: str, logs: dict[str, list[bytes]]) -> None:
        for other, origin, size, root in rows(machine, SQL["stated"], kind):
            if other == peer and (size > len(logs[origin]) or root_of(logs[origin][:size]) != root):
                raise Violation("B", f"{machine.name} states a wrong root of {origin} at {size}")


def _leaves(machine: Machine, kind: str, peer: str) -> dict[str, list[bytes]]:
    logs: dict[str, list[bytes]] = {}
    for line in lines(machine, kind, peer):
        if line.data is not None and sha256(b"\0" + line.data).digest() != line.leaf_hash:
            raise Violation("B", f"{machine.name} holds other bytes than it hashed: {line.origin}")
        logs.setdefault(line.origin, []).append(line.leaf_hash)
    return logs
