"""What officials may ask for on agreements; `decide` answers with events or a Refusal."""

from dataclasses import dataclass
from datetime import date

from tongban.core.agreements.events import AgreementDeposited
from tongban.core.body import Body
from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementCommand:
    """Every command names the document by its digest, and who asks; bodies: a guest's paper."""

    document: str
    actor: Actor
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer(AgreementCommand):
    """Lay the document before the partner."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign(AgreementCommand):
    """Record a party's portable signature; note: signed note over `signing_text`.

    authorisation: number of the paper by which the asker signs for this node, "" where the asker
    is its legal representative.
    """

    party: str
    note: str
    authorisation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspend(AgreementCommand):
    """Stop delegated acts under the agreement at once; items: empty means all."""

    ground: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume(AgreementCommand):
    """Lift what this side suspended; items: empty means all of it."""

    items: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Terminate(AgreementCommand):
    """End the agreement after a day; cases under way go by its run-off rule.

    authorisation: as in `Sign`.
    """

    ground: str
    last_day: date
    authorisation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdraw(AgreementCommand):
    """Want a text no more that lies before two and that not both have signed."""

    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cite(AgreementCommand):
    """Make a published legal instrument count for this pair."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordPublication(AgreementCommand):
    """Record that a party published the agreement as its text asks, on this day."""

    party: str
    published_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ForwardSignature(AgreementCommand):
    """Pass on a signature that its party gave elsewhere; the depositary does."""

    party: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave(AgreementCommand):
    """Leave an agreement of many parties; note: signed note over `leaving_text`.

    authorisation: number of the paper by which the asker signs for this node, "" where the asker
    is its legal representative.
    """

    ground: str
    last_day: date
    note: str
    authorisation: str = ""


#: What only its legal representative, or who holds a paper, does for a node.
BindingCommand = Sign | Leave | Terminate


@dataclass(frozen=True, kw_only=True, slots=True)
class Deposit(AgreementCommand):
    """Pass on what the depositary said, or say it as the depositary; said: the event itself."""

    said: AgreementDeposited
