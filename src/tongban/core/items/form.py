"""The form of an application: its schema, and how its properties are shown."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tongban.core.words import Words


class Prefill(StrEnum):
    """What the applicant's own account already knows, so that nobody types it again."""

    PERSON_NAME = "person_name"
    RESIDENT_NUMBER = "resident_number"
    PHONE = "phone"
    ADDRESS = "address"
    ORGANISATION_NAME = "organisation_name"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One allowed value of a field, with the words that people choose from."""

    value: str
    label: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """How one property of the form's schema is asked for; fields stand in display order."""

    name: str
    label: Words
    hint: Words | None = None
    prefill: Prefill | None = None
    options: tuple[Option, ...] = ()
    personal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """JSON Schema 2020-12 of the body "application", and how its properties are shown.

    Two formats of our own: "resident-number" 公民身份号码 and "credit-code" 统一社会信用代码.
    """

    schema: dict[str, Any]
    fields: tuple[Field, ...]
