"""Answering what officials ask in a negotiation: one event, or a Refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.document import Document
from tongban.core.decided import Decided
from tongban.core.entry import Event
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationCountered,
    NegotiationProposed,
    NegotiationRejected,
    NegotiationWithdrawn,
)
from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.permit import Table, permit
from tongban.core.negotiations.refusals import NegotiationGround, refuse
from tongban.core.negotiations.state import NegotiationState
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationContext:
    """party: this node. peer: the partner. documents: those this node can read, by digest.

    offered: digests of what lies between the two as agreements. on_tables: of what lies on a table
    of theirs that is open.
    """

    party: str
    peer: str
    now: datetime
    documents: Mapping[str, Document]
    offered: frozenset[str]
    on_tables: frozenset[str] = frozenset()


def decide(
    state: NegotiationState | None, command: NegotiationCommand, context: NegotiationContext
) -> tuple[Decided, ...] | Refusal:
    """The one event for the channel to the peer, or why not."""
    parties = (context.party, context.peer)
    known = foreseen(state or NegotiationState(id=command.negotiation, parties=parties))
    event = _EVENTS[type(command)](known, command)
    names = tuple(body.name for body in command.bodies)
    table = Table(
        writer=context.party,
        reader=context.peer,
        at=context.now,
        documents=context.documents,
        offered=context.offered,
        bodies=frozenset(names),
    )
    refusal = permit(known, event, table) or _twice(command, context)
    return refusal or (Decided(event=event, bodies=names),)


def _twice(command: NegotiationCommand, context: NegotiationContext) -> Refusal | None:
    """Two who propose the same text at once have done nothing wrong, so only the writer asks."""
    if isinstance(command, ProposeAgreement) and command.document in context.on_tables:
        return refuse(NegotiationGround.TEXT_ON_A_TABLE, command.document)
    return None


def _proposed(_state: NegotiationState, command: ProposeAgreement) -> NegotiationProposed:
    return NegotiationProposed(document=command.document, answer_by=command.answer_by)


def _countered(_state: NegotiationState, command: CounterProposal) -> NegotiationCountered:
    return NegotiationCountered(
        version=command.version, document=command.document, answer_by=command.answer_by
    )


def _commented(_state: NegotiationState, command: CommentClause) -> NegotiationCommented:
    return NegotiationCommented(version=command.version, clause=command.clause)


def _accepted(state: NegotiationState, command: AcceptProposal) -> NegotiationAccepted:
    """What is agreed is said by its digest, so that nothing else can be read into the number."""
    table = state.on_table
    return NegotiationAccepted(version=command.version, document=table.document if table else "")


def _rejected(_state: NegotiationState, command: RejectProposal) -> NegotiationRejected:
    return NegotiationRejected(version=command.version, ground=command.ground)


def _withdrawn(_state: NegotiationState, command: WithdrawProposal) -> NegotiationWithdrawn:
    return NegotiationWithdrawn(version=command.version)


_EVENTS: Mapping[type[NegotiationCommand], Callable[..., Event]] = {
    ProposeAgreement: _proposed,
    CounterProposal: _countered,
    CommentClause: _commented,
    AcceptProposal: _accepted,
    RejectProposal: _rejected,
    WithdrawProposal: _withdrawn,
}
