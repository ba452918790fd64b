"""What an item says beside its rules: answers, figures of its place, and where it all is from."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """常见问题 with its answer."""

    question: Words
    answer: Words


class Unit(StrEnum):
    """In what a parameter is counted."""

    PERCENT = "percent"
    YUAN = "yuan"
    MONTHS = "months"
    DAYS = "days"
    TIMES = "times"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A figure in which places differ although their materials are equal (提取比例, 报销比例).

    code: the same in every place, so that places can be compared. value: a decimal number.
    """

    code: str
    name: Words
    value: str
    unit: Unit
    note: Words | None = None


class Aspect(StrEnum):
    """Which part of an item a statement of origin is about."""

    NAME = "name"
    RULES = "rules"
    LOCAL_VALUES = "local_values"


class Origin(StrEnum):
    """How far one may rely on a part: read in a source, remembered, or made up."""

    SOURCED = "sourced"
    MEMORY = "memory"
    ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """Where a part of the item is from; source is empty only where nothing was read."""

    about: Aspect
    origin: Origin
    source: str = ""
