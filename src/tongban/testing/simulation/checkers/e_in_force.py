"""E: nobody takes an application under an agreement that had ended or was suspended."""

from itertools import permutations

from tongban.core.agreements.document import document_digest
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class InForce:
    """Looks up when the receiver took each dispatch, and what it had said or known by then."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._ends = {
            document_digest(agreement): agreement.valid_until.isoformat()
            for agreement in world.agreements
        }

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every dispatch that cites a clause and took effect."""
        for writer, reader in permutations(self._world.honest, 2):
            written = list(lines(reader, "own", writer.name))
            for line in lines(writer, "own", reader.name):
                document = _cited(line)
                if document:
                    self._check(line, document, written)

    def _check(self, line: Line, document: str, written: list[Line]) -> None:
        place = (line.generation, line.leaf)
        for other in written:
            said = other.said["event"] if other.data else {}
            suspends = other.type == "agreement.suspended" and not other.ground
            if suspends and said["document"] == document:
                raise Violation("E", f"{line.subject} was taken though {document} was suspended")
            if other.type != "outcome.recorded" or not _covers(said, place):
                continue
            if said["received_at"][:10] > self._ends[document]:
                raise Violation("E", f"{line.subject} was taken though {document} had ended")
            return


def _covers(outcome: dict[str, int], place: tuple[int, int]) -> bool:
    since = (outcome["since_generation"], outcome["since_size"])
    return since <= place < (outcome["generation"], outcome["size"])


def _cited(line: Line) -> str:
    """The agreement of a dispatch that took effect; "" of anything else."""
    if line.type != "case.dispatched" or line.ground or line.data is None:
        return ""
    basis = line.said.get("basis") or {}
    return basis["document"] if basis.get("kind") == "clause" else ""
