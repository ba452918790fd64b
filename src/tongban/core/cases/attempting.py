"""One event of a command, when custody, basis, merit and materials allow it at its writer."""

from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.agreements.authorise import choose_basis
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.cases.evolve import act_for
from tongban.core.cases.materials import materials_refusal
from tongban.core.cases.permit import (
    Attempt,
    acts_for_applicant,
    custody_refusal,
    delegation_of,
    merit_refusal,
)
from tongban.core.cases.process import ActKind, Process
from tongban.core.cases.state import CaseState
from tongban.core.cases.taking_back import as_owner
from tongban.core.catalogues.state import Withdrawal
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.decided import Decided
from tongban.core.entry import Basis, Event
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

Answer = tuple[Decided, ...] | Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseContext:
    """What a decision depends on besides the case.

    now: the instant that the entries will carry. party: this node's name. item, process: those
    that the case pins; for a take-in the present ones; None where this node does not have them.
    pair: what stands between the two parties of the case. withdrawal: of the item, as the competent
    party told it. listed_as: the item's 基本编码 as that party told of it, or "".
    """

    now: datetime
    party: str
    item: Item | None
    process: Process | None
    pair: PairAgreements
    calendar: WorkingCalendar
    withdrawal: Withdrawal | None = None
    listed_as: str = ""


def attempted(
    state: CaseState,
    event: Event,
    command: CaseCommand,
    context: CaseContext,
    process: Process,
    *,
    bodies: tuple[str, ...] | None = None,
    told: frozenset[str] = frozenset(),
) -> Answer:
    """The event with its basis, or why not.

    bodies: names of those that come with it, all of the command's where they are not said. told:
    codes of what the applicant is told to supply before the case is sent.
    """
    names = names_of(command) if bodies is None else bodies
    attempt = Attempt(
        event=event,
        act=act_for(state, event, None, process),
        basis=None,
        actor=command.actor,
        writer=context.party,
        pair=context.pair,
        at=context.now,
        written_at=context.now,
        bodies=frozenset(names),
        listed_as=context.listed_as,
    )
    attempt = as_owner(state, attempt)
    refusal = custody_refusal(state, attempt)
    if refusal:
        return refusal
    basis = _basis(state, attempt)
    if isinstance(basis, Refusal):
        return basis
    refusal = merit_refusal(state, replace(attempt, basis=basis)) or materials_refusal(
        state, event, context.item, told
    )
    if refusal:
        return refusal
    return (Decided(event=event, basis=basis, home=_at_home(state, event), bodies=names),)


def names_of(command: CaseCommand) -> tuple[str, ...]:
    """Names of the bodies that come with it."""
    return tuple(body.name for body in command.bodies)


def _basis(state: CaseState, attempt: Attempt) -> Basis | Refusal | None:
    if attempt.act is None:
        return None
    wanted = delegation_of(state, attempt.act, attempt)
    for_applicant = acts_for_applicant(attempt.actor)
    found = choose_basis(attempt.pair, attempt.act, wanted, applicant_acts=for_applicant)
    if isinstance(found, Refusal) and found.ground == AgreementGround.DAILY_LIMIT_REACHED:
        # Nothing else stands, and the limit is asked last, after what the act may lack.
        whenever = replace(wanted, intake=False)
        return choose_basis(attempt.pair, attempt.act, whenever, applicant_acts=for_applicant)
    return found


def _at_home(state: CaseState, event: Event) -> bool:
    """Until the dispatch the competent party knows nothing of the case."""
    if isinstance(event, CaseTakenIn):
        return True
    return not state.done(ActKind.DISPATCH) and not isinstance(event, CaseDispatched)
