"""The catalogue as an operator may see it: `tongban item list | show`, today's or of any day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.catalogue import load_providers
from tongban.core.items.item import Item
from tongban.core.items.later import leave_out
from tongban.core.items.providers import resolve
from tongban.logs.rows import Publication


def list_items(desk: OperatorDesk, arguments: Arguments) -> Any:
    """This node's own items, or every partner's too, as they stood on a day."""
    day = _day(desk, arguments)
    own = [
        _line(row, item)
        for row, item in desk.node.published.on(day)
        if row.competent == desk.node.name
    ]
    if not arguments.get("all", False):
        return own
    told = (row for row in _told(desk) if _stood(row, day))
    return [*own, *(_line(row, item) for row, item in _with_items(desk, told))]


def show_item(desk: OperatorDesk, arguments: Arguments) -> Any:
    """One item as it stood on a day, with who provides what it uses, and its other versions."""
    code, day = arguments["item"], _day(desk, arguments)
    told = (row for row in _told(desk) if row.item == code)
    history = [*desk.node.published.history(code), *_with_items(desk, told)]
    if not history:
        raise OperationRefused(
            f"no item {code} was ever published here; look at the code again, or at those that "
            "`tongban item list --all` shows"
        )
    stood = [(row, item) for row, item in history if _stood(row, day)]
    if not stood:
        raise OperationRefused(
            f"the item {code} did not stand on {day}; it was first published on "
            f"{history[0][0].first_day}"
        )
    row, item = stood[-1]
    return _line(row, item) | {
        "document": msgspec.to_builtins(leave_out(item)),
        "uses": list(_uses(item)),
        "versions": [_line(each, old) for each, old in history],
    }


def _told(desk: OperatorDesk) -> Iterator[Publication]:
    """Every version of every partner's items that this node was told of."""
    for peer in desk.node.kernel.peers.names():
        yield from desk.node.openings.history(peer)


def _with_items(
    desk: OperatorDesk, rows: Iterable[Publication]
) -> Iterator[tuple[Publication, Item]]:
    for row in rows:
        item = desk.node.item_version(row.digest)
        if item is not None:
            yield row, item


def _day(desk: OperatorDesk, arguments: Arguments) -> date:
    """The day that was asked for; today where none was."""
    text = arguments.get("on", "")
    if not text:
        return desk.node.published.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OperationRefused(f"{text} is no day; write it as in 2026-11-22") from error


def _stood(row: Publication, day: date) -> bool:
    return row.first_day <= day and (row.last_day is None or day <= row.last_day)


def _line(row: Publication, item: Item) -> dict[str, Any]:
    return {
        "item": row.item,
        "version": row.version,
        "name": item.name.zh,
        "name_en": item.name.en,
        "competent": row.competent,
        "basic_code": item.basic_code,
        "digest": row.digest,
        "first_day": str(row.first_day),
        "last_day": str(row.last_day) if row.last_day else "",
    }


def _uses(item: Item) -> Iterator[dict[str, Any]]:
    for line in resolve(item, load_providers()):
        yield {
            "code": line.line.code,
            "name": line.line.name.zh,
            "provider": line.provider.name.zh if line.provider else "",
            "gap": line.gap or "",
            "fields": list(line.line.fields),
            "materials": list(line.line.materials),
        }
