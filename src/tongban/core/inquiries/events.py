"""What happened in an inquiry between two nodes (spec/inquiries.md).

Nothing that a person wrote stands in an event: words and attachments are bodies beside it.
"""

from dataclasses import dataclass

from tongban.core.entry import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAsked(Event):
    """A party asks the other what holds; the words are the body `question`.

    item: implementation code, "" where it is about an agreement as a whole. case, agreement: what
    it is about besides, "" for none. reports: the
    power that a party lacks (代为受理 …) where this tells of a missing power, or "".
    """

    item: str
    case: str = ""
    agreement: str = ""
    reports: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageSent(Event):
    """A party said something more; the words are the body `message`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionAnswered(Event):
    """Who was asked answers for all such cases (口径); the words are the body `answer`.

    from_day: first day on which it holds, in China time. topic: a code that marks answers alike, or
    "". replaces: entry of an answer in this inquiry that it takes the place of, or "".
    """

    from_day: str
    topic: str = ""
    replaces: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOffDecided(Event):
    """An officer of who was asked decides this one case (一事一议); its words: body `answer`.

    authority: number of the written authorisation under which the officer may.
    """

    authority: str
    topic: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerWithdrawn(Event):
    """An answer counts no more for what comes; answer: its entry. ground: a code."""

    answer: str
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryRead(Event):
    """An officer has read what the other side wrote; until: entry of the last line read."""

    until: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionWithdrawn(Event):
    """Who asked needs no answer any more; what was answered stays."""
