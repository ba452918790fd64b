"""收件 and dispatch, which say on whose behalf the counter receives, as far as it may.

Where a clause or instrument lets the counter notify for the authority (代为受理), intake and
dispatch say so, and the authority's days run from the counter's receipt. Where none does they say
nothing, and rest on what else there is.
"""

from collections.abc import Iterator
from dataclasses import replace

from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.attempting import Answer, CaseContext, attempted, names_of
from tongban.core.cases.beginning import as_sent, begin, notice_at_intake, on_behalf
from tongban.core.cases.commands import Dispatch, TakeIn
from tongban.core.cases.events import (
    CaseDispatched,
    CaseTakenIn,
    CorrectionNotified,
    Intake,
    MaterialLine,
    OnBehalf,
)
from tongban.core.cases.process import ActKind, Process, process_digest
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.state import CaseState
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal

#: Name of the body in which the applicant reads what has to be supplied.
CORRECTION = "correction"


def take_in(state: CaseState | None, command: TakeIn, context: CaseContext) -> Answer:
    """The intake, and behind it what the counter tells the applicant to supply."""
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
    return _best(
        _begun(replace(event, intake=intake), command, context, process)
        for intake in _intakes(event, process, OnBehalf(), command.materials)
    )


def dispatch(state: CaseState, command: Dispatch, context: CaseContext, process: Process) -> Answer:
    """The hand-over to the competent party."""
    if state.withdrawal_requested_at:
        return refuse(CaseGround.WITHDRAWAL_REQUESTED)
    if context.withdrawal and context.withdrawal.stops(state.intake.taken_in_at):
        return refuse(CaseGround.ITEM_WITHDRAWN, state.item)
    if _waits_for_applicant(state):
        return refuse(CaseGround.WRONG_STAGE, state.stage)
    event = _dispatched(state)
    intakes = _intakes(event, process, on_behalf(state), state.materials)
    events = (replace(event, intake=intake) for intake in intakes)
    return _best(
        attempted(
            as_sent(state, sent, process), sent, command, context, process, bodies=state.bodies
        )
        for sent in events
    )


def _intakes(
    event: CaseTakenIn | CaseDispatched,
    process: Process,
    behalf: OnBehalf,
    materials: tuple[MaterialLine, ...],
) -> Iterator[Intake]:
    """For the authority first; then in the intake party's own name, with all that there is."""
    if notice_at_intake(process, event):
        yield replace(event.intake, on_behalf=behalf)
    yield replace(event.intake, on_behalf=None, materials=materials)


def _waits_for_applicant(state: CaseState) -> bool:
    told = state.correction_notified_at is not None and state.corrected_at is None
    return told and not state.done(ActKind.DISPATCH)


def _best(answers: Iterator[Answer]) -> Answer:
    """The first that does not merely lack a basis; else why the last one is refused."""
    first = next(answers)
    return next(answers, first) if _lacks_basis(first) else first


def _lacks_basis(answer: Answer) -> bool:
    return isinstance(answer, Refusal) and answer.ground in _LACKING


def _begun(event: CaseTakenIn, command: TakeIn, context: CaseContext, process: Process) -> Answer:
    papers = tuple(name for name in names_of(command) if name != CORRECTION)
    begun = begin(command.case, event, papers, process)
    told = frozenset(line.code for line in command.notice)
    taken = attempted(begun, event, command, context, process, bodies=papers, told=told)
    if isinstance(taken, Refusal) or not command.notice:
        return taken
    letters = tuple(name for name in names_of(command) if name == CORRECTION)
    notice = CorrectionNotified(lines=command.notice)
    notified = attempted(begun, notice, command, context, process, bodies=letters)
    return notified if isinstance(notified, Refusal) else (*taken, *notified)


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


def _dispatched(state: CaseState) -> CaseDispatched:
    return CaseDispatched(
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


_LACKING = frozenset(AgreementGround) - {AgreementGround.DAILY_LIMIT_REACHED}
