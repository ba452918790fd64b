"""Reading documents that people wrote (YAML, JSON) into typed values, naming the bad field."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from tongban.core.faults import DocumentInvalid

T = TypeVar("T")

_AT = re.compile(r"^(?P<reason>.*?)(?: - at `(?:key in )?\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)


def parse_document(mapping: Mapping[str, Any], kind: type[T]) -> T:
    """A document of this kind; raises DocumentInvalid for missing, wrong and unknown fields."""
    try:
        value = msgspec.convert(mapping, kind)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        raise DocumentInvalid((found and found["field"]) or "", _reason(found, error)) from error
    refuse_unknown(mapping, msgspec.to_builtins(value), "")
    return value


def refuse_unknown(given: Any, known: Any, path: str) -> None:
    """Raise DocumentInvalid for a field of `given` that `known` did not keep."""
    if isinstance(given, Mapping):
        for key, value in given.items():
            where = f"{path}.{key}" if path else str(key)
            if key not in known:
                raise DocumentInvalid(where, "there is no such field")
            refuse_unknown(value, known[key], where)
    elif isinstance(given, (list, tuple)):
        for index, value in enumerate(given):
            refuse_unknown(value, known[index], f"{path}[{index}]")


def _reason(found: re.Match[str] | None, error: Exception) -> str:
    return found["reason"] if found else str(error)
