"""Forms from the short notation of authors to JSON Schema and fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_NOT_SHOWN = ("ask", "may_be_empty", "brought_by")


def expand_form(
    written: Mapping[str, Any],
    blocks: Mapping[str, Sequence[Mapping[str, Any]]],
    brought: Iterable[str],
) -> dict[str, Any]:
    """The form: its block of fields about who applies, then its own; what is brought is left out.

    Each field has `ask`, a piece of JSON Schema, or else options; may_be_empty where nothing need
    be written; brought_by names the line of the list of data used that brings it where it can.
    """
    taken = frozenset(brought)
    fields = [*blocks[written["who"]], *written.get("fields", ())]
    asked = [field for field in fields if field.get("brought_by") not in taken]
    return {"schema": _schema(asked), "fields": [_shown(field) for field in asked]}


def _schema(fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "required": [each["name"] for each in fields if not each.get("may_be_empty")],
        "properties": {each["name"]: _property(each) for each in fields},
    }


def _property(field: Mapping[str, Any]) -> dict[str, Any]:
    if "ask" in field:
        return dict(field["ask"])
    return {"type": "string", "enum": [option["value"] for option in field["options"]]}


def _shown(field: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in field.items() if name not in _NOT_SHOWN}
