"""The receiver's decision on a version of a catalogue; the sender recomputes it."""

from tongban.core.catalogues.permit import Shelf, permit
from tongban.core.catalogues.state import CatalogueState
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal


def admit(
    state: CatalogueState | None, entry: Entry, *, writer: str, shelf: Shelf
) -> Refusal | None:
    """None where the version takes effect."""
    return permit(state, entry.subject.id, entry.event, writer=writer, shelf=shelf)
