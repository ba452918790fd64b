"""What a text was worth at a moment, by the entries that were known then.

For checkers; it reads logs with rules of its own and asks nothing of the code that decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.bargaining import drafts_of
from tongban.testing.simulation.checkers.database import Line
from tongban.testing.simulation.world import World

_NEVER = "9999-12-31"


class _Texts(dict[str, Agreement]):
    """Those that were agreed at a table are looked for only where an act rests on one."""

    def __missing__(self, digest: str) -> Agreement:
        drafts = (draft for text in self.values() for draft in drafts_of(text))
        return next(draft for draft in drafts if document_digest(draft) == digest)


def known_texts(world: World) -> Mapping[str, Agreement]:
    """Every text of a world by its digest."""
    texts = (*world.agreements, *world.alliances)
    return _Texts({document_digest(each): each for each in texts})


def taken_on(line: Line, answers: Sequence[Line]) -> tuple[str, int] | None:
    """On which day in China the reader took an entry, and how many answers it had given before.

    answers: everything that the reader says to the writer. None: it has not said so.
    """
    for place, answer in enumerate(answers):
        if answer.type != "outcome.recorded" or answer.data is None:
            continue
        outcome = answer.said["event"]
        if _covers(outcome, (line.generation, line.leaf)):
            at = datetime.fromisoformat(outcome["received_at"])
            return at.astimezone(CHINA_TIME).date().isoformat(), place
    return None


def cited_clause(line: Line) -> str:
    """The agreement on which an entry rests; "" where it rests on none."""
    basis = (line.said.get("basis") if line.data is not None else None) or {}
    return str(basis["document"]) if basis.get("kind") == "clause" else ""


def why_not_in_force(
    document: str,
    item: str,
    by_then: Sequence[Line],
    known: Mapping[str, Agreement],
    day: str,
) -> str:
    """Why nothing could be taken for an item under it on that day; "" where it could."""
    if not _is_concluded(document, by_then, known):
        return "was not concluded"
    if _is_suspended(document, item, by_then):
        return "was suspended"
    if _is_unpublished(document, by_then, known):
        return "was not published"
    if day < known[document].valid_from.isoformat():
        return "had not begun"
    if day > min(known[document].valid_until.isoformat(), *_ends(document, by_then), _NEVER):
        return "had ended"
    return "was replaced" if _is_replaced(document, by_then, known, day) else ""


def _is_concluded(document: str, by_then: Sequence[Line], known: Mapping[str, Agreement]) -> bool:
    """Every party signed; of many the depositary said so, and nobody had withdrawn."""
    events = _events(by_then, document)
    if known[document].depositary:
        steps = {e["step"] for line, e in events if line.type == "agreement.deposited"}
        return "concluded" in steps and "withdrawn" not in steps
    signers = {event["party"] for line, event in events if line.type == "agreement.signed"}
    return known[document].nodes <= signers


def _is_suspended(document: str, item: str, by_then: Sequence[Line]) -> bool:
    """Whether somebody had stopped this item, and not let it go on."""
    stopped: set[str] = set()
    for line, event in _events(by_then, document):
        writer = line.origin.partition("/")[0]
        if event.get("items") and item not in event["items"]:
            continue
        if line.type == "agreement.suspended":
            stopped.add(writer)
        elif line.type == "agreement.resumed":
            stopped.discard(writer)
    return bool(stopped)


def _ends(document: str, by_then: Sequence[Line]) -> list[str]:
    """Last days that parties gave it; an exit ends what stands between who left and another.

    So does, of a text of many, what who leaves says to the other itself.
    """
    ends = []
    for line, event in _events(by_then, document):
        pair = {line.origin.partition("/")[0], line.peer}
        is_exit = line.type == "agreement.deposited" and event["step"] == "exited"
        is_own = line.type in {"agreement.terminated", "agreement.left"}
        if is_own or (is_exit and event["party"] in pair):
            ends.append(event["last_day"])
    return ends


def _is_replaced(
    document: str, by_then: Sequence[Line], known: Mapping[str, Agreement], day: str
) -> bool:
    begun = {
        digest: agreement
        for digest, agreement in known.items()
        if day >= agreement.valid_from.isoformat()
        and _is_concluded(digest, by_then, known)
        and not _is_unpublished(digest, by_then, known)
    }
    if any(agreement.supersedes == document for agreement in begun.values()):
        return True
    own = known[document]
    return any(
        (agreement.valid_from, digest) > (own.valid_from, document)
        for digest, agreement in begun.items()
        if own.supersedes and agreement.supersedes == own.supersedes
    )


def _is_unpublished(document: str, by_then: Sequence[Line], known: Mapping[str, Agreement]) -> bool:
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
