"""Folding the entries about one document into where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    InstrumentCited,
)
from tongban.core.agreements.state import (
    AgreementState,
    Lift,
    Signature,
    Suspension,
    Termination,
)
from tongban.core.entry import Entry, Event
from tongban.core.faults import BrokenInvariant


def evolve(state: AgreementState | None, entry: Entry, *, writer: str) -> AgreementState:
    """The state after an admitted entry of either log; raises BrokenInvariant for any other."""
    if isinstance(entry.event, AgreementOffered | InstrumentCited):
        return _begun(state, entry, writer)
    fold = _FOLDS.get(type(entry.event))
    if state is None or fold is None:
        raise BrokenInvariant(f"{type(entry.event).__name__} on a document that is not here")
    return fold(state, entry, entry.event, writer)


def settle(state: AgreementState, entry: str, *, refused: str) -> AgreementState | None:
    """The writer learns the outcome of its entry; what was refused is as if never said.

    refused: the ground, "" where the entry took effect. None: the offer itself was refused.
    """
    if not refused:
        return state
    if state.entry == entry:
        return None
    return replace(
        state,
        signatures=tuple(line for line in state.signatures if line.entry != entry),
        suspensions=tuple(
            _without_lift(line, entry) for line in state.suspensions if line.entry != entry
        ),
        terminations=tuple(line for line in state.terminations if line.entry != entry),
    )


def _begun(state: AgreementState | None, entry: Entry, writer: str) -> AgreementState:
    if state is not None:
        raise BrokenInvariant(f"{entry.subject.id} was laid before the partner twice")
    return AgreementState(
        document=entry.subject.id,
        offered_by=writer,
        offered_at=entry.at,
        entry=entry.id,
        cited=isinstance(entry.event, InstrumentCited),
    )


def _signed(
    state: AgreementState, entry: Entry, event: AgreementSigned, _writer: str
) -> AgreementState:
    line = Signature(party=event.party, note=event.note, at=entry.at, entry=entry.id)
    return replace(state, signatures=(*state.signatures, line))


def _suspended(
    state: AgreementState, entry: Entry, event: AgreementSuspended, writer: str
) -> AgreementState:
    line = Suspension(
        by=writer, ground=event.ground, items=event.items, at=entry.at, entry=entry.id
    )
    return replace(state, suspensions=(*state.suspensions, line))


def _resumed(
    state: AgreementState, entry: Entry, event: AgreementResumed, writer: str
) -> AgreementState:
    lift = Lift(items=event.items, at=entry.at, entry=entry.id)
    return replace(
        state,
        suspensions=tuple(
            replace(line, lifts=(*line.lifts, lift))
            if line.by == writer and not line.is_lifted
            else line
            for line in state.suspensions
        ),
    )


def _without_lift(stop: Suspension, entry: str) -> Suspension:
    return replace(stop, lifts=tuple(lift for lift in stop.lifts if lift.entry != entry))


def _terminated(
    state: AgreementState, entry: Entry, event: AgreementTerminated, writer: str
) -> AgreementState:
    line = Termination(
        by=writer,
        ground=event.ground,
        last_day=date.fromisoformat(event.last_day),
        at=entry.at,
        entry=entry.id,
    )
    return replace(state, terminations=(*state.terminations, line))


_FOLDS: Mapping[type[Event], Callable[..., AgreementState]] = {
    AgreementSigned: _signed,
    AgreementSuspended: _suspended,
    AgreementResumed: _resumed,
    AgreementTerminated: _terminated,
}
