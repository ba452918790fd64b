"""spec/items.md lists every field of an item, and says rightly which came later."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from tongban.core.items.item import Item
from tongban.core.words import Words

PAGE = Path(__file__).resolve().parents[2] / "spec" / "items.md"


def parts(kind: Any) -> Iterator[type]:
    """The dataclasses of which an item is made, itself included."""
    if is_dataclass(kind) and isinstance(kind, type) and kind is not Words:
        yield kind
        for hint in get_type_hints(kind).values():
            yield from parts(hint)
    for argument in get_args(kind):
        yield from parts(argument)


def listed() -> dict[str, list[tuple[str, str]]]:
    """By heading, each row's field and mark."""
    _, *sections = re.split(r"^### (\w+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = re.compile(r"^\| `(\w+)` \| (\w*) ?\|", re.MULTILINE)
    return {
        name: rows.findall(text) for name, text in zip(sections[::2], sections[1::2], strict=True)
    }


def test_every_part_of_an_item_is_listed_with_its_fields_in_order() -> None:
    declared: dict[str, list[tuple[str, str]]] = {}
    for part in parts(Item):
        described: Any = part
        declared[part.__name__] = [
            (each.name, "later" if "later" in each.metadata else "") for each in fields(described)
        ]
    assert listed() == declared
