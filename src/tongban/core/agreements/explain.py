"""What an organisation may do for another on an item now, power by power, for people to read.

It asks `find_basis` and adds nothing to the rule: only which clause grants a power without being
in force, and which grant would be needed where there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.authorise import (
    Delegation,
    find_basis,
    intakes_left,
    stopped_lines,
)
from tongban.core.agreements.document import Grant
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.cases.process import CARRIED_OUT, NEEDED_WITH, Power
from tongban.core.entry import Basis
from tongban.core.refusal import Refusal

#: No clause makes the grant: a power is lacking, and not merely stopped.
NOT_GRANTED = frozenset(
    {
        AgreementGround.NO_AGREEMENT,
        AgreementGround.ITEM_NOT_GRANTED,
        AgreementGround.MODE_NOT_GRANTED,
        AgreementGround.POWER_NOT_GRANTED,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Direction:
    """Who would act (grantee) in whose name (granter); node names."""

    granter: str
    grantee: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One power in one mode: the basis on which it may be used now, or why it may not.

    needed: the grant that a clause would have to make; None where one already makes it. stopped:
    why each clause that makes it is not in force, with its document and number as detail. left: how
    many more intakes the clause carries today, None where it sets no limit.
    """

    power: Power
    mode: Mode
    found: Basis | Refusal
    needed: Grant | None
    stopped: tuple[Refusal, ...]
    left: int | None = None

    @property
    def basis(self) -> Basis | None:
        """The clause or instrument that allows it; None where nothing does."""
        return self.found if isinstance(self.found, Basis) else None

    @property
    def allowed(self) -> bool:
        """Whether it may be used here now: granted, and by an act of this software."""
        return self.basis is not None and self.carried_out

    @property
    def carried_out(self) -> bool:
        """Whether any act of this software uses the power; a grant of another is for people."""
        return self.power in CARRIED_OUT

    @property
    def moves_days(self) -> bool:
        """Whether the authority's days run from the counter's receipt here (代为受理)."""
        return self.allowed and self.power is Power.NOTIFY

    @property
    def refusal(self) -> Refusal | None:
        """Why it is not allowed; None where it is."""
        return self.found if isinstance(self.found, Refusal) else None


def explain(
    pair: PairAgreements,
    direction: Direction,
    item: str,
    modes: Iterable[Mode],
    *,
    at: datetime,
    listed_as: str = "",
) -> tuple[Answer, ...]:
    """Every power in each of these modes, in the order of the powers.

    listed_as: as `Delegation` has it.
    """
    every = (
        Delegation(
            powers=(power, *NEEDED_WITH.get(power, ())),
            item=item,
            mode=mode,
            grantee=direction.grantee,
            granter=direction.granter,
            at=at,
            listed_as=listed_as,
        )
        for mode in modes
        for power in Power
    )
    return tuple(_answer(pair, wanted) for wanted in every)


def line_of(refusal: Refusal) -> tuple[str, str]:
    """Digest of the document and number of the clause that a stopped line names."""
    document, _, clause = refusal.detail.partition(" ")
    return document, clause


def _answer(pair: PairAgreements, wanted: Delegation) -> Answer:
    found = find_basis(pair, wanted)
    lacking = isinstance(found, Refusal) and found.ground in NOT_GRANTED
    return Answer(
        power=wanted.powers[0],
        mode=wanted.mode,
        found=found,
        needed=_needed(wanted) if lacking else None,
        stopped=stopped_lines(pair, wanted),
        left=intakes_left(pair, found, wanted) if isinstance(found, Basis) else None,
    )


def _needed(wanted: Delegation) -> Grant:
    return Grant(
        granter=wanted.granter,
        grantee=wanted.grantee,
        items=(wanted.item,),
        modes=(wanted.mode,),
        powers=wanted.powers,
    )
