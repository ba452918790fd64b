"""What a guest says of its one-sided record once it signs for itself (spec/records.md)."""

from dataclasses import dataclass
from enum import StrEnum

from tongban.core.entry import Event, Subject


class ObjectionGround(StrEnum):
    """Why a guest does not stand behind what was recorded for it (异议理由)."""

    NOT_DONE = "not_done"
    OTHERWISE_DONE = "otherwise_done"
    OTHER_DAY = "other_day"
    PAPER_NOT_OURS = "paper_not_ours"
    PAPER_MISSING = "paper_missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """entry: of the guest's log, signed by its keeper; what it says is not what the guest did."""

    entry: str
    ground: ObjectionGround


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordAcknowledged(Event):
    """The guest stands behind its entries about a subject up to `until`, but for the objections.

    until: an entry's id. objections: by entry, none at or before the `until` of an earlier one.
    """

    about: Subject
    until: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionWithdrawn(Event):
    """The guest stands behind an entry to which it had objected."""

    entry: str
