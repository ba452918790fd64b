"""F: every case can still move, or has ended."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState
from tongban.testing.simulation.machine import Machine, MachineClock
from tongban.testing.simulation.people import Matter, can_move
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class CanMove:
    """Asks at both places of each case, as people there would, whether anything can be done."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """While a line is down everything may have to wait."""

    def look_at_last(self) -> None:
        """Every case that is at one of two honest places which speak with each other."""
        honest = {machine.name: machine for machine in self._world.honest}
        with _at_one_time([machine.clock for machine in honest.values()]):
            self._look(honest)

    def _look(self, honest: dict[str, Machine]) -> None:
        for matter in self._world.matters:
            states = [machine.node.case_state(matter.case) for machine in honest.values()]
            state = next((state for state in states if state is not None), None)
            if state is not None and self._speak(state, honest):
                _check(matter, state, honest)

    def _speak(self, state: CaseState, honest: Collection[str]) -> bool:
        parties = (state.intake_party, state.competent)
        return set(parties) <= set(honest) and not self._world.parted(*parties)


@contextmanager
def _at_one_time(clocks: Sequence[MachineClock]) -> Iterator[None]:
    """While they differ about a last day, each of two may wait for the other; that passes."""
    before = [(clock.off, clock.most) for clock in clocks]
    for clock in clocks:
        clock.put(max(each.now() for each in clocks))
    yield
    for clock, (off, most) in zip(clocks, before, strict=True):
        clock.off, clock.most = off, most


def _check(matter: Matter, state: CaseState, honest: dict[str, Machine]) -> None:
    places = [honest[state.competent], honest[state.intake_party]]
    sent = state.done(ActKind.DISPATCH) > 0
    if state.ended or any(can_move(place.node, matter, sent=sent) for place in places):
        return
    words = f"{matter.case} is {state.stage} at {state.holder}, and nobody can do anything about it"
    raise Violation("F", words)
