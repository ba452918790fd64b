"""A Refusal: the law or the agreement says no, and says what can be done instead."""

from dataclasses import dataclass
from enum import StrEnum


class Remedy(StrEnum):
    """Doors that a refusal leaves open; their words stand in core/grounds.py."""

    DIRECT_APPLICATION = "direct_application"
    AMEND_AGREEMENT = "amend_agreement"
    COMPLETE_MATERIALS = "complete_materials"
    WAIT_FOR_HOLDER = "wait_for_holder"
    ASK_PARTNER = "ask_partner"
    MEND_AND_RETRY = "mend_and_retry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A value, never an exception: the act did not happen and left no effect.

    ground: a code of the noun's refusals.py; it also travels in outcomes.
    remedies: what the person can do instead, best first.
    detail: which clause, material or field the ground is about; never personal data.
    """

    ground: str
    remedies: tuple[Remedy, ...]
    detail: str = ""
