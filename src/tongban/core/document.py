"""Reading documents that people wrote (YAML, JSON) into typed values, naming the bad field."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from tongban.core.faults import DocumentInvalid
from tongban.core.kinds import converted

T = TypeVar("T")


def parse_document(mapping: Mapping[str, Any], kind: type[T]) -> T:
    """A document of this kind; raises DocumentInvalid for missing, wrong and unknown fields."""
    try:
        value = converted(mapping, kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `")
        raise DocumentInvalid(_field(where), reason) from error
    refuse_unknown(dict(mapping), msgspec.to_builtins(value), "")
    return value


def refuse_unknown(given: Any, known: Any, path: str) -> None:
    """Raise DocumentInvalid for a field of `given` that `known` did not keep.

    Both as YAML and JSON are read: asking for dict is ten times faster than for any Mapping, and
    a catalogue has some hundred thousand fields.
    """
    if isinstance(given, dict):
        for key, value in given.items():
            where = f"{path}.{key}" if path else str(key)
            if key not in known:
                raise DocumentInvalid(where, "there is no such field")
            refuse_unknown(value, known[key], where)
    elif isinstance(given, (list, tuple)):
        for index, value in enumerate(given):
            refuse_unknown(value, known[index], f"{path}[{index}]")


def _field(where: str) -> str:
    """The decoder writes `$.materials[2].code`, and `key in $.a` for the key of a mapping."""
    return where.removesuffix("`").removeprefix("key in ").removeprefix("$").removeprefix(".")
