"""What an examination finds, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass, field

#: Called with the name of the check, what it has done and what it has to do.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """One place that is not as it must be.

    kind: a code for programs. place: where, in words and numbers. text: what is wrong there.
    remedy: what the operator does.
    """

    kind: str
    place: str
    text: str
    remedy: str


@dataclass(slots=True)
class Counts:
    """How much was examined; what is not there had never come, or was erased by its holder."""

    logs: int = 0
    entries: int = 0
    statements: int = 0
    signatures: int = 0
    cosignatures: int = 0
    bodies: int = 0
    bodies_absent: int = 0
    pieces: int = 0
    anchors: int = 0
    documents: int = 0
    states: int = 0


@dataclass(slots=True)
class Examined:
    """The result of an examination; skipped: what could not be looked at, and why."""

    damages: list[Damage] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    skipped: list[str] = field(default_factory=list)
