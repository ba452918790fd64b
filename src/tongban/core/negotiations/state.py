"""Where a negotiation stands between two nodes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationCountered,
    NegotiationProposed,
    NegotiationRejected,
    NegotiationWithdrawn,
)

Act = (
    NegotiationProposed
    | NegotiationCountered
    | NegotiationCommented
    | NegotiationAccepted
    | NegotiationRejected
    | NegotiationWithdrawn
)


class MoveKind(StrEnum):
    """What a party does in a negotiation."""

    PROPOSE = "propose"
    COUNTER = "counter"
    COMMENT = "comment"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class NegotiationStanding(StrEnum):
    """What has become of a negotiation; it lapses without any entry."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """A document that was laid on the table; by: node name. at: its writer's instant."""

    document: str
    by: str
    answer_by: str
    at: datetime
    entry: str

    def ended(self, day: date) -> bool:
        """Whether the last day for an answer is past."""
        return day > date.fromisoformat(self.answer_by)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """Something that was said on a clause; the words are the body of that entry."""

    version: int
    clause: str
    by: str
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """How it ended, by whom; ground: "" unless it was rejected."""

    standing: NegotiationStanding
    by: str
    ground: str
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """An act with whose it is, when and by which entry; of the fields of its event, those it has.

    A state is kept as bytes, which cannot tell one event from another, so the kind stands here.
    """

    entry: str
    by: str
    at: datetime
    kind: MoveKind
    version: int = 0
    document: str = ""
    answer_by: str = ""
    clause: str = ""
    ground: str = ""

    @property
    def event(self) -> Act:
        """What the entry says."""
        kind = _EVENTS[self.kind]
        event: Act = kind(**{field.name: getattr(self, field.name) for field in fields(kind)})
        return event


def move_of(event: Act, *, entry: str, by: str, at: datetime) -> Move:
    """An event as a move; its entry, the node that wrote it, and the instant it states."""
    said = {field.name: getattr(event, field.name) for field in fields(event)}
    return Move(entry=entry, by=by, at=at, kind=_KINDS[type(event)], **said)


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationState:
    """What took effect, and moves whose outcome their own writer does not know yet.

    parties: proposer and the other. versions: empty before the proposal took effect. comments: by
    entry, so that the order in which letters arrive leaves no trace.
    """

    id: str
    parties: tuple[str, str]
    versions: tuple[Version, ...] = ()
    comments: tuple[Comment, ...] = ()
    closing: Closing | None = None
    pending: tuple[Move, ...] = ()

    @property
    def on_table(self) -> Version | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None

    @property
    def holder(self) -> str:
        """Whose turn it is: the other of whom laid the last version; "" before there is one."""
        one, other = self.parties
        return (other if self.versions[-1].by == one else one) if self.versions else ""

    def lapsed(self, day: date) -> bool:
        """Whether the day for an answer is past and nobody gave one."""
        table = self.on_table
        return not self.closing and table is not None and table.ended(day)

    def standing(self, day: date) -> NegotiationStanding:
        """What has become of it by this day in China."""
        if self.closing:
            return self.closing.standing
        return NegotiationStanding.LAPSED if self.lapsed(day) else NegotiationStanding.OPEN

    @property
    def accepted(self) -> str:
        """Digest of the document that was agreed; "" where none was."""
        done = self.closing and self.closing.standing is NegotiationStanding.ACCEPTED
        return self.versions[-1].document if done else ""


def accepted_by(states: Iterable[NegotiationState], document: str) -> frozenset[str] | None:
    """Who accepted a document that lay on a table; None where it never lay on any.

    Empty where it did and nobody accepted it: a stale version, which nobody may sign.
    """
    tables = [
        state for state in states if document in {version.document for version in state.versions}
    ]
    if not tables:
        return None
    return frozenset(
        state.closing.by for state in tables if state.closing and state.accepted == document
    )


def documents_of(state: NegotiationState | None, asked: object) -> tuple[str, ...]:
    """Digests of the documents that an act is judged by; asked: its event or its command."""
    known = tuple(version.document for version in state.versions) if state else ()
    new = getattr(asked, "document", "")
    return (*known, new) if new else known


_EVENTS: Mapping[MoveKind, type[Act]] = {
    MoveKind.PROPOSE: NegotiationProposed,
    MoveKind.COUNTER: NegotiationCountered,
    MoveKind.COMMENT: NegotiationCommented,
    MoveKind.ACCEPT: NegotiationAccepted,
    MoveKind.REJECT: NegotiationRejected,
    MoveKind.WITHDRAW: NegotiationWithdrawn,
}
_KINDS: Mapping[type[Act], MoveKind] = {event: kind for kind, event in _EVENTS.items()}
