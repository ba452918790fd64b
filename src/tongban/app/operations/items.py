"""The catalogue as an operator may see it: `tongban item list | show`, today's or of any day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.catalogue import load_providers
from tongban.core.items.item import Item
from tongban.core.items.providers import resolve
from tongban.core.later import leave_out
from tongban.logs.rows import Publication

Version = tuple[Publication, Item]


def list_items(desk: OperatorDesk, arguments: Arguments) -> Any:
    """This node's own items, or every partner's too, as they stood on a day."""
    day = _day(desk, arguments)
    own = [each for each in desk.node.published.on(day) if each[0].competent == desk.node.name]
    told = _with_items(desk, _told(desk)) if arguments.get("all", False) else ()
    return [*_lines(own, day), *_lines(told, day)]


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
    stood = [each for each in history if _stood(each[0], day)]
    if not stood:
        raise OperationRefused(
            f"the item {code} did not stand on {day}; it was first published on "
            f"{history[0][0].first_day}"
        )
    row, item = (_standing(stood, day) or stood[-1:])[0]
    return _line(row, item, day) | {
        "document": msgspec.to_builtins(leave_out(item)),
        "uses": list(_uses(item)),
        "versions": [_line(each, old, day) for each, old in history],
    }


def _lines(versions: Iterable[Version], day: date) -> Iterator[dict[str, Any]]:
    """Of each item the version that holds at the end of the day, and those to come, by code."""
    by_code: defaultdict[str, list[Version]] = defaultdict(list)
    for each in versions:
        if _stood(each[0], day):
            by_code[each[0].item].append(each)
    for code in sorted(by_code):
        yield from (_line(row, item, day) for row, item in _standing(by_code[code], day))


def _standing(versions: Sequence[Version], day: date) -> list[Version]:
    """The version that holds at the end of the day, then those that come; none where all ended."""
    left = [each for each in versions if each[0].last_day is None or day < each[0].last_day]
    begun = sorted((each for each in left if _first_day(each) <= day), key=_begins)
    coming = sorted((each for each in left if _first_day(each) > day), key=_begins)
    return [*begun[-1:], *coming]


def _first_day(version: Version) -> date:
    """The first on which it could be applied for: it was published, and in effect."""
    row, item = version
    return max(row.first_day, item.effective_from or row.first_day)


def _begins(version: Version) -> tuple[date, int]:
    return _first_day(version), version[0].version


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
    return day_of(arguments.get("on", ""), desk.node.published.today())


def day_of(text: str, today: date) -> date:
    """The day that was asked for; today where none was."""
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OperationRefused(f"{text} is no day; write it as in 2026-11-22") from error


def _stood(row: Publication, day: date) -> bool:
    return row.first_day <= day and (row.last_day is None or day <= row.last_day)


def _line(row: Publication, item: Item, day: date) -> dict[str, Any]:
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
        "in_effect_from": str(_first_day((row, item))),
        "state": _state(row, item, day),
    }


def _state(row: Publication, item: Item, day: date) -> str:
    if row.last_day is not None and row.last_day <= day:
        return "ended"
    if day < _first_day((row, item)):
        return "coming"
    return "in_effect" if item.in_effect_on(day) else "ended"


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
