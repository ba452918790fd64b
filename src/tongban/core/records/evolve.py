"""Folding the entries about one guest's record into what it stands behind."""

from dataclasses import replace

from tongban.core.entry import Entry
from tongban.core.faults import BrokenInvariant
from tongban.core.records.state import Act, RecordState, line_of


def evolve(state: RecordState | None, entry: Entry, *, writer: str, viewer: str) -> RecordState:
    """The state after an admitted entry; for its own writer it waits until `settle`.

    Raises BrokenInvariant for an entry that is about no record.
    """
    event = entry.event
    if not isinstance(event, Act):
        raise BrokenInvariant(f"{type(event).__name__} on a record")
    known = state or RecordState(guest=entry.subject.id)
    line = line_of(event, entry=entry.id, at=entry.at)
    if viewer == writer:
        return replace(known, pending=(*known.pending, line))
    return replace(known, lines=(*known.lines, line))


def foreseen(state: RecordState) -> RecordState:
    """The state once everything that waits has taken effect."""
    return replace(state, lines=(*state.lines, *state.pending), pending=())
