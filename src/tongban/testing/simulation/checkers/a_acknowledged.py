"""A: what somebody was told is taken in stays taken in, and what was erased stays erased."""

from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class Acknowledged:
    """Remembers what machines said to people, for as long as their disks are not replaced."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._erased: dict[tuple[str, str], set[tuple[str, int]]] = {}

    def look(self) -> None:
        """Every receipt has its case, on every machine that is up."""
        for name, case in self._world.acknowledged:
            machine = self._world.machines[name]
            if machine.running and not machine.disk.dead and not _knows(machine, case):
                raise Violation("A", f"{name} gave a receipt for {case} and has no such case")
        for name, case in self._world.erased:
            machine = self._world.machines[name]
            if machine.running and not machine.disk.dead and (name, case) not in self._erased:
                self._erased[name, case] = {
                    place for place, kept in _bodies(machine, case) if not kept
                }

    def look_at_last(self) -> None:
        """The same, and nothing erased has come back."""
        self.look()
        for name, case in self._world.erased:
            for place, kept in _bodies(self._world.machines[name], case):
                # Who hands a case over once more brings the application with it once more.
                if kept and place in self._erased[name, case]:
                    raise Violation("A", f"{name} has the application of {case} again, once erased")


def _knows(machine: Machine, case: str) -> bool:
    return machine.node.case_state(case) is not None


def _bodies(machine: Machine, case: str) -> list[tuple[tuple[str, int], bool]]:
    """Where applications of the case stand, and whether they are there."""
    found = rows(machine, SQL["bodies"], case)
    return [((origin, leaf), bool(kept)) for origin, leaf, kept in found]
