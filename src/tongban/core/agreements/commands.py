"""What officials may ask for on agreements; `decide` answers with events or a Refusal."""

from dataclasses import dataclass
from datetime import date

from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementCommand:
    """Every command names the document by its digest, and who asks."""

    document: str
    actor: Actor


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
    """End the agreement after a day; cases under way go by its run-off rule."""

    ground: str
    last_day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Cite(AgreementCommand):
    """Make a published legal instrument count for this pair."""
