"""What officers do in a negotiation, at every partner that takes part.

As in `agreement_acts`, each act is a command of its own for each partner, and one that a partner
has already is refused there, which changes nothing.
"""

from dataclasses import dataclass

from tongban.core.agreements.commands import Offer
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.body import Body
from tongban.core.entry import Actor
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.negotiations.permit import COMMENT
from tongban.core.negotiations.state import NegotiationState
from tongban.node.agreement_acts import Answers, check_parties, partners_of
from tongban.node.desk import Beside
from tongban.node.node import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Negotiator:
    """Who acts here, in which negotiation, having which version in view (0: none yet)."""

    actor: Actor
    negotiation: str
    version: int


def lay(
    node: Node,
    who: Negotiator,
    agreement: Agreement,
    *,
    answer_by: str,
    beside: Beside | None = None,
) -> Answers:
    """Keep a text and lay it on the table: the first one, or an answer to the version in view.

    answer_by: YYYY-MM-DD. beside: as of `Node.execute`. Raises what `check_parties` does.
    """
    check_parties(node, agreement)
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(agreement), kind="agreement")
    command = _laying(who, document_digest(agreement), answer_by)
    return {
        partner: node.execute(command, partner=partner, beside=beside)
        for partner in partners_of(node, agreement)
    }


def comment(
    node: Node, who: Negotiator, state: NegotiationState, *, clause: str, words: str
) -> Answers:
    """Say something on a clause; the words travel beside the entry and not in it."""
    body = Body(name=COMMENT, media="text/plain", content=words.encode())
    command = CommentClause(
        negotiation=who.negotiation,
        actor=who.actor,
        version=who.version,
        clause=clause,
        bodies=(body,) if words.strip() else (),
    )
    return _with_partners(node, state, command)


def accept(node: Node, who: Negotiator, state: NegotiationState) -> Answers:
    """Agree to the version in view."""
    command = AcceptProposal(negotiation=who.negotiation, actor=who.actor, version=who.version)
    return _with_partners(node, state, command)


def offer_accepted(node: Node, actor: Actor, state: NegotiationState) -> Answers:
    """Lay the text that was agreed before the partners for signature."""
    command = Offer(document=state.accepted, actor=actor)
    return {each: node.execute(command, partner=each) for each in others(node, state)}


def reject(node: Node, who: Negotiator, state: NegotiationState, *, ground: str) -> Answers:
    """Want no agreement on this; ground: a code."""
    command = RejectProposal(
        negotiation=who.negotiation, actor=who.actor, version=who.version, ground=ground
    )
    return _with_partners(node, state, command)


def withdraw(node: Node, who: Negotiator, state: NegotiationState) -> Answers:
    """Go no further with the version in view."""
    command = WithdrawProposal(negotiation=who.negotiation, actor=who.actor, version=who.version)
    return _with_partners(node, state, command)


def others(node: Node, state: NegotiationState) -> tuple[str, ...]:
    """Who takes part beside this node, in their order."""
    return tuple(party for party in state.parties if party != node.name)


def _laying(who: Negotiator, document: str, answer_by: str) -> NegotiationCommand:
    if not who.version:
        return ProposeAgreement(
            negotiation=who.negotiation, actor=who.actor, document=document, answer_by=answer_by
        )
    return CounterProposal(
        negotiation=who.negotiation,
        actor=who.actor,
        version=who.version,
        document=document,
        answer_by=answer_by,
    )


def _with_partners(node: Node, state: NegotiationState, command: NegotiationCommand) -> Answers:
    return {each: node.execute(command, partner=each) for each in others(node, state)}
