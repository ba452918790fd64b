"""C: every start opens a generation of the home log, which commits to the end of the one before."""

from itertools import groupby

from tongban.testing.simulation.checkers.database import SQL, Line, lines, rows
from tongban.testing.simulation.checkers.roots import root_of
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class HomeBeginsAnew:
    """Remembers under which start each machine wrote in which generation."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._starts: dict[str, int] = {}

    def look(self) -> None:
        """No generation is of two starts of one machine; a rollback behind its back is none."""
        for machine in self._world.running:
            unaware = machine.name in self._world.signatures.forgiven
            if machine.disk.dead or machine.begun == 0 or unaware:
                continue
            ((origin,),) = rows(machine, SQL["home"])
            if self._starts.setdefault(origin, machine.begun) != machine.begun:
                raise Violation("C", f"{machine.name} began again and writes on in {origin}")

    def look_at_last(self) -> None:
        """The same, and each generation begins with where the one before it ended."""
        self.look()
        for machine in self._world.honest:
            _check_openings(machine)


def _check_openings(machine: Machine) -> None:
    before: list[Line] = []
    for origin, generation in groupby(lines(machine, "home"), key=lambda line: line.origin):
        entries = list(generation)
        said = entries[0].said["event"] if entries[0].type == "home.opened" else {}
        root = root_of([line.leaf_hash for line in before]).hex() if before else ""
        end = (before[0].origin if before else "", len(before), root)
        if end != tuple(said.get(f"previous_{name}") for name in ("origin", "size", "root")):
            raise Violation("C", f"{machine.name} opened {origin} on another end than {end[:2]}")
        before = entries
