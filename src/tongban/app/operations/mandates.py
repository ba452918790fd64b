"""Lists of items to open: `tongban mandate list | progress | publish | propose`."""

from typing import Any

import yaml

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.rules import publish_rule, rule_line
from tongban.app.places_here import known_places
from tongban.catalogue.regulation import every_mandate
from tongban.core.agreements.consents import OwedConsent, owed_consents
from tongban.core.agreements.document import document_bytes
from tongban.core.canonical import encode
from tongban.core.catalogues.rule_forms import MANDATE
from tongban.core.mandates.mandate import Mandate, parse_mandate
from tongban.core.mandates.progress import Progress, progress_of
from tongban.core.mandates.proposal import proposal_of
from tongban.node.pair_evidence import pair_evidence


def publish(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Publish a list under this node's name and tell partners; it binds nobody by itself."""
    issued = publish_rule(desk, arguments["text"], MANDATE, parse_mandate, "list of items to open")
    return rule_line(issued) | {"lines": len(issued.rule.lines)}


def list_mandates(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every list, who published it, and how much of it is here."""
    return [
        {
            "publisher": each.publisher,
            "number": each.number,
            "version": each.version,
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
        for each in known_mandates(desk)
    ]


def progress(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Each line of a list in both directions with each partner, from what both sides hold."""
    mandate = chosen_mandate(desk, arguments)
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


def known_mandates(desk: OperatorDesk) -> tuple[Mandate, ...]:
    """Those that come with the software, then the newest version of each published one."""
    return every_mandate(each.rule for each in desk.node.rules.standing(MANDATE))


def chosen_mandate(desk: OperatorDesk, arguments: Arguments) -> Mandate:
    """The list of a number, and of a publisher where several use it."""
    number, publisher = arguments["mandate"], arguments["publisher"]
    known = known_mandates(desk)
    found = [each for each in known if each.number == number and publisher in {"", each.publisher}]
    if not found:
        numbers = ", ".join(each.number for each in known)
        raise OperationRefused(f"no list {number} is known here; known are {numbers}")
    if len(found) > 1:
        publishers = ", ".join(each.publisher or "this software" for each in found)
        raise OperationRefused(
            f"{publishers} each have a list {number}; say which with --publisher"
        )
    return found[0]


def propose(desk: OperatorDesk, arguments: Arguments) -> Any:
    """A text that would close what a list lacks with a partner; owners' consents stay open."""
    mandate, partner = chosen_mandate(desk, arguments), arguments["partner"]
    kernel = desk.node.kernel
    if kernel.peers.get(partner) is None:
        raise OperationRefused(
            f"{partner} is no partner of this node; `tongban peer list` shows who is"
        )
    places = {place.node: place for place in known_places(desk.settings, kernel.peers)}
    evidence = pair_evidence(kernel, partner)
    draft = proposal_of(mandate, evidence, places, at=kernel.clock.now())
    if draft is None:
        raise OperationRefused(
            f"no agreement with {partner} would help {mandate.number} on: no item of it that both "
            "nodes know lacks a basis, or the place of one of the nodes is not known here. Nothing "
            "was written"
        )
    items = {item.code: item for item in desk.node.items()}
    owed = [_asked(each) for each in owed_consents(draft, items)]
    mapping = yaml.safe_load(document_bytes(draft)) | {"consents": owed}
    return {
        "text": yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False),
        "items": sum(len(each["items"]) for each in owed),
        "owners": [each["name"]["zh"] for each in owed],
    }


def _asked(owed: OwedConsent) -> dict[str, Any]:
    """A consent whose day somebody has to fill in; until then the text is refused."""
    return {**yaml.safe_load(encode(owed)), "given_on": ""}


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
