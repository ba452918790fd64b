"""Catalogues between nodes: `tongban catalogue …`, and `tongban item open | close | withdraw`."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.catalogue.sheets.checking import Change
from tongban.catalogue.sheets.differences import differences_of
from tongban.core.catalogues.changes import CatalogueChange
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.reasons import OF_CLOSURES, REASON_WORDS
from tongban.node.faults import NotOpen, UnknownItem


def list_catalogues(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """For each partner what it was told of this node's items, and what it told of its own."""
    return [_standing(desk, peer) for peer in desk.node.kernel.peers.names()]


def publish(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Tell every partner now what it does not know yet; the node does so by itself as well."""
    return {"versions": desk.node.openings.tell_all()}


def changes(desk: OperatorDesk, arguments: Arguments) -> Any:
    """What changed on a partner's list after a version of it."""
    partner = arguments["partner"]
    _require_partner(desk, partner)
    return [
        _change(desk, line)
        for line in desk.node.openings.changes(partner)
        if line.version > arguments["since"]
    ]


def open_items(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Let every partner know of items, or one of them, whatever was agreed with it."""
    codes = arguments["items"] or [item.code for item in desk.node.published.own()]
    openings, partner = desk.node.openings, arguments.get("partner", "")
    if partner:
        _require_partner(desk, partner)
    try:
        if partner:
            openings.open_to(partner, codes)
        else:
            openings.open_to_all(codes)
    except UnknownItem as fault:
        raise OperationRefused(
            f"{fault}; `tongban item list` shows what it decides. Nothing was opened"
        ) from fault
    return {"items": len(codes), "versions": desk.node.openings.tell_all()}


def close_items(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Take items back from one partner, whatever opened them to it; the others keep them."""
    codes, partner = arguments["items"], arguments["partner"]
    reason = _reason(arguments["reason"], OF_CLOSURES)
    first = _day(arguments.get("from", ""))
    _require_partner(desk, partner)
    try:
        desk.node.openings.close_to(partner, codes, reason=reason, from_day=first)
    except (NotOpen, UnknownItem) as fault:
        raise OperationRefused(
            f"{fault}; the page 事项管理 shows what is open to whom. Nothing was taken back"
        ) from fault
    return {
        "items": len(codes),
        "partner": partner,
        "from_day": _first_day(desk, first),
        "reason": REASON_WORDS[reason].zh,
        "versions": desk.node.openings.tell_all(),
    }


def withdraw_item(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Take no new applications for an item any more; open cases go on."""
    code, reason = arguments["item"], _reason(arguments["reason"], REASON_WORDS)
    gone = {row.item for row in desk.node.published.withdrawn()}
    if code in gone or code not in {item.code for item in desk.node.published.own()}:
        raise OperationRefused(
            f"this node decides no item {code} today, or withdrew it before; `tongban item list` "
            "shows what it decides. Nothing was done"
        )
    first = _day(arguments.get("from", ""))
    desk.node.published.withdraw([code], reason=reason, from_day=first)
    return {
        "item": code,
        "from_day": _first_day(desk, first),
        "reason": REASON_WORDS[reason].zh,
        "versions": desk.node.openings.tell_all(),
    }


def _first_day(desk: OperatorDesk, asked: date | None) -> str:
    today = desk.node.published.today()
    return str(max(asked or today, today))


def _require_partner(desk: OperatorDesk, partner: str) -> None:
    if desk.node.kernel.peers.get(partner) is None:
        raise OperationRefused(
            f"{partner} is no partner of this node; `tongban catalogue list` shows those that are"
        )


def _reason(text: str, known: Collection[WithdrawalReason]) -> WithdrawalReason:
    found = next((reason for reason in known if reason == text), None)
    if found is None:
        raise OperationRefused(
            f"{text} is no reason; it is one of {', '.join(known)}, since a sentence would not fit "
            "into a log that nothing erases. Nothing was done"
        )
    return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OperationRefused(
            f"{text} is no day; write it as in 2026-11-22. Nothing was done"
        ) from error


def _standing(desk: OperatorDesk, peer: str) -> dict[str, Any]:
    told, heard = desk.node.openings.told(peer), desk.node.openings.heard(peer)
    return {
        "partner": peer,
        "told": len(told.foreseen.lines) if told else 0,
        "told_version": told.foreseen.version if told else 0,
        "unconfirmed": len(told.pending) if told else 0,
        "refused": len(told.refused) if told else 0,
        "heard": len(heard.lines) if heard else 0,
        "heard_version": heard.version if heard else 0,
        "heard_withdrawn": len(heard.withdrawn) if heard else 0,
    }


def _change(desk: OperatorDesk, line: CatalogueChange) -> dict[str, Any]:
    item = desk.node.item_version(line.after or line.before)
    return {
        "version": line.version,
        "at": line.at.isoformat(timespec="milliseconds"),
        "kind": line.kind,
        "item": line.item,
        "name": item.name.zh if item else "",
        "reason": line.reason,
        "from_day": line.from_day,
        "fields": list(_fields(desk, line)),
    }


def _fields(desk: OperatorDesk, line: CatalogueChange) -> Iterator[dict[str, str]]:
    """What an item says now and did not say before."""
    before = desk.node.item_version(line.before) if line.before else None
    after = desk.node.item_version(line.after) if line.after else None
    if before is None or after is None:
        return
    for cell in differences_of(Change(item=after, before=before)):
        yield {
            "sheet": cell.sheet,
            "column": cell.heading,
            "before": cell.before,
            "after": cell.after,
        }
