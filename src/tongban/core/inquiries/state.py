"""Where an inquiry stands between two nodes: its lines, and what follows from them.

Only who was asked answers and only who asked withdraws the question, each in the order of its own
log; so no act of one side can take the place of one of the other, and nothing crosses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from tongban.core.inquiries.events import (
    AnswerWithdrawn,
    InquiryRead,
    MessageSent,
    OneOffDecided,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
)

Act = (
    QuestionAsked
    | MessageSent
    | QuestionAnswered
    | OneOffDecided
    | AnswerWithdrawn
    | InquiryRead
    | QuestionWithdrawn
)


class LineKind(StrEnum):
    """What a party does in an inquiry."""

    ASK = "ask"
    MESSAGE = "message"
    ANSWER = "answer"
    DECIDE_ONE_OFF = "decide_one_off"
    WITHDRAW_ANSWER = "withdraw_answer"
    READ = "read"
    WITHDRAW = "withdraw"


class InquiryStanding(StrEnum):
    """What has become of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


#: Lines in which somebody said something, so that there is something to read.
SPOKEN = frozenset({LineKind.ASK, LineKind.MESSAGE, LineKind.ANSWER, LineKind.DECIDE_ONE_OFF})
_ANSWERS = frozenset({LineKind.ANSWER, LineKind.DECIDE_ONE_OFF})


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An act with whose it is, when and by which entry; of the fields of its event, those it has.

    A state is kept as bytes, which cannot tell one event from another, so the kind stands here.
    """

    entry: str
    by: str
    at: datetime
    kind: LineKind
    item: str = ""
    case: str = ""
    agreement: str = ""
    reports: str = ""
    from_day: str = ""
    topic: str = ""
    replaces: str = ""
    authority: str = ""
    answer: str = ""
    ground: str = ""
    until: str = ""


def line_of(event: Act, *, entry: str, by: str, at: datetime) -> Line:
    """An event as a line; its entry, the node that wrote it, and the instant it states."""
    said = {field.name: getattr(event, field.name) for field in fields(event)}
    return Line(entry=entry, by=by, at=at, kind=_KINDS[type(event)], **said)


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryState:
    """What took effect, and acts whose outcome their own writer does not know yet.

    asker, answerer: node names. lines: by entry, so that the order in which letters arrive leaves
    no trace. pending: in the order in which they were written.
    """

    id: str
    asker: str
    answerer: str
    lines: tuple[Line, ...] = ()
    pending: tuple[Line, ...] = ()

    @property
    def question(self) -> Line | None:
        """What was asked; None before that took effect."""
        return next((line for line in self.lines if line.kind is LineKind.ASK), None)

    def answers(self) -> tuple[Line, ...]:
        """Answers and one-off decisions that were neither withdrawn nor replaced."""
        gone = {line.answer or line.replaces for line in self.lines}
        return tuple(
            line for line in self.lines if line.kind in _ANSWERS and line.entry not in gone
        )

    def holding(self, day: date) -> tuple[Line, ...]:
        """General answers that hold on this day (口径)."""
        return tuple(
            line
            for line in self.answers()
            if line.kind is LineKind.ANSWER and day >= date.fromisoformat(line.from_day)
        )

    @property
    def standing(self) -> InquiryStanding:
        """Whether somebody waits for an answer."""
        if self.answers():
            return InquiryStanding.ANSWERED
        withdrawn = any(line.kind is LineKind.WITHDRAW for line in self.lines)
        return InquiryStanding.WITHDRAWN if withdrawn else InquiryStanding.OPEN

    def read_until(self, reader: str) -> str:
        """Up to which entry of the other side a party has read, "" for none."""
        reads = [line.until for line in self.lines if (line.kind, line.by) == _read(reader)]
        return max(reads, default="")

    def unread(self, reader: str) -> tuple[Line, ...]:
        """What the other side said and a party has not read yet."""
        until = self.read_until(reader)
        return tuple(
            line
            for line in self.lines
            if line.kind in SPOKEN and line.by != reader and line.entry > until
        )


def _read(reader: str) -> tuple[LineKind, str]:
    return LineKind.READ, reader


_KINDS: Mapping[type[Act], LineKind] = {
    QuestionAsked: LineKind.ASK,
    MessageSent: LineKind.MESSAGE,
    QuestionAnswered: LineKind.ANSWER,
    OneOffDecided: LineKind.DECIDE_ONE_OFF,
    AnswerWithdrawn: LineKind.WITHDRAW_ANSWER,
    InquiryRead: LineKind.READ,
    QuestionWithdrawn: LineKind.WITHDRAW,
}
