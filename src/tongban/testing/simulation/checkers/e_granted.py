"""E: nobody uses a power that the clause which it cites does not grant for the item and mode."""

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

from tongban.core.agreements.document import Agreement
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.checkers.standing import cited_clause, known_texts
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Which power each act needs; others are not done in anybody else's name.
_POWERS = {
    "case.dispatched": "receive",
    "correction.completed": "receive",
    "result.delivered": "deliver",
}


class Granted:
    """Reads each clause again in the text itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every act that cites a clause and took effect."""
        known = known_texts(self._world)
        for writer, reader in permutations(self._world.honest, 2):
            sent: dict[str, dict[str, Any]] = {}
            for line in lines(writer, "own", reader.name):
                if line.ground or line.data is None:
                    continue
                if line.type == "case.dispatched":
                    sent[line.subject] = line.said["event"]
                if cited_clause(line) and line.type in _POWERS and line.subject in sent:
                    between = (reader.name, writer.name)
                    missing = {*_needed(line)} - _granted(known, line, sent[line.subject], between)
                    if missing:
                        raise Violation("E", f"{line.type} on {line.subject} lacks {missing}")


def _needed(line: Line) -> Iterator[str]:
    yield _POWERS[line.type]
    event = line.said["event"]
    brought = event.get("intake", event).get("materials", ())
    if any(each["form"] == "original_seen" for each in brought):
        yield "check_originals"


def _granted(
    known: Mapping[str, Agreement], line: Line, case: dict[str, Any], between: tuple[str, str]
) -> set[str]:
    """Powers that the clause gives for this case, from its granter to its grantee."""
    clause = known[cited_clause(line)].clause(line.said["basis"]["clause"])
    return {
        power.value
        for grant in (clause.grants if clause else ())
        if (grant.granter, grant.grantee) == between and case["item"] in grant.items
        if case["mode"] in grant.modes
        for power in grant.powers
    }
