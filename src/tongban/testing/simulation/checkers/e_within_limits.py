"""E: under no clause more applications take effect on a day than the agreement allows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import permutations

from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Document, clause, and day of the receipt in China.
_Bound = tuple[str, str, str]


class WithinLimits:
    """Counts what took effect by the day that the receiver's outcome states."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every day of every clause that has a limit."""
        known = {document_digest(each): each for each in self._world.agreements}
        for writer, reader in permutations(self._world.honest, 2):
            outcomes = [line for line in lines(reader, "own", writer.name) if line.data]
            taken = Counter(_taken(lines(writer, "own", reader.name), outcomes))
            for (document, clause, day), count in taken.items():
                limit = _limit(known, document, clause, reader.name, writer.name)
                if limit and count > limit:
                    raise Violation("E", f"{count} of {limit} on {day} under {document} {clause}")


def _taken(dispatches: Iterator[Line], outcomes: list[Line]) -> Iterator[_Bound]:
    for line in dispatches:
        if line.type != "case.dispatched" or line.ground or line.data is None:
            continue
        basis = line.said.get("basis") or {}
        if basis.get("kind") == "clause":
            for day in _landed(line, outcomes):
                yield basis["document"], basis["clause"], day


def _landed(line: Line, outcomes: list[Line]) -> Iterator[str]:
    """The day on which an outcome says that it was received; none while there is no such."""
    for outcome in outcomes:
        said = outcome.said["event"] if outcome.type == "outcome.recorded" else None
        if said is None:
            continue
        since = (said["since_generation"], said["since_size"])
        if since <= (line.generation, line.leaf) < (said["generation"], said["size"]):
            at = datetime.fromisoformat(said["received_at"])
            yield at.astimezone(CHINA_TIME).date().isoformat()


def _limit(
    known: Mapping[str, Agreement], document: str, number: str, granter: str, grantee: str
) -> int:
    clause = known[document].clause(number) if document in known else None
    grants = clause.grants if clause else ()
    return next((g.daily_limit for g in grants if (g.granter, g.grantee) == (granter, grantee)), 0)
