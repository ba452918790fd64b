"""Which control asks for a property, and how what was typed becomes a value of the schema.

A new kind of control is a line in each table here and a template in templates/pages/controls/.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from tongban.core.items.form import Field

_FEW_OPTIONS = 6
_LONG_TEXT = 200


class Control(StrEnum):
    """The value is the name of the template."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATE = "date"
    RADIOS = "radios"
    SELECT = "select"
    YES_NO = "yes_no"


def control_for(field: Field, schema: Mapping[str, Any]) -> Control:
    """The control for one property, told by its schema and the number of its options."""
    return next(control for control, fits in _CHOICE if fits(field, schema))


def value_from(text: str, schema: Mapping[str, Any]) -> Any:
    """What the schema means by the text that was typed; text that does not fit stays text.

    None when nothing was typed.
    """
    tidy = _tidy(text, schema)
    return _READERS.get(str(schema.get("type")), str)(tidy) if tidy else None


def text_of(value: Any) -> str:
    """A value as it is typed into its control."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _tidy(text: str, schema: Mapping[str, Any]) -> str:
    """Codes and numbers lose full-width forms; names and addresses keep their own punctuation."""
    is_free_text = schema.get("type") == "string" and not _CODED & schema.keys()
    tidy = text.strip() if is_free_text else unicodedata.normalize("NFKC", text).strip()
    return tidy.upper() if schema.get("format") in _UPPER else tidy


# What people write; Python reads more than that as a number, such as 1_000, nan and 1e400.
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,9})?")
_CODED = frozenset({"format", "pattern", "enum"})
_UPPER = frozenset({"resident-number", "credit-code"})


def _whole(text: str) -> Any:
    return int(text) if _WHOLE.fullmatch(text) else text


def _number(text: str) -> Any:
    return float(text) if _DECIMAL.fullmatch(text) else text


def _truth(text: str) -> Any:
    return {"yes": True, "no": False}.get(text, text)


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": _whole,
    "number": _number,
    "boolean": _truth,
}

_CHOICE: tuple[tuple[Control, Callable[[Field, Mapping[str, Any]], bool]], ...] = (
    (Control.YES_NO, lambda _field, schema: schema.get("type") == "boolean"),
    (Control.RADIOS, lambda field, _schema: 0 < len(field.options) <= _FEW_OPTIONS),
    (Control.SELECT, lambda field, _schema: bool(field.options)),
    (Control.DATE, lambda _field, schema: schema.get("format") == "date"),
    (Control.NUMBER, lambda _field, schema: schema.get("type") in {"integer", "number"}),
    (Control.TEXTAREA, lambda _field, schema: schema.get("maxLength", 0) > _LONG_TEXT),
    (Control.TEXT, lambda _field, _schema: True),
)
