"""From the layers that authors write to the complete item that is published.

The basic entry (基本目录) says what the nation says; an implementation (实施清单) names it and says
what is different in its place; the complete item says everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tongban.catalogue.citations import cite
from tongban.catalogue.forms import expand_form
from tongban.catalogue.shelf import Shelf, found
from tongban.core.items.lists import ListLine
from tongban.core.items.place import Place
from tongban.core.items.providers import resolve_line

#: What an implementation adds to its basic entry; everything else replaces what that says.
_ADDED = frozenset({"conditions", "aliases", "keywords", "questions", "legal_basis", "provenance"})
_OWN_KEYS = ("basic", "authority", "catalogue_code")
_PLACE = "{place}"
_CITED = frozenset({"basis", "legal_basis"})
_LISTS = ("data_used", "data_produced", "certificates_used", "certificates_issued")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Where an implementation stands: its place, and the authorities there by short names."""

    place: Place
    authorities: Mapping[str, Mapping[str, Any]]


def expand(written: Mapping[str, Any], key: str, shelf: Shelf, ground: Ground) -> dict[str, Any]:
    """The complete item of an implementation, as a mapping; key: name of its file.

    Raises DocumentInvalid for names that are nowhere.
    """
    basic = shelf.basic(written["basic"])
    merged = _merge(basic, written)
    authority = found(ground.authorities, "authority", merged["authority"])
    lines = _lists(merged.get("lists", {}), shelf)
    brought = _brought(merged["form"], lines["data_used"], ground.place.code, shelf)
    materials = _materials(basic, written, shelf)
    item = {
        **{name: value for name, value in merged.items() if name not in _OWN_KEYS},
        **_of_authority(authority, key, ground.place),
        "basic_code": basic["code"],
        "code": _code(authority, merged),
        "materials": materials,
        "form": expand_form(merged["form"], shelf.blocks, brought),
        "modes": [{"mode": mode, "process": mode} for mode in merged["modes"]],
        "steps": _steps(merged, shelf),
        "parameters": _parameters(basic, written),
        "lists": {
            name: [_brings(each, merged["form"], materials, brought) for each in lines[name]]
            for name in _LISTS
        },
    }
    item["handling_items"] = _handling_items(item)
    item["decisions"] = _decisions(item)
    finished: dict[str, Any] = _finish(item, "", ground.place, shelf.laws)
    return finished


def named_form(
    key: str, lines: Sequence[ListLine], shelf: Shelf, place: Place | None
) -> dict[str, Any]:
    """A basic entry's form, without what the lines of data used bring in the place.

    place: None for one that the package does not know, where nothing is brought.
    """
    form = shelf.basic(key)["form"]
    brought = _brought(form, list(lines), place.code, shelf) if place else frozenset[str]()
    expanded = expand_form(form, shelf.blocks, brought)
    finished: dict[str, Any] = _finish(expanded, "", place, shelf.laws) if place else expanded
    return finished


def _merge(basic: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(basic)
    for name, value in written.items():
        held = merged.get(name)
        if name in _ADDED and held:
            merged[name] = [*held, *value]
        elif isinstance(held, Mapping) and isinstance(value, Mapping):
            merged[name] = {**held, **value}
        else:
            merged[name] = value
    return merged


def _code(authority: Mapping[str, Any], merged: Mapping[str, Any]) -> str:
    """实施编码: owner, level and basic code; catalogue_code where the province has its own."""
    owner, level = authority["organisation"]["code"], authority["level"]
    return f"{owner}{level}{merged.get('catalogue_code', merged['code'])}"


def _of_authority(authority: Mapping[str, Any], key: str, place: Place) -> dict[str, Any]:
    """What every item of the authority says alike."""
    counter = authority["counters"][0]
    city = place.node.partition(".")[0]
    way = {
        "address": counter["address"],
        "phone": counter["phone"],
        "url": f"https://{city}.g60.demo/{key.replace('_', '-')}",
    }
    said = {"place": place.code, "competent": place.node, "direct_way": way}
    return {**authority, **said}


def _materials(
    basic: Mapping[str, Any], written: Mapping[str, Any], shelf: Shelf
) -> list[dict[str, Any]]:
    """The basic entry's materials, changed, left out and added to by their codes."""
    materials: dict[str, dict[str, Any]] = {}
    for line in [*basic["materials"], *written.get("materials", ())]:
        code = line if isinstance(line, str) else line["code"]
        said = {} if isinstance(line, str) else line
        if said.get("absent"):
            materials.pop(code, None)
            continue
        begun = materials.get(code) or shelf.materials.get(code, {})
        materials[code] = {**begun, **said, "code": code}
    return list(materials.values())


def _steps(merged: Mapping[str, Any], shelf: Shelf) -> Any:
    """A list of its own, or the name of one that many items share.

    A step that names no law rests on the one that sets the item up (设定依据).
    """
    written = merged["steps"]
    steps = found(shelf.steps, "steps", written) if isinstance(written, str) else written
    laws = merged["legal_basis"]
    rests_on = {"basis": laws[0]} if laws else {}
    return [{**rests_on, **step} for step in steps]


def _parameters(basic: Mapping[str, Any], written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The basic entry says what is counted, the implementation how much."""
    values = written.get("parameters", {})
    return [
        {**line, **(value if isinstance(value, Mapping) else {"value": str(value)})}
        for line in basic.get("parameters", ())
        if (value := values.get(line["code"])) is not None
    ]


def _handling_items(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """业务办理项编码 are the item's code and a number of two digits."""
    return [
        {**line, "code": f"{item['code']}{number:02}"}
        for number, line in enumerate(item.get("handling_items", ()), 1)
    ]


def _decisions(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Authors write values by field, one or several, and count situations from one."""
    return [
        {
            "when": [
                {"field": field, "values": [values] if isinstance(values, str) else values}
                for field, values in line.get("when", {}).items()
            ],
            "handling_item": f"{item['code']}{line['situation']:02}" if "situation" in line else "",
            "says": line.get("says"),
        }
        for line in item.get("decisions", ())
    ]


def _lists(written: Mapping[str, Any], shelf: Shelf) -> dict[str, list[ListLine]]:
    """The four lists with the lines that authors name, and what each brings."""
    return {name: [_line(each, shelf) for each in written.get(name, ())] for name in _LISTS}


def _line(written: str | Mapping[str, Any], shelf: Shelf) -> ListLine:
    if isinstance(written, str):
        return shelf.line(written, {})
    brings = {name: value for name, value in written.items() if name != "code"}
    return shelf.line(written["code"], brings)


def _brought(
    form: Mapping[str, Any], lines: list[ListLine], place: str, shelf: Shelf
) -> frozenset[str]:
    """Lines of data used that somebody provides here, so that the form need not ask."""
    wanted = {field["brought_by"] for field in form.get("fields", ()) if "brought_by" in field}
    return frozenset(
        line.code
        for line in lines
        if line.code in wanted and resolve_line(line, place, shelf.providers).provider is not None
    )


def _brings(
    line: ListLine,
    form: Mapping[str, Any],
    materials: list[dict[str, Any]],
    brought: frozenset[str],
) -> dict[str, Any]:
    """The line as a mapping, with the fields and materials that it saves people in this place."""
    asked = {material["code"] for material in materials}
    plain: dict[str, Any] = msgspec.to_builtins(line)
    return plain | {
        "materials": [code for code in line.materials if code in asked],
        "fields": [
            field["name"]
            for field in form.get("fields", ())
            if line.code in brought and field.get("brought_by") == line.code
        ],
    }


def _finish(value: Any, name: str, place: Place, laws: Mapping[str, str]) -> Any:
    """Citations become words, and {place} the place's short name; name: the key it stands under."""
    if isinstance(value, str):
        return _finish_text(value, name, place, laws)
    if isinstance(value, dict):
        return {key: _finish(held, key, place, laws) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finish(held, name, place, laws) for held in value]
    return value


def _finish_text(text: str, name: str, place: Place, laws: Mapping[str, str]) -> Any:
    if name in _CITED:
        return cite(text, laws)
    if _PLACE in text:
        return text.replace(_PLACE, place.short.en if name == "en" else place.short.zh)
    return text
