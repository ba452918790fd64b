"""What officials may ask for in a negotiation; `decide` answers with events or a Refusal."""

from dataclasses import dataclass

from tongban.core.body import Body
from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class NegotiationCommand:
    """Every command names the negotiation and who asks; bodies: words, and a guest's paper."""

    negotiation: str
    actor: Actor
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeAgreement(NegotiationCommand):
    """Begin: lay a document before the partner; `negotiation` is a name that nobody used yet."""

    document: str
    answer_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweringCommand(NegotiationCommand):
    """version: the one that the asker has in view; another on the table by now is a refusal."""

    version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CounterProposal(AnsweringCommand):
    """Lay another document on the table."""

    document: str
    answer_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentClause(AnsweringCommand):
    """Say something on a clause; bodies: one of them is named `comment`."""

    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptProposal(AnsweringCommand):
    """Agree to what lies on the table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectProposal(AnsweringCommand):
    """Want no agreement on this; ground: a code."""

    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawProposal(AnsweringCommand):
    """Go no further with what lies on the table."""
