"""What is wrong with an answer, in words that say how to mend it.

A new keyword of JSON Schema is a line in the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext

from tongban.core.items.codes import is_credit_code, is_resident_number
from tongban.core.items.form import Form
from tongban.pages.words import said

_FORMATS: dict[str, Callable[[str], bool]] = {
    "resident-number": is_resident_number,
    "credit-code": is_credit_code,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Complaint:
    """One keyword that one answer breaks; limit: the keyword's value in the schema.

    For "type" the limit is a list of the types that would do.
    """

    label: str
    hint: str
    keyword: str
    limit: Any


def complaints(form: Form, values: Mapping[str, Any]) -> dict[str, str]:
    """The first complaint about each answer, by the name of its field; empty when all is well."""
    found: dict[str, str] = {}
    labels = {field.name: field for field in form.fields}
    for error in _validator(form).iter_errors(dict(values)):
        name = _field_of(error)
        if name in labels and name not in found:
            field = labels[name]
            found[name] = _words(
                _Complaint(
                    label=said(field.label),
                    hint=said(field.hint) if field.hint else "",
                    keyword=error.kind.name,
                    limit=error.kind.value,
                )
            )
    return found


def _validator(form: Form) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(form.schema, formats=_FORMATS, validate_formats=True)


def _field_of(error: jsonschema_rs.ValidationError) -> str:
    if error.instance_path:
        return str(error.instance_path[0])
    return str(getattr(error.kind, "property", ""))


def _words(complaint: _Complaint) -> str:
    say = _KEYWORD_WORDS.get(complaint.keyword, _not_right)
    return say(complaint)


def _wrong_type(complaint: _Complaint) -> str:
    say = next((_TYPE_WORDS[name] for name in complaint.limit if name in _TYPE_WORDS), _not_right)
    return say(complaint)


def _wrong_format(complaint: _Complaint) -> str:
    return _FORMAT_WORDS.get(complaint.limit, _not_right)(complaint)


def _not_right(complaint: _Complaint) -> str:
    plain = gettext("%(label)s填得不对，请再看一遍。") % {"label": complaint.label}
    return f"{plain}{complaint.hint}"


def _saying(words: Callable[[], str]) -> Callable[[_Complaint], str]:
    return lambda complaint: words() % {"label": complaint.label, "limit": complaint.limit}


_KEYWORD_WORDS: dict[str, Callable[[_Complaint], str]] = {
    "required": _saying(lambda: gettext("请回答：%(label)s。")),
    "enum": _saying(lambda: gettext("%(label)s：请从列出的里面选一个。")),
    "minLength": _saying(lambda: gettext("%(label)s至少写 %(limit)s 个字。")),
    "maxLength": _saying(lambda: gettext("%(label)s最多写 %(limit)s 个字。")),
    "minimum": _saying(lambda: gettext("%(label)s不能小于 %(limit)s。")),
    "maximum": _saying(lambda: gettext("%(label)s不能大于 %(limit)s。")),
    "exclusiveMinimum": _saying(lambda: gettext("%(label)s要大于 %(limit)s。")),
    "exclusiveMaximum": _saying(lambda: gettext("%(label)s要小于 %(limit)s。")),
    "type": _wrong_type,
    "format": _wrong_format,
}

_TYPE_WORDS: dict[str, Callable[[_Complaint], str]] = {
    "integer": _saying(lambda: gettext("%(label)s要填整数，例如 30。")),
    "number": _saying(lambda: gettext("%(label)s要填数字，例如 30 或者 30.5。")),
    "boolean": _saying(lambda: gettext("%(label)s：请选“是”或者“否”。")),
}

_FORMAT_WORDS: dict[str, Callable[[_Complaint], str]] = {
    "resident-number": _saying(
        lambda: gettext("公民身份号码不对：应是 18 位，最后一位可以是 X，请对照身份证再看一遍。")
    ),
    "credit-code": _saying(
        lambda: gettext("统一社会信用代码不对：应是 18 位，请对照营业执照再看一遍。")
    ),
    "date": _saying(lambda: gettext("%(label)s要写成年-月-日，例如 2026-11-27。")),
}
