"""E: nobody takes an application under an agreement that is not in force."""

from collections.abc import Sequence
from datetime import datetime
from itertools import permutations
from typing import Any

from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

_NEVER = "9999-12-31"


class InForce:
    """Looks up when the receiver took each dispatch, and what it had said or known by then."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every dispatch that cites a clause and took effect."""
        texts = (*self._world.agreements, *self._world.alliances)
        known = {document_digest(each): each for each in texts}
        for writer, reader in permutations(self._world.honest, 2):
            answers = list(lines(reader, "own", writer.name))
            said: list[Line] = []
            for line in lines(writer, "own", reader.name):
                document = _cited(line)
                if document:
                    _check(line, document, said, answers, known)
                said.append(line)


def _check(
    line: Line,
    document: str,
    said: Sequence[Line],
    answers: Sequence[Line],
    known: dict[str, Agreement],
) -> None:
    """said: what the writer had said before; answers: everything that the reader says."""
    before: list[Line] = []
    for answer in answers:
        outcome = answer.said["event"] if answer.data else {}
        if answer.type == "outcome.recorded" and _covers(outcome, (line.generation, line.leaf)):
            ground = _not_in_force(document, [*said, *before], known, _day(outcome["received_at"]))
            if ground:
                raise Violation("E", f"{line.subject} was taken though {document} {ground}")
            return
        before.append(answer)


def _day(instant: str) -> str:
    return datetime.fromisoformat(instant).astimezone(CHINA_TIME).date().isoformat()


def _not_in_force(
    document: str, by_then: Sequence[Line], known: dict[str, Agreement], day: str
) -> str:
    """Why nothing could be taken under it on that day; "" where it could."""
    if not _is_concluded(document, by_then, known):
        return "was not concluded"
    if _is_suspended(document, by_then):
        return "was suspended"
    if _is_unpublished(document, by_then, known):
        return "was not published"
    if day < known[document].valid_from.isoformat():
        return "had not begun"
    if day > min(known[document].valid_until.isoformat(), *_ends(document, by_then), _NEVER):
        return "had ended"
    return "was replaced" if _is_replaced(document, by_then, known, day) else ""


def _is_concluded(document: str, by_then: Sequence[Line], known: dict[str, Agreement]) -> bool:
    """Every party signed; of many the depositary said so, and nobody had withdrawn."""
    events = _events(by_then, document)
    if known[document].depositary:
        steps = {e["step"] for line, e in events if line.type == "agreement.deposited"}
        return "concluded" in steps and "withdrawn" not in steps
    signers = {event["party"] for line, event in events if line.type == "agreement.signed"}
    return known[document].nodes <= signers


def _is_suspended(document: str, by_then: Sequence[Line]) -> bool:
    stopped: set[str] = set()
    for line, _ in _events(by_then, document):
        writer = line.origin.partition("/")[0]
        if line.type == "agreement.suspended":
            stopped.add(writer)
        elif line.type == "agreement.resumed":
            stopped.discard(writer)
    return bool(stopped)


def _ends(document: str, by_then: Sequence[Line]) -> list[str]:
    """Last days that parties gave it; an exit ends what stands between who left and another."""
    ends = []
    for line, event in _events(by_then, document):
        pair = {line.origin.partition("/")[0], line.peer}
        is_exit = line.type == "agreement.deposited" and event["step"] == "exited"
        if line.type == "agreement.terminated" or (is_exit and event["party"] in pair):
            ends.append(event["last_day"])
    return ends


def _is_replaced(
    document: str, by_then: Sequence[Line], known: dict[str, Agreement], day: str
) -> bool:
    return any(
        agreement.supersedes == document
        and day >= agreement.valid_from.isoformat()
        and _is_concluded(digest, by_then, known)
        and not _is_unpublished(digest, by_then, known)
        for digest, agreement in known.items()
    )


def _is_unpublished(document: str, by_then: Sequence[Line], known: dict[str, Agreement]) -> bool:
    """Whether somebody owes its publication and has not said by then that it took place."""
    events = _events(by_then, document)
    done = {event["party"] for line, event in events if line.type == "agreement.published"}
    return any(duty.party not in done for duty in known[document].publications)


def _events(by_then: Sequence[Line], document: str) -> list[tuple[Line, dict[str, Any]]]:
    """What was said of a document and not refused, in any order between the two."""
    return [
        (line, line.said["event"])
        for line in by_then
        if line.subject == document and not line.ground and line.data is not None
    ]


def _covers(outcome: dict[str, int], place: tuple[int, int]) -> bool:
    since = (outcome["since_generation"], outcome["since_size"])
    return since <= place < (outcome["generation"], outcome["size"])


def _cited(line: Line) -> str:
    """The agreement of a dispatch that took effect; "" of anything else."""
    if line.type != "case.dispatched" or line.ground or line.data is None:
        return ""
    basis = line.said.get("basis") or {}
    return basis["document"] if basis.get("kind") == "clause" else ""
