"""G: what is folded again from the logs equals what was there."""

from tongban.node.rebuild import rebuild
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_TABLES = (
    "states_all",
    "generations",
    "channels",
    "entries_all",
    "journal_all",
    "intents",
    "bodies_all",
)


class Rebuilt:
    """Rebuilds every machine at the end of its world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """A rebuild needs the world to stand still."""

    def look_at_last(self) -> None:
        """The same rows before and after."""
        for machine in self._world.honest:
            before = _stored(machine)
            rebuild(machine.node.kernel)
            after = _stored(machine)
            for table, one, other in zip(_TABLES, before, after, strict=True):
                if one != other:
                    differing = [row for row in one if row not in other][:1]
                    words = f"{machine.name} rebuilds otherwise: {table}: {differing}"
                    raise Violation("G", words)


def _stored(machine: Machine) -> list[list[object]]:
    return [rows(machine, SQL[table]) for table in _TABLES]
