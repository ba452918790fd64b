"""Answering what a guest's officers ask about its record: one event, or a Refusal."""

from dataclasses import dataclass

from tongban.core.decided import Decided
from tongban.core.records.commands import AcknowledgeRecord, WithdrawObjection
from tongban.core.records.events import ObjectionWithdrawn, RecordAcknowledged
from tongban.core.records.evolve import foreseen
from tongban.core.records.permit import Hands, permit
from tongban.core.records.state import Act, RecordState
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordContext:
    """party: this node. hands: in whose its keys were, and are."""

    party: str
    hands: Hands


def decide(
    state: RecordState | None,
    command: AcknowledgeRecord | WithdrawObjection,
    context: RecordContext,
) -> tuple[Decided, ...] | Refusal:
    """The one event for the channel to the partner, or why not."""
    known = foreseen(state or RecordState(guest=command.guest))
    event = _event(command)
    refusal = permit(known, event, writer=context.party, hands=context.hands)
    return refusal or (Decided(event=event),)


def _event(command: AcknowledgeRecord | WithdrawObjection) -> Act:
    if isinstance(command, WithdrawObjection):
        return ObjectionWithdrawn(entry=command.entry)
    return RecordAcknowledged(
        about=command.about, until=command.until, objections=command.objections
    )
