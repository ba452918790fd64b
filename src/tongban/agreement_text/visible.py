"""Texts in which every character can be seen: partners on older software may send any."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

#: What begins a new line, and what sets a word apart in one.
_LAYOUT = frozenset("\n\t")


def visible(value: T) -> T:
    """The same with every control, format and unassigned character written as its code point.

    Typesetters and Word stop at some of them, and others turn the words around them about.
    """
    shown: T = _shown(value)
    return shown


def _shown(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return value if value.isprintable() else _spelled(value)
    if isinstance(value, tuple):
        return tuple(map(_shown, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _shown(getattr(value, each.name)) for each in fields(value)}
        )
    return value


def _spelled(text: str) -> str:
    return "".join(map(_character, text))


def _character(character: str) -> str:
    hidden = unicodedata.category(character).startswith("C") and character not in _LAYOUT
    return f"[U+{ord(character):04X}]" if hidden else character
