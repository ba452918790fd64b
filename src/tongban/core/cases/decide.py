"""Answering what people and systems ask of a case: events to append, or a Refusal."""

from collections.abc import Callable, Mapping

from tongban.core.body import BYTES_MAX
from tongban.core.cases.acts import ACT_OF
from tongban.core.cases.attempting import Answer, CaseContext, attempted
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
    CaseNotAccepted,
    CaseOpened,
    CaseRated,
    CaseWithdrawn,
    CorrectionCompleted,
    CorrectionNotified,
    DeemedAcceptanceReversed,
    HandoverRecalled,
    PersonCheck,
    Reported,
    ResultDelivered,
    StepReported,
    WithdrawalRequested,
)
from tongban.core.cases.evolve import act_for
from tongban.core.cases.process import ActKind, Process
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.sending import dispatch, take_in
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.deadlines.deadline import Effect
from tongban.core.deadlines.rules import RULES
from tongban.core.decided import Decided
from tongban.core.refusal import Refusal

__all__ = ["CaseContext", "Decided", "decide"]


def decide(state: CaseState | None, command: CaseCommand, context: CaseContext) -> Answer:
    """Events to append in this order and one transaction, or why nothing happens."""
    oversized = next((body for body in command.bodies if len(body.content) > BYTES_MAX), None)
    if oversized:
        return refuse(CaseGround.BODY_TOO_LARGE, oversized.name)
    if isinstance(command, TakeIn):
        return take_in(state, command, context)
    if state is None:
        return refuse(CaseGround.UNKNOWN_CASE, command.case)
    if context.process is None:
        return refuse(CaseGround.UNKNOWN_PROCESS, state.process)
    return _ANSWERS[type(command)](state, command, context, context.process)


def _open(state: CaseState, command: Open, context: CaseContext, process: Process) -> Answer:
    return attempted(state, CaseOpened(), command, context, process)


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
    return attempted(state, event, command, context, process)


def _report_step(
    state: CaseState, command: ReportStep, context: CaseContext, process: Process
) -> Answer:
    event = StepReported(step=command.step, reported=command.reported)
    return attempted(state, event, command, context, process)


def _decide(state: CaseState, command: Decide, context: CaseContext, process: Process) -> Answer:
    event = CaseDecided(
        verdict=command.verdict,
        ground=command.ground,
        result_number=command.result_number,
        reported=command.reported,
    )
    answer = attempted(state, event, command, context, process)
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
    return attempted(state, event, command, context, process)


def _rate(state: CaseState, command: Rate, context: CaseContext, process: Process) -> Answer:
    return attempted(state, CaseRated(grade=command.grade), command, context, process)


def _request_withdrawal(
    state: CaseState, command: RequestWithdrawal, context: CaseContext, process: Process
) -> Answer:
    return attempted(state, WithdrawalRequested(), command, context, process)


def _confirm_withdrawal(
    state: CaseState, command: ConfirmWithdrawal, context: CaseContext, process: Process
) -> Answer:
    return attempted(state, CaseWithdrawn(), command, context, process)


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
    # What is agreed has no effect of its own, so the agreement does not matter here.
    deadline = rule(state, context.item, context.calendar, None)
    if deadline is None or deadline.effect is not Effect.DEEMED_ACCEPTANCE:
        return refuse(CaseGround.DEADLINE_NOT_PASSED, command.rule)
    if deadline.provisional:
        return refuse(CaseGround.CALENDAR_PROVISIONAL, str(deadline.due_on))
    if china_day(context.now) <= deadline.due_on:
        return refuse(CaseGround.DEADLINE_NOT_PASSED, str(deadline.due_on))
    event = CaseDeemedAccepted(due_on=deadline.due_on.isoformat())
    return attempted(state, event, command, context, process)


def _timely(
    state: CaseState,
    event: CaseAccepted | CaseNotAccepted | CorrectionNotified,
    command: CaseCommand,
    context: CaseContext,
    process: Process,
) -> Answer:
    """The act; and before it the reversal of a deemed acceptance that it shows to be wrong."""
    answer = attempted(state, event, command, context, process)
    if isinstance(answer, Refusal) or not _within_limit(state, event.reported):
        return answer
    return (Decided(event=DeemedAcceptanceReversed(fact=ACT_OF[type(event)])), *answer)


def _within_limit(state: CaseState, reported: Reported | None) -> bool:
    if reported is None or not state.deemed_accepted:
        return False
    return china_day(reported.acted_at).isoformat() <= state.deemed_due_on


_FOLLOWING: Mapping[ActKind, Callable[[CaseState], Decided]] = {
    ActKind.DELIVER: _delivered_online,
}

_ANSWERS: Mapping[type[CaseCommand], Callable[..., Answer]] = {
    Dispatch: dispatch,
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
