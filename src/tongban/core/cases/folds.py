"""What each event adds to a case, custody and stage apart; one small function an event."""

from collections.abc import Callable, Mapping

from tongban.core.cases.acts import acted_at
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDispatched,
    CaseNotAccepted,
    CaseOpened,
    CaseRated,
    CaseWithdrawn,
    CorrectionCompleted,
    CorrectionNotified,
    ResultDelivered,
    StepReported,
    WithdrawalRequested,
)
from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState, Decision, Handover, Step
from tongban.core.cases.successor import changed
from tongban.core.entry import Entry, Event


def _dispatched(state: CaseState, entry: Entry, event: CaseDispatched) -> CaseState:
    """An earlier one may have lacked what was erased, and came back for it."""
    brought = tuple(line.name for line in entry.commitments)
    return changed(
        state,
        bodies=(*brought, *(name for name in state.bodies if name not in brought)),
        delivery=event.delivery,
        dispatched_on=entry.basis.kind if entry.basis else None,
    )


def _opened(state: CaseState, entry: Entry, _event: CaseOpened) -> CaseState:
    return changed(state, opened_at=entry.at)


def _accepted(state: CaseState, entry: Entry, event: CaseAccepted) -> CaseState:
    return changed(state, accepted_at=acted_at(entry), accepted_number=event.number)


def _not_accepted(state: CaseState, entry: Entry, event: CaseNotAccepted) -> CaseState:
    return changed(state, not_accepted_at=acted_at(entry), not_accepted_ground=event.ground)


def _deemed(state: CaseState, _entry: Entry, event: CaseDeemedAccepted) -> CaseState:
    """行政许可法 32(4): accepted from the day on which the papers were received."""
    return changed(state, accepted_at=state.days_run_from, deemed_due_on=event.due_on)


def _correction(state: CaseState, entry: Entry, event: CorrectionNotified) -> CaseState:
    return changed(
        state,
        bodies=_bodies(state, entry),
        correction=event.lines,
        correction_notified_at=acted_at(entry),
    )


def _corrected(state: CaseState, entry: Entry, event: CorrectionCompleted) -> CaseState:
    return changed(
        state,
        bodies=_bodies(state, entry),
        corrected_at=event.completed_at,
        correction_materials=event.materials,
    )


def _bodies(state: CaseState, entry: Entry) -> tuple[str, ...]:
    """What comes to the counter before the dispatch goes with it."""
    if state.done(ActKind.DISPATCH):
        return state.bodies
    names = (line.name for line in entry.commitments)
    return (*state.bodies, *(name for name in names if name not in state.bodies))


def _step(state: CaseState, _entry: Entry, event: StepReported) -> CaseState:
    step = Step(
        step=event.step,
        acted_at=event.reported.acted_at,
        reported_at=event.reported.reported_at,
        system=event.reported.system,
    )
    return changed(state, steps=(*state.steps, step))


def _decided(state: CaseState, entry: Entry, event: CaseDecided) -> CaseState:
    decision = Decision(
        verdict=event.verdict,
        at=acted_at(entry),
        ground=event.ground,
        number=event.result_number,
    )
    return changed(state, decided=decision)


def _delivered(state: CaseState, entry: Entry, event: ResultDelivered) -> CaseState:
    handed = Handover(
        method=event.method,
        at=entry.at,
        person_check=event.person_check,
        tracking=event.tracking,
        entry=entry.id,
        stage=state.stage,
    )
    return changed(state, delivered=handed)


def _rated(state: CaseState, _entry: Entry, event: CaseRated) -> CaseState:
    return changed(state, grade=event.grade)


def _withdrawal(state: CaseState, entry: Entry, _event: WithdrawalRequested) -> CaseState:
    return changed(state, withdrawal_requested_at=entry.at)


def _withdrawn(state: CaseState, entry: Entry, _event: CaseWithdrawn) -> CaseState:
    return changed(state, withdrawn_at=entry.at)


FOLDS: Mapping[type[Event], Callable[..., CaseState]] = {
    CaseDispatched: _dispatched,
    CaseOpened: _opened,
    CaseAccepted: _accepted,
    CaseNotAccepted: _not_accepted,
    CaseDeemedAccepted: _deemed,
    CorrectionNotified: _correction,
    CorrectionCompleted: _corrected,
    StepReported: _step,
    CaseDecided: _decided,
    ResultDelivered: _delivered,
    CaseRated: _rated,
    WithdrawalRequested: _withdrawal,
    CaseWithdrawn: _withdrawn,
}
