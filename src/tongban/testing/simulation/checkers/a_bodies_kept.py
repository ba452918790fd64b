"""A: a body that one of two holds is at the other too, unless it was erased there."""

from collections.abc import Iterator
from itertools import permutations

from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Origin, index, name.
Place = tuple[str, int, str]


class BodiesKept:
    """Looks up what entries commit to; what was erased leaves a mark where it was."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Bodies are on their way with their entries."""

    def look_at_last(self) -> None:
        """Every body of every log."""
        for machine in self._world.honest:
            self._check_own(machine)
        for writer, reader in permutations(self._world.honest, 2):
            if not self._world.parted(writer.name, reader.name):
                _compare(writer, reader)

    def _check_own(self, machine: Machine) -> None:
        """Who never lost a disk has all that it wrote, or knows that it erased it."""
        if machine.disks > 1:
            return
        there = _bodies(machine, "own") | _bodies(machine, "home")
        for kind in ("own", "home"):
            for origin, leaf, name in _committed(machine, kind):
                if (origin, leaf, name) not in there:
                    words = f"{machine.name} has lost {name} of index {leaf} of {origin}"
                    raise Violation("A", words)


def _compare(writer: Machine, reader: Machine) -> None:
    """Of what was refused, the reader's bodies go after a while; who loses his then has none."""
    own, mirrored = _bodies(writer, "own"), _bodies(reader, "mirror")
    for place in _taken(writer, reader.name):
        kept = {one.name for one, held in ((writer, own), (reader, mirrored)) if held.get(place)}
        for one, held in ((writer, own), (reader, mirrored)):
            if kept and place not in held:
                raise Violation("A", f"{one.name} has no {place}, which {kept} has")


def _taken(writer: Machine, reader: str) -> Iterator[Place]:
    refused = {(line.origin, line.leaf) for line in lines(writer, "own", reader) if line.ground}
    places = _committed(writer, "own", reader)
    return (place for place in places if place[:2] not in refused)


def _committed(machine: Machine, kind: str, peer: str = "") -> Iterator[Place]:
    for line in lines(machine, kind, peer):
        for commitment in line.said.get("commitments") or ():
            yield line.origin, line.leaf, commitment["name"]


def _bodies(machine: Machine, kind: str) -> dict[Place, bool]:
    """Where bodies were ever kept, and whether they still are."""
    return {
        (origin, leaf, name): bool(kept)
        for log, _, origin, leaf, name, kept in rows(machine, SQL["kept_bodies"])
        if log == kind
    }
