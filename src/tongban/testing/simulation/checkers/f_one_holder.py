"""F: a case always has exactly one holder or is in transit from exactly one."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.testing.simulation.checkers.database import SQL, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class OneHolder:
    """Reads on every machine which cases its officers may move."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody holds what another holds."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for machine in self._world.honest:
            for case in _movable(machine) if machine.running else ():
                found[case].append(machine.name)
        for case, holders in found.items():
            if len(holders) > 1:
                raise Violation("F", f"{case} is held by {holders}")

    def look_at_last(self) -> None:
        """Nothing is on its way any more, and all who know a case name the same holder."""
        for matter in self._world.matters:
            self._check(matter.case)

    def _check(self, case: str) -> None:
        states = {
            name: state
            for name, machine in self._world.machines.items()
            if (state := machine.node.case_state(case)) is not None
        }
        if not {machine.name for machine in self._world.honest} >= _parties(states):
            return
        holders = {state.holder for state in states.values()}
        if len(holders) > 1 or any(state.transit for state in states.values()):
            raise Violation("F", f"{case} is held by {holders} or still on its way")
        if len(states) == 1 and set(states) != holders:
            raise Violation("F", f"{case} is held by {holders}, who have never heard of it")


def _movable(machine: Machine) -> Iterator[str]:
    """Cases that officers of this machine may move now."""
    lines = {row.peer for row in machine.node.channels() if row.status == "open"}
    for case, data in rows(machine, SQL["cases"]):
        state = _read(data)
        is_here = state.holder == machine.name and state.transit is None
        if is_here and state.partner(machine.name) in lines:
            yield case


@lru_cache(maxsize=1_000)
def _read(data: bytes) -> CaseState:
    """Most cases are between two looks what they were."""
    return decode(data, CaseState)


def _parties(states: dict[str, CaseState]) -> set[str]:
    return {party for state in states.values() for party in (state.intake_party, state.competent)}
