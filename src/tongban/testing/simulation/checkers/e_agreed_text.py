"""E: what lay on a table is offered and signed only if it was accepted there."""

from collections.abc import Sequence
from itertools import permutations

from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_LAID = {"negotiation.proposed", "negotiation.countered"}
_BINDS = {"agreement.offered", "agreement.signed"}


class AgreedText:
    """Follows what each writer had laid and accepted, or known of, when it bound itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every offer and signature that took effect."""
        for writer, reader in permutations(self._world.honest, 2):
            theirs = [line for line in lines(reader, "own", writer.name) if _counts(line)]
            accepted = {_document(line) for line in theirs if _accepts(line)}
            laid: set[str] = set()
            for line in lines(writer, "own", reader.name):
                if not _counts(line):
                    continue
                if line.type in _LAID:
                    laid.add(_document(line))
                if _accepts(line):
                    accepted.add(_document(line))
                heard = laid | _heard(theirs, line)
                if line.type in _BINDS and line.subject in heard - accepted:
                    raise Violation("E", f"{writer.name} bound itself to a text nobody accepted")


def _heard(theirs: Sequence[Line], line: Line) -> set[str]:
    """What the other had laid before the writer as far as it had seen."""
    seen = line.said.get("seen") or {}
    until = (seen.get("generation", 0), seen.get("size", 0))
    return {
        _document(each)
        for each in theirs
        if each.type in _LAID and (each.generation, each.leaf) < until
    }


def _counts(line: Line) -> bool:
    return not line.ground and line.data is not None


def _accepts(line: Line) -> bool:
    return line.type == "negotiation.accepted"


def _document(line: Line) -> str:
    return str(line.said["event"]["document"])
