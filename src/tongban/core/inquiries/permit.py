"""What both sides ask of every act in an inquiry, so that they answer alike."""

import re
from collections.abc import Callable, Mapping

from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.refusals import refuse as refuse_field
from tongban.core.entry import Event
from tongban.core.inquiries.events import (
    AnswerWithdrawn,
    InquiryRead,
    MessageSent,
    OneOffDecided,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
)
from tongban.core.inquiries.refusals import InquiryGround, refuse
from tongban.core.inquiries.state import SPOKEN, Act, InquiryState, LineKind
from tongban.core.one_sided import PAPER
from tongban.core.plain_codes import unfit_field
from tongban.core.refusal import Refusal

#: Names of the bodies that carry words, by what was done.
WORDS: Mapping[type[Event], str] = {
    QuestionAsked: "question",
    MessageSent: "message",
    QuestionAnswered: "answer",
    OneOffDecided: "answer",
}
#: A file's own name may be a person's, so attachments are numbered.
_ATTACHMENT = re.compile(r"attachment:[1-9]")


def permit(
    state: InquiryState, event: Event, *, writer: str, bodies: frozenset[str]
) -> Refusal | None:
    """Why this act is refused in this state, or None where it is not; bodies: their names."""
    if not isinstance(event, Act):
        return refuse(InquiryGround.UNKNOWN_INQUIRY_ACT, type(event).__name__)
    unfit = unfit_field(event)
    if unfit:
        return refuse_field(CaseGround.FIELD_UNFIT, unfit)
    ground = _misplaced(state, event, writer) or _wordless(event, bodies)
    return refuse(ground, state.id) if ground else None


def _misplaced(state: InquiryState, event: Act, writer: str) -> InquiryGround | None:
    if isinstance(event, QuestionAsked):
        return InquiryGround.ALREADY_ASKED if state.question else None
    if state.question is None:
        return InquiryGround.UNKNOWN_INQUIRY
    check = _CHECKS.get(type(event))
    return check(state, event, writer) if check else None


def _wordless(event: Act, bodies: frozenset[str]) -> InquiryGround | None:
    words = WORDS.get(type(event), "")
    if words and words not in bodies:
        return InquiryGround.WORDS_MISSING
    others = bodies - {words, PAPER}
    fits = words and all(_ATTACHMENT.fullmatch(name) for name in others)
    return InquiryGround.UNKNOWN_ATTACHMENT if others and not fits else None


def _answered(state: InquiryState, event: QuestionAnswered, writer: str) -> InquiryGround | None:
    if writer != state.answerer:
        return InquiryGround.NOT_ASKED_OF_YOU
    return _standing(state, event.replaces) if event.replaces else None


def _one_off_decided(
    state: InquiryState, _event: OneOffDecided, writer: str
) -> InquiryGround | None:
    if writer != state.answerer:
        return InquiryGround.NOT_ASKED_OF_YOU
    about = state.question.case if state.question else ""
    return None if about else InquiryGround.NO_ONE_CASE


def _answer_withdrawn(
    state: InquiryState, event: AnswerWithdrawn, writer: str
) -> InquiryGround | None:
    if writer != state.answerer:
        return InquiryGround.NOT_ASKED_OF_YOU
    return _standing(state, event.answer)


def _standing(state: InquiryState, entry: str) -> InquiryGround | None:
    known = any(line.entry == entry for line in state.answers())
    return None if known else InquiryGround.UNKNOWN_ANSWER


def _read(state: InquiryState, event: InquiryRead, writer: str) -> InquiryGround | None:
    known = any(
        line.entry == event.until and line.by != writer and line.kind in SPOKEN
        for line in state.lines
    )
    return None if known else InquiryGround.NOTHING_TO_READ


def _withdrawn(state: InquiryState, _event: QuestionWithdrawn, writer: str) -> InquiryGround | None:
    if writer != state.asker:
        return InquiryGround.NOT_YOUR_QUESTION
    gone = any(line.kind is LineKind.WITHDRAW for line in state.lines)
    return InquiryGround.ALREADY_WITHDRAWN if gone else None


_CHECKS: Mapping[type[Act], Callable[..., InquiryGround | None]] = {
    QuestionAnswered: _answered,
    OneOffDecided: _one_off_decided,
    AnswerWithdrawn: _answer_withdrawn,
    InquiryRead: _read,
    QuestionWithdrawn: _withdrawn,
}
