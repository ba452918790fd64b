"""Folding the versions of one catalogue into where it stands."""

from dataclasses import replace

from tongban.core.catalogues.events import CataloguePublished
from tongban.core.catalogues.refusals import OF_ORDER
from tongban.core.catalogues.state import CatalogueState, Pending, advanced
from tongban.core.entry import Entry
from tongban.core.faults import BrokenInvariant


def evolve(
    state: CatalogueState | None, entry: Entry, *, writer: str, viewer: str
) -> CatalogueState:
    """The state after an admitted version; for its own writer it waits until `settle`.

    Raises BrokenInvariant for any other entry.
    """
    if not isinstance(entry.event, CataloguePublished):
        raise BrokenInvariant(f"{type(entry.event).__name__} on a catalogue")
    known = state or CatalogueState(publisher=entry.subject.id)
    if viewer != writer:
        return advanced(known, entry.event, entry.at)
    waiting = Pending(entry=entry.id, at=entry.at, event=entry.event)
    return replace(known, pending=(*known.pending, waiting))


def settle(state: CatalogueState, entry: str, *, refused: str) -> CatalogueState:
    """The writer learns what became of a version; refused: the ground, "" where it took effect."""
    waiting = next((each for each in state.pending if each.entry == entry), None)
    if waiting is None:
        return state
    rest = replace(state, pending=tuple(each for each in state.pending if each is not waiting))
    if not refused:
        return advanced(rest, waiting.event, waiting.at)
    return rest if refused in OF_ORDER else _doubted(rest, waiting.event)


def _doubted(state: CatalogueState, event: CataloguePublished) -> CatalogueState:
    """One document of several may be what the partner did not take: each has to be told alone."""
    documents = tuple(line.document for line in event.published)
    if len(documents) == 1:
        return replace(state, refused=(*state.refused, *documents))
    return replace(state, suspects=(*state.suspects, *documents))
