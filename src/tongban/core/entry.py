"""What crosses between nodes, as values: entries, who acted, on which basis, about what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActorKind(StrEnum):
    """Who acted, as far as a partner may know it."""

    OFFICER = "officer"
    APPLICANT = "applicant"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """An organisation, a role and a number that means nothing outside the organisation.

    organisation: 统一社会信用代码 (18 characters) or None for an applicant.
    number: pseudonymous, never an identity number in any form.
    """

    kind: ActorKind
    organisation: str | None = None
    role: str | None = None
    number: str | None = None


class SubjectKind(StrEnum):
    """The noun that an entry is about; each has its own room under core/."""

    CASE = "case"
    AGREEMENT = "agreement"
    CATALOGUE = "catalogue"
    NEGOTIATION = "negotiation"
    INQUIRY = "inquiry"
    RECORD = "record"
    BLOB = "blob"
    CHANNEL = "channel"
    NODE = "node"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One case, agreement, catalogue, negotiation, inquiry, record, file … by its identifier."""

    kind: SubjectKind
    id: str


class BasisKind(StrEnum):
    """The three things on which an act may rest (ARCHITECTURE.md, idea 2)."""

    CLAUSE = "clause"
    INSTRUMENT = "instrument"
    OWN_RIGHT = "own_right"


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """Why the actor may do this: a clause in force, a legal instrument, or the applicant's right.

    document: digest of the agreement or instrument, None for the applicant's own right.
    clause: its clause number, such as "2.4".
    """

    kind: BasisKind
    document: str | None = None
    clause: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Blob:
    """A file that travels in pieces, of which the content beside the entry is but the list.

    root: 64 hexadecimal digits over the names of its pieces. size: bytes of the file.
    """

    root: str
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Commitment:
    """What an entry says of a body that travels beside it: H(salt ‖ content), never the content.

    digest: 64 hexadecimal digits. size: bytes of the content. media: its media type, and where the
    content lists the pieces of a file (blob), that of the file. blob came later (decision 0014).
    """

    name: str
    digest: str
    size: int
    media: str
    blob: Blob | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """How much of the opposite log the writer had applied: generation number and size in it."""

    generation: int
    size: int


class Event:
    """What happened, in the past tense; each kind is a frozen dataclass in its noun's events.py."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a log: an event with who, when, on which basis, and what travels beside it.

    id: strictly increasing along the log, 26 characters of Crockford base 32.
    at: the writer's instant with its offset; a claim, to milliseconds.
    seen: None only where there is no opposite log (the home log).
    """

    id: str
    at: datetime
    actor: Actor
    subject: Subject
    event: Event
    basis: Basis | None = None
    commitments: tuple[Commitment, ...] = ()
    seen: Seen | None = None
