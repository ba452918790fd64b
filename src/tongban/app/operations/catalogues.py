"""Catalogues between nodes: `tongban catalogue …`, and `tongban item open | withdraw`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.core.catalogues.changes import CatalogueChange
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.core.items.comparison import differences
from tongban.node.faults import UnknownItem


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


def withdraw_item(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Take no new applications for an item any more; open cases go on."""
    code, reason = arguments["item"], _reason(arguments["reason"])
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
        "from_day": str(first or desk.node.published.today()),
        "reason": REASON_WORDS[reason].zh,
        "versions": desk.node.openings.tell_all(),
    }


def _require_partner(desk: OperatorDesk, partner: str) -> None:
    if desk.node.kernel.peers.get(partner) is None:
        raise OperationRefused(
            f"{partner} is no partner of this node; `tongban catalogue list` shows those that are"
        )


def _reason(text: str) -> WithdrawalReason:
    try:
        return WithdrawalReason(text)
    except ValueError as error:
        known = ", ".join(WithdrawalReason)
        raise OperationRefused(
            f"{text} is no reason; it is one of {known}, since a sentence would not fit into a "
            "log that nothing erases. Nothing was done"
        ) from error


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
    for row in differences(before, after):
        old, new = row.cells
        yield {
            "facet": row.facet,
            "name": row.name.zh,
            "before": old.zh if old else "",
            "after": new.zh if new else "",
        }
