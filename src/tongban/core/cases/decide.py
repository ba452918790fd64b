"""Answering what people and systems ask of a case: events to append, or a Refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.agreements.authorise import choose_basis
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements
from tongban.core.body import BYTES_MAX
from tongban.core.cases.acts import ACT_OF
from tongban.core.cases.commands import (
    Accept,
    CaseCommand,
    CompleteCorrection,
    ConfirmWithdrawal,
    Decide,
    Deliver,
    Dispatch,
    NotifyCorrection,
    Open,
    Rate,
    Recall,
    RecordDeadline,
    RefuseAcceptance,
    ReportStep,
    RequestWithdrawal,
    TakeIn,
)
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDispatched,
    CaseNotAccepted,
    CaseOpened,
    CaseRated,
    CaseTakenIn,
    CaseWithdrawn,
    CorrectionCompleted,
    CorrectionNotified,
    DeemedAcceptanceReversed,
    HandoverRecalled,
    Intake,
    PersonCheck,
    Reported,
    ResultDelivered,
    StepReported,
    WithdrawalRequested,
)
from tongban.core.cases.evolve import act_for
from tongban.core.cases.folds import begin
from tongban.core.cases.materials import materials_refusal
from tongban.core.cases.permit import (
    Attempt,
    acts_for_applicant,
    custody_refusal,
    delegation_of,
    merit_refusal,
)
from tongban.core.cases.process import ActKind, Process, process_digest
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.state import CaseState
from tongban.core.cases.taking_back import as_owner
from tongban.core.catalogues.state import Withdrawal
from tongban.core.china_time import china_day
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Effect
from tongban.core.deadlines.rules import RULES
from tongban.core.decided import Decided
from tongban.core.entry import Basis, Event
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

__all__ = ["CaseContext", "Decided", "decide"]

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


def decide(state: CaseState | None, command: CaseCommand, context: CaseContext) -> Answer:
    """Events to append in this order and one transaction, or why nothing happens."""
    oversized = next((body for body in command.bodies if len(body.content) > BYTES_MAX), None)
    if oversized:
        return refuse(CaseGround.BODY_TOO_LARGE, oversized.name)
    if isinstance(command, TakeIn):
        return _take_in(state, command, context)
    if state is None:
        return refuse(CaseGround.UNKNOWN_CASE, command.case)
    if context.process is None:
        return refuse(CaseGround.UNKNOWN_PROCESS, state.process)
    return _ANSWERS[type(command)](state, command, context, context.process)


def _take_in(state: CaseState | None, command: TakeIn, context: CaseContext) -> Answer:
    item, process = context.item, context.process
    if state:
        return refuse(CaseGround.CASE_EXISTS, command.case)
    if context.withdrawal and context.withdrawal.stops(command.taken_in_at):
        return refuse(CaseGround.ITEM_WITHDRAWN, command.item)
    if item is None or item.code != command.item:
        return refuse(CaseGround.UNKNOWN_ITEM, command.item)
    if item.competent != command.competent:
        return refuse(CaseGround.NOT_THE_COMPETENT_PARTY, command.competent)
    if command.competent == context.party:
        return refuse(CaseGround.OWN_PLACE, command.competent)
    if process is None or item.process_for(command.mode) != process.name:
        return refuse(CaseGround.MODE_NOT_OFFERED, command.mode)
    event = _taken_in(command, context.party, item, process)
    begun = begin(command.case, event, _names(command), process)
    return _decided(begun, event, command, context, process)


def _taken_in(command: TakeIn, party: str, item: Item, process: Process) -> CaseTakenIn:
    intake = Intake(
        kind=command.kind,
        taken_in_at=command.taken_in_at,
        person_check=command.person_check,
        materials=command.materials,
        place=command.place,
    )
    return CaseTakenIn(
        item=item.code,
        item_digest=item_digest(item),
        process=process_digest(process),
        mode=command.mode,
        delivery=command.delivery,
        intake_party=party,
        competent=item.competent,
        organisation=item.organisation.code,
        intake=intake,
    )


def _dispatch(
    state: CaseState, command: Dispatch, context: CaseContext, process: Process
) -> Answer:
    if state.withdrawal_requested_at:
        return refuse(CaseGround.WITHDRAWAL_REQUESTED)
    if context.withdrawal and context.withdrawal.stops(state.intake.taken_in_at):
        return refuse(CaseGround.ITEM_WITHDRAWN, state.item)
    event = CaseDispatched(
        item=state.item,
        item_digest=state.item_digest,
        process=state.process,
        mode=state.mode,
        delivery=state.delivery,
        intake_party=state.intake_party,
        competent=state.competent,
        organisation=state.organisation,
        intake=state.intake,
    )
    return _decided(state, event, command, context, process, bodies=state.bodies)


def _open(state: CaseState, command: Open, context: CaseContext, process: Process) -> Answer:
    return _decided(state, CaseOpened(), command, context, process)


def _accept(state: CaseState, command: Accept, context: CaseContext, process: Process) -> Answer:
    event = CaseAccepted(number=command.number, reported=command.reported)
    return _timely(state, event, command, context, process)


def _refuse_acceptance(
    state: CaseState, command: RefuseAcceptance, context: CaseContext, process: Process
) -> Answer:
    event = CaseNotAccepted(ground=command.ground, reported=command.reported)
    return _timely(state, event, command, context, process)


def _notify_correction(
    state: CaseState, command: NotifyCorrection, context: CaseContext, process: Process
) -> Answer:
    event = CorrectionNotified(lines=command.lines, reported=command.reported)
    return _timely(state, event, command, context, process)


def _complete_correction(
    state: CaseState, command: CompleteCorrection, context: CaseContext, process: Process
) -> Answer:
    event = CorrectionCompleted(materials=command.materials, completed_at=command.completed_at)
    return _decided(state, event, command, context, process)


def _report_step(
    state: CaseState, command: ReportStep, context: CaseContext, process: Process
) -> Answer:
    event = StepReported(step=command.step, reported=command.reported)
    return _decided(state, event, command, context, process)


def _decide(state: CaseState, command: Decide, context: CaseContext, process: Process) -> Answer:
    event = CaseDecided(
        verdict=command.verdict,
        ground=command.ground,
        result_number=command.result_number,
        reported=command.reported,
    )
    answer = _decided(state, event, command, context, process)
    act = act_for(state, event, None, process)
    if isinstance(answer, Refusal) or act is None or state.ended:
        return answer
    return (*answer, *(_FOLLOWING[kind](state) for kind in act.then))


def _delivered_online(state: CaseState) -> Decided:
    """The applicant finds the result in the account through which they applied."""
    event = ResultDelivered(method=state.delivery, person_check=PersonCheck.ACCOUNT)
    return Decided(event=event)


def _deliver(state: CaseState, command: Deliver, context: CaseContext, process: Process) -> Answer:
    event = ResultDelivered(
        method=command.method, person_check=command.person_check, tracking=command.tracking
    )
    return _decided(state, event, command, context, process)


def _rate(state: CaseState, command: Rate, context: CaseContext, process: Process) -> Answer:
    return _decided(state, CaseRated(grade=command.grade), command, context, process)


def _request_withdrawal(
    state: CaseState, command: RequestWithdrawal, context: CaseContext, process: Process
) -> Answer:
    return _decided(state, WithdrawalRequested(), command, context, process)


def _confirm_withdrawal(
    state: CaseState, command: ConfirmWithdrawal, context: CaseContext, process: Process
) -> Answer:
    return _decided(state, CaseWithdrawn(), command, context, process)


def _recall(state: CaseState, _command: Recall, context: CaseContext, _process: Process) -> Answer:
    transit = state.transit
    if transit is None or transit.sender != context.party or transit.recalled:
        return refuse(CaseGround.NOTHING_TO_RECALL)
    return (Decided(event=HandoverRecalled(handover=transit.entry)),)


def _record_deadline(
    state: CaseState, command: RecordDeadline, context: CaseContext, process: Process
) -> Answer:
    rule = RULES.get(command.rule)
    if rule is None:
        return refuse(CaseGround.UNKNOWN_RULE, command.rule)
    if context.item is None:
        return refuse(CaseGround.UNKNOWN_ITEM, state.item)
    deadline = rule(state, context.item, context.calendar)
    if deadline is None or deadline.effect is not Effect.DEEMED_ACCEPTANCE:
        return refuse(CaseGround.DEADLINE_NOT_PASSED, command.rule)
    if deadline.provisional:
        return refuse(CaseGround.CALENDAR_PROVISIONAL, str(deadline.due_on))
    if china_day(context.now) <= deadline.due_on:
        return refuse(CaseGround.DEADLINE_NOT_PASSED, str(deadline.due_on))
    event = CaseDeemedAccepted(due_on=deadline.due_on.isoformat())
    return _decided(state, event, command, context, process)


def _timely(
    state: CaseState,
    event: CaseAccepted | CaseNotAccepted | CorrectionNotified,
    command: CaseCommand,
    context: CaseContext,
    process: Process,
) -> Answer:
    """The act; and before it the reversal of a deemed acceptance that it shows to be wrong."""
    answer = _decided(state, event, command, context, process)
    if isinstance(answer, Refusal) or not _within_limit(state, event.reported):
        return answer
    return (Decided(event=DeemedAcceptanceReversed(fact=ACT_OF[type(event)])), *answer)


def _within_limit(state: CaseState, reported: Reported | None) -> bool:
    if reported is None or not state.deemed_accepted:
        return False
    return china_day(reported.acted_at).isoformat() <= state.deemed_due_on


def _decided(
    state: CaseState,
    event: Event,
    command: CaseCommand,
    context: CaseContext,
    process: Process,
    *,
    bodies: tuple[str, ...] | None = None,
) -> Answer:
    """One event, when custody, basis, merit and materials allow it."""
    names = _names(command) if bodies is None else bodies
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
        state, event, context.item
    )
    if refusal:
        return refusal
    home = isinstance(event, CaseTakenIn) or _at_home(state, event)
    return (Decided(event=event, basis=basis, home=home, bodies=names),)


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
    return not state.done(ActKind.DISPATCH) and not isinstance(event, CaseDispatched)


def _names(command: CaseCommand) -> tuple[str, ...]:
    return tuple(body.name for body in command.bodies)


_FOLLOWING: Mapping[ActKind, Callable[[CaseState], Decided]] = {
    ActKind.DELIVER: _delivered_online,
}

_ANSWERS: Mapping[type[CaseCommand], Callable[..., Answer]] = {
    Dispatch: _dispatch,
    Open: _open,
    Accept: _accept,
    RefuseAcceptance: _refuse_acceptance,
    NotifyCorrection: _notify_correction,
    CompleteCorrection: _complete_correction,
    ReportStep: _report_step,
    Decide: _decide,
    Deliver: _deliver,
    Rate: _rate,
    RequestWithdrawal: _request_withdrawal,
    ConfirmWithdrawal: _confirm_withdrawal,
    Recall: _recall,
    RecordDeadline: _record_deadline,
}
