"""Folding the entries of one negotiation into where it stands."""

from dataclasses import replace

from tongban.core.entry import Entry
from tongban.core.faults import BrokenInvariant
from tongban.core.negotiations.events import NegotiationProposed
from tongban.core.negotiations.order import advanced
from tongban.core.negotiations.state import Act, NegotiationState, move_of


def evolve(
    state: NegotiationState | None, entry: Entry, *, writer: str, reader: str, viewer: str
) -> NegotiationState:
    """The state after an admitted entry; for its own writer it waits until `settle`.

    Raises BrokenInvariant for an entry that is about no negotiation, or about one not begun.
    """
    event = entry.event
    if not isinstance(event, Act):
        raise BrokenInvariant(f"{type(event).__name__} in a negotiation")
    if state is None and not isinstance(event, NegotiationProposed):
        raise BrokenInvariant(f"{type(event).__name__} in a negotiation that is not here")
    known = state or NegotiationState(id=entry.subject.id, parties=(writer, reader))
    move = move_of(event, entry=entry.id, by=writer, at=entry.at)
    if viewer == writer:
        return replace(known, pending=(*known.pending, move))
    return advanced(known, move)
