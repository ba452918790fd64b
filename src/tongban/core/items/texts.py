"""What no text of an item may hold: signs that nobody sees, and more than anybody reads."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tongban.core.items.item import Item
from tongban.core.items.problem import Problem, problem

#: GB/T 39046-2020, 事项名称: an..200.
NAME_MAX = 200
TEXT_MAX = 4_000
#: Control characters but the line break, and those that turn the order in which text is read.
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
#: Texts that stand in a line of a list wherever the item is named.
_NAMES = frozenset({"name", "aliases", "keywords"})


def find_bad_texts(item: Item) -> Iterator[Problem]:
    """Every text of the item but its form's, which the basic catalogue has."""
    plain: dict[str, Any] = msgspec.to_builtins(item)
    for field, value in plain.items():
        if field not in {"form", "decisions"}:
            yield from _look(field, value, is_name=field in _NAMES)


def _look(where: str, value: object, *, is_name: bool) -> Iterator[Problem]:
    if isinstance(value, str):
        yield from _look_at_text(where, value, is_name=is_name)
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from _look(f"{where}.{name}", held, is_name=is_name or name in _NAMES)
    elif isinstance(value, (list, tuple)):
        for index, held in enumerate(value):
            yield from _look(f"{where}[{index}]", held, is_name=is_name)


def _look_at_text(where: str, text: str, *, is_name: bool) -> Iterator[Problem]:
    most = NAME_MAX if is_name else TEXT_MAX
    unseen = _UNSEEN.search(text)
    if len(text) > most:
        yield problem(
            where,
            (f"超过{most}个字", f"it is longer than {most} characters"),
            ("写短一些", "write less"),
        )
    elif unseen:
        sign = f"U+{ord(unseen[0]):04X}"
        yield problem(
            where,
            (f"里面有看不见的字符{sign}", f"it holds {sign}, a character that nobody sees"),
            (f"删去第{unseen.start() + 1}个字符，或者重新输入", "type the text anew"),
        )
    elif is_name and "\n" in text:
        yield problem(
            where,
            ("名称里不能换行", "a name has no line break"),
            ("写在一行里", "write it on one line"),
        )
