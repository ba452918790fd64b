"""What the components of a page are given; templates/pages/parts/ says how each looks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    """What a sentence or tag feels like; vermilion (bad) only for overdue and refused."""

    PLAIN = "plain"
    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"
    HERE = "here"


class LightShape(StrEnum):
    """A light is told apart by shape and word as well as by colour."""

    ON_TIME = "on_time"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class SentenceView:
    """The one sentence on top of a case; more: what it means for the reader, "" when nothing.

    mood: "yours", "overdue", "done", "refused" or "".
    """

    text: str
    mood: str = ""
    more: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BasisChip:
    """On what an act rests; words: the clause or right in words; proof: address of the evidence."""

    label: str
    words: tuple[str, ...] = ()
    proof: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LegEvent:
    """One thing that happened during a leg; detail: as the authority wrote it, note: our words."""

    at: datetime
    words: str
    detail: str = ""
    note: str = ""
    chip: BasisChip | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Leg:
    """A stretch of the way during which one party owed the next act.

    state: "done", "running", "late" or "ahead". span: how long, in words.
    """

    name: str
    party: str
    state: str
    span: str = ""
    light: LightShape | None = None
    events: tuple[LegEvent, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialView:
    """One line of a material list: name, the Chinese name beside it, what is asked, how it is."""

    name: str
    chinese: str = ""
    tag: str = ""
    tone: Tone = Tone.PLAIN
    notes: tuple[str, ...] = ()
    href: str = ""
    href_words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """What the person can do instead; href: "" where it is said in words alone."""

    words: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalView:
    """What happened, why, and the doors that stay open, best first."""

    title: str
    why: str
    doors: tuple[Door, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldError:
    """An error bound to a field; anchor: id of the control that it is about."""

    anchor: str
    words: str
