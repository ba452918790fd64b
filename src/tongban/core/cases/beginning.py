"""How a case begins: what its first entry says of it, and what the counter told before it went out.

The competent party never sees what stands on the home log before the dispatch; the dispatch
repeats all of it, so that both fold the same case from there on.
"""

from collections.abc import Iterable
from datetime import datetime

from tongban.core.cases.counts import counted
from tongban.core.cases.events import CaseDispatched, CaseTakenIn, Intake, OnBehalf, ToldAtIntake
from tongban.core.cases.legs import walk
from tongban.core.cases.process import Act, ActKind, Party, Process
from tongban.core.cases.state import CaseState
from tongban.core.cases.successor import changed


def begin(
    case: str,
    event: CaseTakenIn | CaseDispatched,
    bodies: Iterable[str],
    process: Process,
) -> CaseState:
    """The state in which a case begins, at the intake party."""
    first = process.stages[0]
    state = CaseState(
        id=case,
        stage=first.code,
        intake_party=event.intake_party,
        competent=event.competent,
        organisation=event.organisation,
        item=event.item,
        item_digest=event.item_digest,
        process=event.process,
        mode=event.mode,
        delivery=event.delivery,
        intake=event.intake,
        bodies=tuple(bodies),
        declared_steps=process.steps,
        holder=event.intake_party,
        counts={ActKind.TAKE_IN: 1},
    )
    begun = walk(state, first.leg, event.intake.taken_in_at)
    told = told_in(event.intake)
    return _told(begun, told, process) if told else begun


def told_in(intake: Intake) -> ToldAtIntake | None:
    """What the counter told the applicant for the authority; None where it told nothing."""
    return intake.on_behalf.told if intake.on_behalf else None


def on_behalf(state: CaseState) -> OnBehalf:
    """What a dispatch says of a case that the counter received for the authority."""
    if state.correction_notified_at is None or state.corrected_at is None:
        return OnBehalf()
    return OnBehalf(
        told=ToldAtIntake(
            lines=state.correction,
            notified_at=state.correction_notified_at,
            materials=state.correction_materials,
            completed_at=state.corrected_at,
        )
    )


def notice_at_intake(process: Process, event: CaseTakenIn | CaseDispatched) -> Act | None:
    """The act by which a counter tells in the authority's name; None where none is ordered."""
    first = process.stages[0].code
    act = process.act(ActKind.NOTIFY_CORRECTION, event.delivery, None, first)
    return act if act and act.by is Party.INTAKE and first in act.during else None


def as_sent(state: CaseState, event: CaseDispatched, process: Process) -> CaseState:
    """The case as its dispatch tells of it, which is all that its receiver will know.

    What the counter told without the power to do so stays on its home log and moves nothing.
    """
    same = state.intake == event.intake and state.correction_notified_at is None
    if same or state.done(ActKind.DISPATCH):
        return state
    fresh = begin(state.id, event, state.bodies, process)
    return changed(
        state,
        stage=fresh.stage,
        intake=fresh.intake,
        correction=fresh.correction,
        correction_notified_at=fresh.correction_notified_at,
        correction_materials=fresh.correction_materials,
        corrected_at=fresh.corrected_at,
        counts=fresh.counts,
        legs=fresh.legs,
        bases=fresh.bases,
    )


def _told(state: CaseState, told: ToldAtIntake, process: Process) -> CaseState:
    notified = _moved(state, ActKind.NOTIFY_CORRECTION, process, told.notified_at)
    completed = _moved(notified, ActKind.COMPLETE_CORRECTION, process, told.completed_at)
    return changed(
        completed,
        correction=told.lines,
        correction_notified_at=told.notified_at,
        correction_materials=told.materials,
        corrected_at=told.completed_at,
    )


def _moved(state: CaseState, kind: ActKind, process: Process, at: datetime) -> CaseState:
    act = process.act(kind, state.delivery, None, state.stage)
    stage = act.to if act and act.to else state.stage
    return walk(changed(counted(state, kind, 1), stage=stage), process.leg(stage), at)
