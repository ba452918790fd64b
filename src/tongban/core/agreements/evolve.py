"""Folding the entries about one document into where it stands."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementSigned,
    AgreementSuspended,
    InstrumentCited,
)
from tongban.core.agreements.state import AgreementState, Signature, Suspension
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
        suspensions=tuple(line for line in state.suspensions if line.entry != entry),
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


_FOLDS: Mapping[type[Event], Callable[..., AgreementState]] = {
    AgreementSigned: _signed,
    AgreementSuspended: _suspended,
}
