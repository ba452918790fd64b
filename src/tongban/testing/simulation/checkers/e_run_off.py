"""E: acts under way follow the run-off rule of the text on which their case was handed over."""

from collections.abc import Mapping, Sequence
from itertools import permutations

from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.document import Agreement
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.checkers.standing import (
    cited_clause,
    known_texts,
    taken_on,
    why_not_in_force,
)
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Grounds that an end gives, which do not hold against cases that may finish.
_ENDS = {"suspended", "terminated", "superseded", "expired"}


class RunOffs:
    """Follows each case from its dispatch on through the log of the place that took it in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: Mapping[str, Agreement] = {}

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every act but dispatches that cites a clause, taken or refused."""
        self._known = known_texts(self._world)
        for writer, reader in permutations(self._world.honest, 2):
            answers = list(lines(reader, "own", writer.name))
            said: list[Line] = []
            sent: dict[str, Line] = {}
            for line in lines(writer, "own", reader.name):
                if line.type == "case.dispatched" and not line.ground and line.data is not None:
                    sent[line.subject] = line
                elif cited_clause(line) and line.subject in sent:
                    self._check(line, sent[line.subject], said, answers)
                said.append(line)

    def _check(
        self, line: Line, dispatch: Line, said: Sequence[Line], answers: Sequence[Line]
    ) -> None:
        document = cited_clause(line)
        pinned = document == cited_clause(dispatch)
        if pinned and self._known[document].run_off is RunOff.FINISH:
            if line.ground in _ENDS:
                raise Violation("E", f"{line.subject} was to finish, but {line.type} was refused")
        elif not line.ground and (taken := taken_on(line, answers)):
            day, before = taken
            by_then, item = [*said, *answers[:before]], dispatch.said["event"]["item"]
            if ground := why_not_in_force(document, item, by_then, self._known, day):
                words = f"{line.type} on {line.subject} was taken though {document} {ground}"
                raise Violation("E", words)
