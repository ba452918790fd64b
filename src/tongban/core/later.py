"""Fields that a document gained after people had already pinned documents without them.

Such a field is left out of the canonical bytes where it holds its default, so an old document
keeps its bytes and its digest (docs/decisions/0014-fields-that-came-later.md).
"""

from dataclasses import field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

_MARK = {"later": True}


def later(default: T) -> T:
    """Declare such a field with its default."""
    return field(default=default, metadata=_MARK)


def leave_out(value: Any) -> Any:
    """The value with dataclasses as mappings that lack later fields of default value."""
    kind: type = value.__class__
    layout = _layout(kind)
    if layout is not None:
        return {
            # Most of what an item holds is text; a call for each would double the time.
            name: held if held.__class__ is str else leave_out(held)
            for name, is_later, default in layout
            if (held := getattr(value, name)) != default or not is_later
        }
    if kind is tuple or kind is list:
        return [leave_out(part) for part in value]
    return value


@cache
def _layout(kind: type) -> tuple[tuple[str, bool, object], ...] | None:
    """Name, whether it came later, and default of every field; None for another type."""
    if not is_dataclass(kind):
        return None
    return tuple((each.name, "later" in each.metadata, each.default) for each in fields(kind))
