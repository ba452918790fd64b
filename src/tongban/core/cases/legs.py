"""Legs of a case: which clock runs against whom, so that delay can be attributed."""

from dataclasses import replace
from datetime import datetime

from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState, Leg
from tongban.core.cases.successor import changed


def walk(state: CaseState, kind: LegKind | None, at: datetime) -> CaseState:
    """The same state on a leg of this kind against its holder; None where nothing is owed."""
    return changed(state, legs=walked(state, kind, at))


def walked(state: CaseState, kind: LegKind | None, at: datetime) -> tuple[Leg, ...]:
    """The legs alone, for who changes more of the state at once."""
    running = state.leg
    if running is None:
        return (*state.legs, *_started(state, kind, at))
    if (running.kind, running.party) == (kind, state.holder):
        return state.legs
    turn = max(at, running.began_at)
    ended = Leg(kind=running.kind, party=running.party, began_at=running.began_at, ended_at=turn)
    return (*state.legs[:-1], ended, *_started(state, kind, turn))


def retrace(state: CaseState) -> CaseState:
    """The same state with its last change of leg undone."""
    legs = state.legs if state.ended else state.legs[:-1]
    return changed(state, legs=(*legs[:-1], replace(legs[-1], ended_at=None)))


def _started(state: CaseState, kind: LegKind | None, at: datetime) -> tuple[Leg, ...]:
    return (Leg(kind=kind, party=state.holder, began_at=at),) if kind else ()
