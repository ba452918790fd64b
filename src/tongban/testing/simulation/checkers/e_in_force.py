"""E: nobody takes an application under an agreement that is not in force."""

from itertools import permutations

from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.checkers.standing import (
    cited_clause,
    known_texts,
    taken_on,
    why_not_in_force,
)
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class InForce:
    """Looks up when the receiver took each dispatch, and what it had said or known by then."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every dispatch that cites a clause and took effect."""
        known = known_texts(self._world)
        for writer, reader in permutations(self._world.honest, 2):
            answers = list(lines(reader, "own", writer.name))
            said: list[Line] = []
            for line in lines(writer, "own", reader.name):
                taken = taken_on(line, answers) if _is_intake(line) else None
                if taken:
                    day, before = taken
                    document, item = cited_clause(line), line.said["event"]["item"]
                    by_then = [*said, *answers[:before]]
                    if ground := why_not_in_force(document, item, by_then, known, day):
                        words = f"{line.subject} was taken though {document} {ground}"
                        raise Violation("E", words)
                said.append(line)


def _is_intake(line: Line) -> bool:
    """Whether it is a dispatch under a clause that took effect."""
    return line.type == "case.dispatched" and not line.ground and bool(cited_clause(line))
