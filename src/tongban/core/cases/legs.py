"""Legs of a case: which clock runs against whom, so that delay can be attributed."""

from dataclasses import replace
from datetime import datetime

from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState, Leg


def walk(state: CaseState, kind: LegKind | None, at: datetime) -> CaseState:
    """The same state on a leg of this kind against its holder; None where nothing is owed."""
    running = state.leg
    if running is None:
        return replace(state, legs=(*state.legs, *_started(state, kind, at)))
    if (running.kind, running.party) == (kind, state.holder):
        return state
    turn = max(at, running.began_at)
    ended = replace(running, ended_at=turn)
    return replace(state, legs=(*state.legs[:-1], ended, *_started(state, kind, turn)))


def retrace(state: CaseState) -> CaseState:
    """The same state with its last change of leg undone."""
    legs = state.legs if state.ended else state.legs[:-1]
    return replace(state, legs=(*legs[:-1], replace(legs[-1], ended_at=None)))


def _started(state: CaseState, kind: LegKind | None, at: datetime) -> tuple[Leg, ...]:
    return (Leg(kind=kind, party=state.holder, began_at=at),) if kind else ()
