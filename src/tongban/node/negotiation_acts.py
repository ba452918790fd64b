"""What officers do in a negotiation; answers are told partner by partner.

A table has two sides. What a partner has already it refuses, which changes nothing.
"""

from dataclasses import dataclass, replace

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
from tongban.core.refusal import Refusal
from tongban.node.agreement_acts import Answers, check_parties, collectors
from tongban.node.desk import Beside
from tongban.node.library import AGREEMENT
from tongban.node.node import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Negotiator:
    """Who acts here, in which negotiation, having which version in view (0: none yet).

    papers: on which the act rests, where this node is kept for a guest.
    """

    actor: Actor
    negotiation: str
    version: int
    papers: tuple[Body, ...] = ()


def propose(
    node: Node,
    who: Negotiator,
    agreement: Agreement,
    *,
    answer_by: str,
    beside: Beside | None = None,
) -> Answers:
    """Keep a text and lay it on a table of its own with each who talks over it.

    The first table has the negotiator's name; where that is refused, nobody else is asked. Of many
    parties the depositary talks with each, and each with it. answer_by: YYYY-MM-DD. beside: as of
    `Node.execute`. Raises what `check_parties` does.
    """
    check_parties(node, agreement)
    first, *others = collectors(node, agreement)
    command = ProposeAgreement(
        negotiation=who.negotiation,
        actor=who.actor,
        bodies=who.papers,
        document=_keep(node, agreement),
        answer_by=answer_by,
    )
    answers = {first: node.execute(command, partner=first, beside=beside)}
    for partner in () if isinstance(answers[first], Refusal) else others:
        another = replace(command, negotiation=node.negotiations.fresh_name())
        answers[partner] = node.execute(another, partner=partner)
    return answers


def counter(
    node: Node,
    who: Negotiator,
    state: NegotiationState,
    agreement: Agreement,
    *,
    answer_by: str,
    beside: Beside | None = None,
) -> Answers:
    """Keep a text and answer the version in view with it; arguments as of `propose`."""
    check_parties(node, agreement)
    command = CounterProposal(
        negotiation=who.negotiation,
        actor=who.actor,
        version=who.version,
        bodies=who.papers,
        document=_keep(node, agreement),
        answer_by=answer_by,
    )
    return {
        each: node.execute(command, partner=each, beside=beside)
        for each in partners_at(node, state)
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
        bodies=(body, *who.papers) if words.strip() else who.papers,
    )
    return _with_partners(node, state, command)


def accept(node: Node, who: Negotiator, state: NegotiationState) -> Answers:
    """Agree to the version in view."""
    command = AcceptProposal(
        negotiation=who.negotiation, actor=who.actor, version=who.version, bodies=who.papers
    )
    return _with_partners(node, state, command)


def offer_accepted(node: Node, who: Negotiator, state: NegotiationState) -> Answers:
    """Lay the text that was agreed before the partners for signature."""
    command = Offer(document=state.accepted, actor=who.actor, bodies=who.papers)
    return {each: node.execute(command, partner=each) for each in partners_at(node, state)}


def reject(node: Node, who: Negotiator, state: NegotiationState, *, ground: str) -> Answers:
    """Want no agreement on this; ground: a code."""
    command = RejectProposal(
        negotiation=who.negotiation,
        actor=who.actor,
        version=who.version,
        bodies=who.papers,
        ground=ground,
    )
    return _with_partners(node, state, command)


def withdraw(node: Node, who: Negotiator, state: NegotiationState) -> Answers:
    """Go no further with the version in view."""
    command = WithdrawProposal(
        negotiation=who.negotiation, actor=who.actor, version=who.version, bodies=who.papers
    )
    return _with_partners(node, state, command)


def partners_at(node: Node, state: NegotiationState) -> tuple[str, ...]:
    """Who takes part beside this node, in their order."""
    return tuple(party for party in state.parties if party != node.name)


def _keep(node: Node, agreement: Agreement) -> str:
    """The digest of a text that is kept here from now on."""
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(agreement), kind=AGREEMENT)
    return document_digest(agreement)


def _with_partners(node: Node, state: NegotiationState, command: NegotiationCommand) -> Answers:
    return {each: node.execute(command, partner=each) for each in partners_at(node, state)}
