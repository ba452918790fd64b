"""May this organisation do this act on this item now: `tongban agreement explain`."""

from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.core.agreements.document import Grant
from tongban.core.agreements.explain import Answer, line_of
from tongban.core.cases.events import Mode
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.node.explaining import Explanation, explain_directions


def explain(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Each power in each mode: on which clause, or why not and which clause would be needed."""
    _check(desk, arguments)
    mode = Mode(arguments["mode"]) if arguments["mode"] else None
    found, *others = explain_directions(desk.node, arguments["item"], arguments["partner"], mode)
    return {
        "item": found.code,
        "name": found.item.name.zh if found.item else "",
        "withdrawn": found.withdrawn,
        "at": found.at.isoformat(),
        **_way(found),
        "also": [_way(each) for each in others],
        "direct_way": _direct_way(found),
    }


def _check(desk: OperatorDesk, arguments: Arguments) -> None:
    partner, mode = arguments["partner"], arguments["mode"]
    if desk.node.kernel.peers.get(partner) is None:
        known = ", ".join(desk.node.kernel.peers.names()) or "none"
        raise OperationRefused(f"{partner} is no partner of this node; its partners are {known}")
    if mode and mode not in set(Mode):
        raise OperationRefused(f"there is no mode {mode}; choose one of {', '.join(Mode)}")


def _way(found: Explanation) -> dict[str, Any]:
    """Who may do what in whose name, in one direction."""
    return {
        "granter": found.direction.granter,
        "grantee": found.direction.grantee,
        "answers": [_answer(found, each) for each in found.answers],
    }


def _answer(found: Explanation, answer: Answer) -> dict[str, Any]:
    return {
        "power": answer.power,
        "mode": answer.mode,
        "allowed": answer.allowed,
        "carried_out": answer.carried_out,
        "days_run_from_counter": answer.moves_days,
        "basis": _basis(found, answer),
        "refusal": _refusal(answer.refusal) if answer.refusal else None,
        "stopped": [_stopped(found, each) for each in answer.stopped],
        "left_today": None if answer.left is None else max(0, answer.left),
        "needed": _grant(answer.needed) if answer.needed else None,
    }


def _basis(found: Explanation, answer: Answer) -> dict[str, str] | None:
    if answer.basis is None:
        return None
    line = _line(found, answer.basis.document or "", answer.basis.clause or "")
    return {"kind": answer.basis.kind, **line}


def _stopped(found: Explanation, refusal: Refusal) -> dict[str, str]:
    return {**_line(found, *line_of(refusal)), "ground": refusal.ground}


def _line(found: Explanation, document: str, clause: str) -> dict[str, str]:
    known = found.pair.documents.get(document)
    title = known.title.zh if known else ""
    return {"document": document, "title": title, "clause": clause}


def _refusal(refusal: Refusal) -> dict[str, Any]:
    words = words_for(refusal.ground)
    return {
        "ground": refusal.ground,
        "why": _both(words.why),
        "next": _both(words.next),
        "remedies": list(refusal.remedies),
    }


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "granter": grant.granter,
        "grantee": grant.grantee,
        "items": list(grant.items),
        "modes": list(grant.modes),
        "powers": list(grant.powers),
    }


def _direct_way(found: Explanation) -> dict[str, Any] | None:
    """What the applicant can always do; None where the item is not known here."""
    item: Item | None = found.item
    if item is None:
        return None
    way = item.direct_way
    return {
        "organisation": _both(item.organisation.name),
        "address": _both(way.address),
        "phone": way.phone,
        "url": way.url,
        "online": found.online,
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
