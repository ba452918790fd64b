"""F: who holds a case follows from the hand-overs that took effect, counted in the logs alone."""

from collections import Counter

from tongban.testing.simulation.checkers.database import lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: What brings a case to the competent party, and what brings it back.
_THERE = {"case.dispatched", "correction.completed"}
_BACK = {"correction.notified"}
#: After these it depends on the process who delivers.
_AT_MOST_ONCE = {"correction.notified", "case.accepted", "case.decided"}
_ENDINGS = {"case.decided", "case.not_accepted", "case.withdrawn"}


class HandedOver:
    """Counts; knows nothing of processes but which of their acts are hand-overs."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Hand-overs are counted when everything is said."""

    def look_at_last(self) -> None:
        """One more there than back means that the competent party holds it."""
        away, ended = self._count()
        self._check_once()
        honest = {machine.name: machine for machine in self._world.honest}
        for matter in self._world.matters:
            holder = honest.get(matter.item.competent)
            state = holder.node.case_state(matter.case) if holder else None
            if state is None or matter.case in ended or not {state.intake_party} <= set(honest):
                continue
            expected = state.competent if away[matter.case] else state.intake_party
            if state.holder != expected:
                raise Violation("F", f"{matter.case} went to {expected}, but {state.holder} has it")

    def _check_once(self) -> None:
        """One list of corrections, one acceptance and one decision a case."""
        for machine in self._world.honest:
            done = Counter(
                (line.subject, line.type)
                for line in lines(machine, "own")
                if line.type in _AT_MOST_ONCE and not line.ground
            )
            twice = [name for name, times in done.items() if times > 1]
            if twice:
                raise Violation("F", f"{machine.name} did more than once: {twice}")

    def _count(self) -> tuple[Counter[str], set[str]]:
        away: Counter[str] = Counter()
        ended: set[str] = set()
        for machine in self._world.honest:
            for line in lines(machine, "own"):
                if not line.ground:
                    away[line.subject] += (line.type in _THERE) - (line.type in _BACK)
                    if line.type in _ENDINGS:
                        ended.add(line.subject)
        return away, ended
