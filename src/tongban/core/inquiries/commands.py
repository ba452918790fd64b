"""What officials may ask for in an inquiry; `decide` answers with events or a Refusal."""

from dataclasses import dataclass

from tongban.core.body import Body
from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryCommand:
    """Every command names the inquiry and who asks; bodies: words, and attachments if any."""

    inquiry: str
    actor: Actor
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class AskQuestion(InquiryCommand):
    """Ask the partner; `inquiry` is a name that nobody used yet, `question` the words."""

    item: str
    case: str = ""
    agreement: str = ""
    reports: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SendMessage(InquiryCommand):
    """Say something more; `message` carries the words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerQuestion(InquiryCommand):
    """Answer for all such cases; `answer` carries the words."""

    from_day: str
    topic: str = ""
    replaces: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideOneOff(InquiryCommand):
    """Decide the one case that was asked about; `answer` carries the words."""

    authority: str
    topic: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawAnswer(InquiryCommand):
    """Let an answer count no more."""

    answer: str
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadInquiry(InquiryCommand):
    """Let the other side know that what it wrote was read."""

    until: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawQuestion(InquiryCommand):
    """Need no answer any more."""
