"""What both sides ask of every act on a case, so that sender and receiver answer alike.

Custody first (may this party act now?), then merit (has the act what it needs?).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.authorise import Delegation, check_basis, limit_refusal
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.refusals import refuse as refuse_basis
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.acts import reported_of
from tongban.core.cases.beginning import told_in
from tongban.core.cases.events import (
    CaseDispatched,
    CaseTakenIn,
    CaseWithdrawn,
    CorrectionCompleted,
    CorrectionNotified,
    Delivery,
    Intake,
    MaterialForm,
    MaterialLine,
    PersonCheck,
    ResultDelivered,
    StepReported,
)
from tongban.core.cases.flags import bodies_needed
from tongban.core.cases.process import NEEDED_WITH, Act, ActKind, Party, Power
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind, Basis, BasisKind, Event
from tongban.core.plain_codes import unfit_field
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """An act that somebody wants to take effect.

    act: what the process says of it, None where it says nothing. at: the instant that decides
    about the basis (the receipt at the receiver). written_at: the writer's own instant.
    bodies: names of those that come with it. listed_as: as `Delegation` has it.
    """

    event: Event
    act: Act | None
    basis: Basis | None
    actor: Actor
    writer: str
    pair: PairAgreements
    at: datetime
    written_at: datetime
    bodies: frozenset[str]
    listed_as: str = ""


def custody_refusal(state: CaseState, attempt: Attempt) -> Refusal | None:
    """Why this party may not do this now; a reported fact only asks who holds the case.

    What an entry may not carry is refused first: nothing takes it out of a log again.
    """
    unfit = unfit_field(attempt.event)
    if unfit:
        return refuse(CaseGround.FIELD_UNFIT, unfit)
    if not _is_declared(state, attempt.event):
        # The refusal does not repeat it: it may be anything, a name as well.
        return refuse(CaseGround.UNKNOWN_STEP)
    if reported_of(attempt.event):
        return _not_competent(state, attempt) or _not_held(state, attempt)
    if attempt.act is None:
        return refuse(_unordered(attempt.event), state.delivery)
    return _first(_CUSTODY, state, attempt.act, attempt)


def _is_declared(state: CaseState, event: Event) -> bool:
    """Whether a step has a code that the process gives words to."""
    if not isinstance(event, StepReported):
        return True
    return event.step in {step.code for step in state.declared_steps}


def merit_refusal(state: CaseState, attempt: Attempt) -> Refusal | None:
    """What the act lacks; nothing where it is a fact, which is flagged instead."""
    if reported_of(attempt.event) or attempt.act is None:
        return None
    return _first(_MERIT, state, attempt.act, attempt)


def delegation_of(state: CaseState, act: Act, attempt: Attempt) -> Delegation:
    """What the intake party would do in the competent party's name."""
    return Delegation(
        powers=tuple(_powers(act, attempt.event)),
        item=state.item,
        mode=state.mode,
        grantee=state.intake_party,
        granter=state.competent,
        at=attempt.at,
        under_way=under_way(state),
        listed_as=attempt.listed_as,
        intake=act.act is ActKind.DISPATCH,
    )


def _powers(act: Act, event: Event) -> Iterator[Power]:
    """That of the act, and those that what it brings needs beside it."""
    if act.power is None:
        return
    yield act.power
    yield from NEEDED_WITH.get(act.power, ())
    if any(line.form is MaterialForm.ORIGINAL_SEEN for line in lines_of(event)):
        yield Power.CHECK_ORIGINALS
    if is_on_behalf(event):
        yield Power.NOTIFY


def is_on_behalf(event: Event) -> bool:
    """Whether the counter says that it received for the authority (代为受理)."""
    intake = intake_of(event)
    return intake is not None and intake.on_behalf is not None


def acts_for_applicant(actor: Actor) -> bool:
    """Whether the applicant acts, alone or through an agent."""
    return actor.kind in {ActorKind.APPLICANT, ActorKind.AGENT}


def intake_of(event: Event) -> Intake | None:
    """The intake that the event vouches for."""
    return event.intake if isinstance(event, CaseTakenIn | CaseDispatched) else None


def lines_of(event: Event) -> tuple[MaterialLine, ...]:
    """The materials that the event brings."""
    if isinstance(event, CorrectionCompleted):
        return event.materials
    intake = intake_of(event)
    told = told_in(intake) if intake else None
    return (*(intake.materials if intake else ()), *(told.materials if told else ()))


def under_way(state: CaseState) -> str | None:
    """Digest of the document on which the case was dispatched; None before that."""
    documents = (use.basis.document for use in state.bases if use.act is ActKind.DISPATCH)
    return next(documents, None)


Check = Callable[[CaseState, Act, Attempt], Refusal | None]


def _first(checks: Iterable[Check], state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    refusals = (check(state, act, attempt) for check in checks)
    return next((refusal for refusal in refusals if refusal), None)


def _unordered(event: Event) -> CaseGround:
    """What it means that the process does not know the act for such a case."""
    return CaseGround.DELIVERY_NOT_OFFERED if intake_of(event) else CaseGround.UNKNOWN_ACT


def _not_competent(state: CaseState, attempt: Attempt) -> Refusal | None:
    if attempt.writer != state.competent:
        return refuse(CaseGround.WRONG_PARTY, Party.COMPETENT)
    return None


def _not_held(state: CaseState, attempt: Attempt) -> Refusal | None:
    if state.transit:
        return refuse(CaseGround.IN_TRANSIT, state.transit.receiver)
    if state.holder == attempt.writer:
        return None
    if isinstance(attempt.event, CaseDispatched):
        return refuse(CaseGround.SECOND_HANDOVER, state.holder)
    return refuse(CaseGround.NOT_HOLDER, state.holder)


def _party(state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    if state.node_of(act.by) != attempt.writer:
        return refuse(CaseGround.WRONG_PARTY, act.by)
    if act.by is Party.APPLICANT and not acts_for_applicant(attempt.actor):
        return refuse(CaseGround.APPLICANT_MUST_ASK, act.act)
    return None


def _custody(state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    return None if act.additive else _not_held(state, attempt)


def _times(state: CaseState, act: Act, _attempt: Attempt) -> Refusal | None:
    if act.at_most is None or state.done(act.act) < act.at_most:
        return None
    if act.act is ActKind.NOTIFY_CORRECTION:
        return refuse(CaseGround.SECOND_CORRECTION)
    return refuse(CaseGround.ALREADY_DONE, act.act)


def _stage(state: CaseState, act: Act, _attempt: Attempt) -> Refusal | None:
    if state.stage in act.during:
        return None
    if state.ended:
        return refuse(CaseGround.ENDED, state.stage)
    if state.corrected_at and not state.accepted_at and act.by is Party.COMPETENT:
        return refuse(CaseGround.ACCEPTANCE_IS_OWED, act.act)
    return refuse(CaseGround.WRONG_STAGE, state.stage)


def _basis(state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    basis = attempt.basis
    if not act.bases:
        return refuse(CaseGround.BASIS_NOT_NEEDED, act.act) if basis else None
    if basis is None:
        return refuse(CaseGround.NO_BASIS, act.act)
    if basis.kind not in act.bases:
        return refuse_basis(AgreementGround.BASIS_KIND_NOT_ALLOWED, basis.kind)
    if basis.kind is BasisKind.OWN_RIGHT and not acts_for_applicant(attempt.actor):
        return refuse_basis(AgreementGround.OWN_RIGHT_IS_THE_APPLICANTS)
    if basis.kind is BasisKind.OWN_RIGHT and is_on_behalf(attempt.event):
        return refuse_basis(AgreementGround.BASIS_KIND_NOT_ALLOWED, basis.kind)
    wanted = delegation_of(state, act, attempt)
    return check_basis(attempt.pair, basis, wanted)


def _daily_limit(state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    """Asked last: whoever waits for another day must lack nothing else."""
    if attempt.basis is None:
        return None
    wanted = delegation_of(state, act, attempt)
    return limit_refusal(attempt.pair, attempt.basis, wanted)


def _person(_state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    check = _person_check(attempt.event)
    if check is None or not act.person_checks or check in act.person_checks:
        return None
    return refuse(CaseGround.PERSON_CHECK_NOT_ENOUGH, check)


def _person_check(event: Event) -> PersonCheck | None:
    if isinstance(event, ResultDelivered):
        return event.person_check
    intake = intake_of(event)
    return intake.person_check if intake else None


def _bodies(_state: CaseState, act: Act, attempt: Attempt) -> Refusal | None:
    missing = [name for name in bodies_needed(act, attempt.event) if name not in attempt.bodies]
    carried = [line.body for line in lines_of(attempt.event) if line.body]
    missing += [name for name in carried if name not in attempt.bodies]
    return refuse(CaseGround.BODY_MISSING, missing[0]) if missing else None


def _instants(_state: CaseState, _act: Act, attempt: Attempt) -> Refusal | None:
    late = any(claimed > attempt.written_at for claimed in _claimed(attempt.event))
    return refuse(CaseGround.INSTANT_IN_FUTURE) if late else None


def _claimed(event: Event) -> Iterator[datetime]:
    intake = intake_of(event)
    told = told_in(intake) if intake else None
    if intake:
        yield intake.taken_in_at
    if told:
        yield from (told.notified_at, told.completed_at)
    if isinstance(event, CorrectionCompleted):
        yield event.completed_at


def _correction(state: CaseState, _act: Act, attempt: Attempt) -> Refusal | None:
    """One list of everything at once, and later everything on it (一次性告知)."""
    event = attempt.event
    told = told_in(event.intake) if isinstance(event, CaseDispatched) else None
    notice = event if isinstance(event, CorrectionNotified) else told
    if notice and not notice.lines:
        return refuse(CaseGround.CORRECTION_EMPTY)
    if not isinstance(event, CorrectionCompleted) or "application" in attempt.bodies:
        return None
    brought = {line.code for line in event.materials}
    open_lines = [line.code for line in state.correction if line.code not in brought]
    return refuse(CaseGround.CORRECTION_INCOMPLETE, open_lines[0]) if open_lines else None


def _delivery(state: CaseState, _act: Act, attempt: Attempt) -> Refusal | None:
    event = attempt.event
    if not isinstance(event, ResultDelivered):
        return None
    if event.method is not state.delivery:
        return refuse(CaseGround.DELIVERY_NOT_AS_CHOSEN, state.delivery)
    if event.method is Delivery.POST and not event.tracking:
        return refuse(CaseGround.TRACKING_MISSING)
    return None


def _withdrawal(state: CaseState, _act: Act, attempt: Attempt) -> Refusal | None:
    if isinstance(attempt.event, CaseWithdrawn) and state.withdrawal_requested_at is None:
        return refuse(CaseGround.WITHDRAWAL_NOT_REQUESTED)
    return None


_CUSTODY: tuple[Check, ...] = (_party, _custody, _times, _stage)
_MERIT: tuple[Check, ...] = (
    _basis,
    _person,
    _bodies,
    _instants,
    _correction,
    _delivery,
    _withdrawal,
    _daily_limit,
)
