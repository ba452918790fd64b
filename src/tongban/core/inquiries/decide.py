"""Answering what officials ask in an inquiry: one event, or a Refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from tongban.core.decided import Decided
from tongban.core.entry import Actor
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    DecideOneOff,
    InquiryCommand,
    ReadInquiry,
    SendMessage,
    WithdrawAnswer,
    WithdrawQuestion,
)
from tongban.core.inquiries.events import (
    AnswerWithdrawn,
    InquiryRead,
    MessageSent,
    OneOffDecided,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
)
from tongban.core.inquiries.evolve import foreseen
from tongban.core.inquiries.permit import permit
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.inquiries.refusals import InquiryGround, refuse
from tongban.core.inquiries.state import Act, InquiryState
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class InquiryContext:
    """party: this node. peer: the partner. day: in China. powers: recorded and not revoked."""

    party: str
    peer: str
    day: date
    powers: tuple[DecisionPower, ...]


def decide(
    state: InquiryState | None, command: InquiryCommand, context: InquiryContext
) -> tuple[Decided, ...] | Refusal:
    """The one event for the channel to the peer, or why not."""
    fresh = InquiryState(id=command.inquiry, asker=context.party, answerer=context.peer)
    known = foreseen(state or fresh)
    event = _event(command)
    names = tuple(body.name for body in command.bodies)
    refusal = permit(known, event, writer=context.party, bodies=frozenset(names))
    if refusal is None and isinstance(command, DecideOneOff):
        refusal = _powerless(known, command, context)
    return refusal or (Decided(event=event, bodies=names),)


def _powerless(
    state: InquiryState, command: DecideOneOff, context: InquiryContext
) -> Refusal | None:
    """No partner can see whom this node lets decide, so only this node asks."""
    item = state.question.item if state.question else ""
    fits = any(
        power.number == command.authority and _may(power, command.actor, item, context.day)
        for power in context.powers
    )
    return None if fits else refuse(InquiryGround.NO_AUTHORITY, command.authority)


def _may(power: DecisionPower, actor: Actor, item: str, day: date) -> bool:
    return power.office == actor.role and power.covers(item, day)


def _event(command: InquiryCommand) -> Act:
    """A command and its event say the same, so the fields have the same names."""
    kind = _EVENTS[type(command)]
    said = {field.name: getattr(command, field.name) for field in fields(kind)}
    return kind(**said)


_EVENTS: Mapping[type[InquiryCommand], type[Act]] = {
    AskQuestion: QuestionAsked,
    SendMessage: MessageSent,
    AnswerQuestion: QuestionAnswered,
    DecideOneOff: OneOffDecided,
    WithdrawAnswer: AnswerWithdrawn,
    ReadInquiry: InquiryRead,
    WithdrawQuestion: QuestionWithdrawn,
}
