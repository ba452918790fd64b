"""F: a case always has exactly one holder or is in transit from exactly one."""

from tongban.core.cases.state import CaseState
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class OneHolder:
    """Asks every machine, as its officers would, who may move each case."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Nobody holds what another holds."""
        for matter in self._world.matters:
            honest = [machine for machine in self._world.honest if machine.running]
            holders = [machine.name for machine in honest if _may_move(machine, matter.case)]
            if len(holders) > 1:
                raise Violation("F", f"{matter.case} is held by {holders}")

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


def _may_move(machine: Machine, case: str) -> bool:
    state = machine.node.case_state(case)
    if state is None or state.holder != machine.name or state.transit is not None:
        return False
    return _line_is_open(machine, state)


def _line_is_open(machine: Machine, state: CaseState) -> bool:
    partner = state.partner(machine.name)
    return any(row.peer == partner and row.status == "open" for row in machine.node.channels())


def _parties(states: dict[str, CaseState]) -> set[str]:
    return {party for state in states.values() for party in (state.intake_party, state.competent)}
