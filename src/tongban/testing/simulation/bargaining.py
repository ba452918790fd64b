"""What agreement officers do at a table in a world: propose, answer, withdraw; allowed or not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.body import Body
from tongban.core.china_time import china_day
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.refusal import Refusal
from tongban.node.node import Node
from tongban.testing.applications import OFFICER

#: Texts that are ever laid on a table between two nodes; none is the agreement itself.
_DRAFTS = range(101, 105)
_WORDS = (Body(name="comment", media="text/plain", content=b"made up"),)


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody has before him: a negotiation, its version, and a text that he might lay."""

    negotiation: str
    version: int
    document: str
    answer_by: str
    clause: str


def bargain(node: Node, partner: str, agreement: Agreement, chance: Random) -> bool:
    """Somebody wants something in a negotiation; whether it was allowed."""
    draft = replace(agreement, version=chance.choice(_DRAFTS))
    with node.kernel.database.write() as connection:
        document = node.kernel.library.put(connection, document_bytes(draft))
    known = node.negotiations.with_partner(partner)
    deed = chance.choices(list(_DEEDS), weights=_WEIGHTS)[0]
    if deed == "propose" or not known:
        deed, name, version = "propose", node.negotiations.fresh_name(), 1
    else:
        state = chance.choice(known)
        name, version = state.id, len(state.versions)
    day = china_day(node.kernel.clock.now()) + timedelta(days=chance.choice((0, 1, 5)))
    clause = draft.clauses[0].number
    turn = Turn(name, version, document, day.isoformat(), clause)
    return not isinstance(node.execute(_DEEDS[deed](turn), partner=partner), Refusal)


def accepted(node: Node, partner: str, agreement: Agreement) -> Agreement | None:
    """A text between the two that was accepted and may be signed, or None."""
    agreed = {state.accepted for state in node.negotiations.with_partner(partner)}
    return next((draft for draft in drafts_of(agreement) if document_digest(draft) in agreed), None)


def drafts_of(agreement: Agreement) -> Iterator[Agreement]:
    """Every text that is ever laid on a table about one."""
    return (replace(agreement, version=number) for number in _DRAFTS)


def _propose(turn: Turn) -> NegotiationCommand:
    return ProposeAgreement(
        negotiation=turn.negotiation,
        actor=OFFICER,
        document=turn.document,
        answer_by=turn.answer_by,
    )


def _counter(turn: Turn) -> NegotiationCommand:
    return CounterProposal(
        negotiation=turn.negotiation,
        actor=OFFICER,
        version=turn.version,
        document=turn.document,
        answer_by=turn.answer_by,
    )


def _comment(turn: Turn) -> NegotiationCommand:
    return CommentClause(
        negotiation=turn.negotiation,
        actor=OFFICER,
        version=turn.version,
        clause=turn.clause,
        bodies=_WORDS,
    )


def _accept(turn: Turn) -> NegotiationCommand:
    return AcceptProposal(negotiation=turn.negotiation, actor=OFFICER, version=turn.version)


def _reject(turn: Turn) -> NegotiationCommand:
    return RejectProposal(
        negotiation=turn.negotiation, actor=OFFICER, version=turn.version, ground="made_up"
    )


def _withdraw(turn: Turn) -> NegotiationCommand:
    return WithdrawProposal(negotiation=turn.negotiation, actor=OFFICER, version=turn.version)


_DEEDS: Mapping[str, Callable[[Turn], NegotiationCommand]] = {
    "propose": _propose,
    "counter": _counter,
    "comment": _comment,
    "accept": _accept,
    "reject": _reject,
    "withdraw": _withdraw,
}
_WEIGHTS = (2, 5, 3, 3, 1, 2)
