"""Items of several places side by side: `tongban item compare | conformance | obstacles`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.app.places_here import known_places
from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.catalogue.regulation import load_obstacles
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.items.comparison import basic_code_of, compare, likeness, percent
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.core.items.standard import Standard, conformance
from tongban.core.words import Words
from tongban.search.written_reach import PlaceWords

_words_of_place = PlaceWords(load_divisions(), load_places())


def compare_item(desk: OperatorDesk, arguments: Arguments) -> Any:
    """One item as two or more places have it, and how alike they are."""
    chosen = items_alike(desk, arguments["item"], arguments["places"])
    return {
        "basic_code": basic_code_of(chosen[0]),
        "name": chosen[0].name.zh,
        "places": [_name(item.place) for item in chosen],
        "items": [item.code for item in chosen],
        "similarity": list(_similarities(chosen)),
        "rows": [
            {
                "facet": row.facet,
                "name": row.name.zh,
                "cells": [cell.zh if cell else "" for cell in row.cells],
                "same": row.same,
            }
            for row in compare(chosen, _names(chosen))
        ],
    }


def conformance_list(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Each common standard, and which places keep it."""
    items = desk.node.items()
    return [_standing(each.rule, items) for each in desk.node.rules.standing(STANDARD)]


def obstacle_list(_desk: OperatorDesk, _arguments: Arguments) -> Any:
    """The register of legal obstacles."""
    return [
        {
            "code": each.code,
            "basic_code": each.basic_code,
            "kind": each.kind,
            "law": each.law.zh,
            "what": each.what.zh,
            "until": str(each.until or ""),
            "changed_by": each.changed_by.zh,
            "places": [_name(code) for code in each.places],
            "origin": each.origin,
            "illustrative": each.illustrative,
        }
        for each in load_obstacles()
    ]


def items_alike(desk: OperatorDesk, code: str, places: Sequence[str]) -> Sequence[Item]:
    """The items of one basic item in these places, or all; raises OperationRefused."""
    items = desk.node.items()
    basic = next((basic_code_of(item) for item in items if item.code == code), code)
    alike = {item.place: item for item in items if basic_code_of(item) == basic}
    if not alike:
        raise OperationRefused(
            f"no item {code} is known here; give an item's code as `tongban item list --all` shows "
            "it, or its basic code of 12 digits"
        )
    known = known_places(desk.settings, desk.node.kernel.peers)
    return _chosen(alike, places, code, known)


def kept_by(standard: Standard, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Each place that has the standard's item, and what of the standard it keeps."""
    for item in items:
        if basic_code_of(item) == standard.basic_code:
            yield _kept(item, standard)


def _chosen(
    alike: dict[str, Item], wanted: Sequence[str], code: str, known: Sequence[Place]
) -> list[Item]:
    """The item itself first, then those of the places that were named; of all where none was."""
    own = next((item for item in alike.values() if item.code == code), None)
    named = [_place(text, known).code for text in wanted] or sorted(alike)
    missing = [place for place in named if place not in alike]
    if missing:
        raise OperationRefused(
            f"{_name(missing[0])} has told this node of no such item; `tongban catalogue list` "
            "shows what partners told"
        )
    others = [alike[place] for place in named if own is None or place != own.place]
    return [*([own] if own else []), *others]


def _similarities(chosen: Sequence[Item]) -> Iterator[dict[str, Any]]:
    first = chosen[0]
    for other in chosen[1:]:
        found = likeness(first, other, _names(chosen))
        yield {
            "with": _name(other.place),
            "percent": percent(found.whole),
            "facets": {facet: percent(share) for facet, share in found.by_facet.items()},
        }


def _standing(standard: Standard, items: Iterable[Item]) -> dict[str, Any]:
    return {
        "publisher": standard.publisher,
        "standard": standard.number,
        "version": standard.version,
        "title": standard.title.zh,
        "basic_code": standard.basic_code,
        "illustrative": standard.illustrative,
        "places": list(kept_by(standard, items)),
    }


def _kept(item: Item, standard: Standard) -> dict[str, Any]:
    findings = conformance(item, standard)
    return {
        "place": _name(item.place),
        "kept": sum(finding.kept for finding in findings),
        "of": len(findings),
        "broken": [finding.field.zh for finding in findings if not finding.kept],
    }


def _place(text: str, known: Sequence[Place]) -> Place:
    for place in known:
        if text in {place.code, place.node, place.node.partition(".")[0], place.short.zh}:
            return place
    names = ", ".join(place.node.partition(".")[0] for place in known)
    raise OperationRefused(f"{text} is no place that is known here; known are {names}")


def _names(items: Iterable[Item]) -> dict[str, Words]:
    return {item.place: _words_of_place(item.place) for item in items}


def _name(code: str) -> str:
    return _words_of_place(code).zh
