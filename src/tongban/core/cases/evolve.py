"""Folding entries, in log order, into a case as one node sees it.

Both nodes fold the same entries; once no hand-over is on its way and both know the outcomes,
their states are equal (spec/cases.md, "Two views").
"""

from dataclasses import replace

from tongban.core.cases.acts import ACT_OF, acted_at, reported_of
from tongban.core.cases.beginning import as_sent, begin
from tongban.core.cases.counts import counted, counts_with
from tongban.core.cases.events import (
    CaseDispatched,
    CaseTakenIn,
    DeemedAcceptanceReversed,
    HandoverRecalled,
)
from tongban.core.cases.flags import flags_of
from tongban.core.cases.folds import FOLDS
from tongban.core.cases.legs import retrace, walked
from tongban.core.cases.process import Act, ActKind, LegKind, Process
from tongban.core.cases.settle import landed
from tongban.core.cases.state import BasisUse, CaseState, Received, Transit
from tongban.core.cases.successor import changed
from tongban.core.entry import Basis, Entry, Event
from tongban.core.faults import BrokenInvariant


def evolve(
    state: CaseState | None,
    entry: Entry,
    *,
    writer: str,
    viewer: str,
    process: Process,
    received: Received | None = None,
) -> CaseState:
    """The case after an admitted entry, in the view of node `viewer`.

    received: what the viewer's own outcome says of the push that brought the entry; None for
    what the viewer wrote itself. A recall that won changes nothing at its receiver, where there
    may be no case to fold. Raises BrokenInvariant for an entry that cannot have been admitted.
    """
    if isinstance(entry.event, CaseTakenIn):
        return _arrived(entry, process)
    before = state or _arrived(entry, process)
    if isinstance(entry.event, HandoverRecalled):
        return _recalled(before, entry.event)
    if isinstance(entry.event, DeemedAcceptanceReversed):
        return _reversed(before, process)
    if type(entry.event) not in ACT_OF:
        raise BrokenInvariant(f"{type(entry.event).__name__} is not about a case")
    if isinstance(entry.event, CaseDispatched):
        before = as_sent(before, entry.event, process)
    act = act_for(before, entry.event, entry.basis, process)
    after = _noted(before, entry, act)
    if act is None or not _moves(before, entry, act, process):
        return after
    stage = act.to or before.stage
    leg = process.leg(stage)
    if act.hands_over_to is None:
        return changed(after, stage=stage, legs=walked(after, leg, acted_at(entry)))
    receiver = before.node_of(act.hands_over_to)
    after = changed(
        after,
        stage=stage,
        transit=_transit(before, entry, receiver, leg),
        returned="",
        legs=walked(after, LegKind.TRANSIT, entry.at),
    )
    return after if writer == viewer else landed(after, received)


def act_for(state: CaseState, event: Event, basis: Basis | None, process: Process) -> Act | None:
    """The act of the process that this event records; a dispatch goes by its own basis."""
    dispatched_on = state.dispatched_on
    if isinstance(event, CaseDispatched) and basis:
        dispatched_on = basis.kind
    return process.act(ACT_OF[type(event)], state.delivery, dispatched_on, state.stage)


def _arrived(entry: Entry, process: Process) -> CaseState:
    if not isinstance(entry.event, CaseDispatched | CaseTakenIn):
        raise BrokenInvariant(f"{type(entry.event).__name__} on a case that is not here")
    bodies = (line.name for line in entry.commitments)
    return begin(entry.subject.id, entry.event, bodies, process)


def _noted(before: CaseState, entry: Entry, act: Act | None) -> CaseState:
    kind = ACT_OF[type(entry.event)]
    noted = FOLDS[type(entry.event)](before, entry, entry.event)
    bases = noted.bases
    if entry.basis:
        bases = (*bases, BasisUse(act=kind, basis=entry.basis, entry=entry.id))
    flags = (*noted.flags, *flags_of(before, entry, act))
    return changed(noted, counts=counts_with(noted, kind, 1), bases=bases, flags=flags)


def _moves(state: CaseState, entry: Entry, act: Act, process: Process) -> bool:
    """Whether stage and custody follow; a fact that comes late may only lead forward."""
    if act.additive:
        return False
    if state.stage in act.during:
        return True
    if reported_of(entry.event) is None:
        raise BrokenInvariant(f"{act.act} in stage {state.stage}")
    return bool(act.to) and not state.ended and process.rank(act.to) > process.rank(state.stage)


def _transit(before: CaseState, entry: Entry, receiver: str, leg: LegKind | None) -> Transit:
    return Transit(
        entry=entry.id,
        act=ACT_OF[type(entry.event)],
        sender=before.holder,
        receiver=receiver,
        previous_stage=before.stage,
        leg=leg,
    )


def _recalled(state: CaseState, event: HandoverRecalled) -> CaseState:
    if state.transit is None or state.transit.entry != event.handover:
        return state
    return changed(state, transit=replace(state.transit, recalled=True))


def _reversed(state: CaseState, process: Process) -> CaseState:
    """Back to where the case stood before it was deemed accepted, if it still stands there."""
    act = process.act(ActKind.DEEM_ACCEPTED, state.delivery, state.dispatched_on, state.stage)
    if act is None or not state.deemed_accepted:
        raise BrokenInvariant(f"no deemed acceptance to reverse in stage {state.stage}")
    undone = changed(counted(state, ActKind.DEEM_ACCEPTED, -1), deemed_due_on="", accepted_at=None)
    if state.stage != act.to:
        return undone
    return retrace(changed(undone, stage=act.during[0]))
