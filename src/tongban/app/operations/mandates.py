"""Published lists and how far pairs of places have come: `tongban mandate list | progress`."""

from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.catalogue.regulation import load_mandates
from tongban.core.mandates.mandate import Mandate
from tongban.core.mandates.progress import Progress, progress_of
from tongban.node.pair_evidence import pair_evidence


def list_mandates(_desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every list, and how much of it is here."""
    return [
        {
            "number": each.number,
            "title": each.title.zh,
            "issuer": each.issuer.zh,
            "published_on": str(each.published_on),
            "published_origin": each.published_origin,
            "scope": each.scope,
            "lines": len(each.lines),
            "lines_announced": each.lines_announced,
            "complete": each.complete,
            "illustrative": each.illustrative,
        }
        for each in load_mandates()
    ]


def progress(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Each line of a list in both directions with each partner, from what both sides hold."""
    mandate = _mandate(arguments["mandate"])
    peers = desk.node.kernel.peers.names()
    wanted = arguments["partner"]
    if wanted and wanted not in peers:
        raise OperationRefused(
            f"{wanted} is no partner of this node; its partners are {', '.join(peers) or 'none'}"
        )
    now = desk.node.kernel.clock.now()
    return [
        _line(each)
        for peer in peers
        if not wanted or peer == wanted
        for evidence in pair_evidence(desk.node.kernel, peer)
        for each in progress_of(mandate.lines, evidence, at=now)
    ]


def _mandate(number: str) -> Mandate:
    found = next((each for each in load_mandates() if each.number == number), None)
    if found is None:
        known = ", ".join(each.number for each in load_mandates())
        raise OperationRefused(f"no list {number} is known here; known are {known}")
    return found


def _line(each: Progress) -> dict[str, Any]:
    return {
        "line": each.line.number,
        "name": each.line.name.zh,
        "taker": each.taker,
        "decider": each.decider,
        "standing": each.standing,
        "opened": list(each.opened),
        "online": list(each.online),
        "closed": each.closed,
        "lacks": list(each.lacks),
        "announced": each.line.announced,
        "due_on": str(each.line.due_on or ""),
        "overdue": each.overdue,
        "origin": each.line.origin,
    }
