"""What a guest acknowledged of its record towards one partner, and to what it objects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.core.entry import Subject
from tongban.core.records.events import Objection, ObjectionGround, ObjectionWithdrawn
from tongban.core.records.events import RecordAcknowledged as Acknowledged

Act = Acknowledged | ObjectionWithdrawn


class Backing(StrEnum):
    """Whether a guest stands behind what its keeper signed for it."""

    ONE_SIDED = "one_sided"
    ACKNOWLEDGED = "acknowledged"
    OBJECTED = "objected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An act by the entry that carries it; about: None where an objection was withdrawn.

    until, objections: of an acknowledgement. withdrawn: the entry to which nobody objects now.
    """

    entry: str
    at: datetime
    about: Subject | None = None
    until: str = ""
    objections: tuple[Objection, ...] = ()
    withdrawn: str = ""


def line_of(event: Act, *, entry: str, at: datetime) -> Line:
    """An event as a line, with its entry and the instant that this states."""
    if isinstance(event, ObjectionWithdrawn):
        return Line(entry=entry, at=at, withdrawn=event.entry)
    return Line(
        entry=entry, at=at, about=event.about, until=event.until, objections=event.objections
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordState:
    """What took effect, and acts whose outcome their own writer does not know yet.

    guest: the node whose record it is. Both in the order of its log.
    """

    guest: str
    lines: tuple[Line, ...] = ()
    pending: tuple[Line, ...] = ()

    def acknowledged_until(self, about: Subject) -> str:
        """Up to which entry about a subject the guest has spoken, "" where it has not."""
        return max((line.until for line in self.lines if line.about == about), default="")

    def objections(self) -> dict[str, ObjectionGround]:
        """To what the guest objects now, and why."""
        gone = {line.withdrawn for line in self.lines}
        return {
            each.entry: each.ground
            for line in self.lines
            for each in line.objections
            if each.entry not in gone
        }

    def backing(self, about: Subject, entry: str) -> Backing:
        """Whether the guest stands behind an entry about a subject that its keeper signed."""
        if entry in self.objections():
            return Backing.OBJECTED
        spoken = entry <= self.acknowledged_until(about)
        return Backing.ACKNOWLEDGED if spoken else Backing.ONE_SIDED
