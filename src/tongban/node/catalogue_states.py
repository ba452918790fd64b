"""What two nodes published to each other, in one view, loaded when first needed."""

from collections.abc import Callable

from tongban.core.canonical import decode
from tongban.core.catalogues.admit import admit
from tongban.core.catalogues.evolve import evolve, settle
from tongban.core.catalogues.state import CatalogueState
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal
from tongban.node.work import Work


class CatalogueStates:
    """Part of `States`, which saves what is `known` here; load: a list's bytes by its publisher."""

    def __init__(self, work: Work, load: Callable[[str], bytes | None], *, viewer: str) -> None:
        self._work = work
        self._load = load
        self._viewer = viewer
        self.known: dict[str, CatalogueState | None] = {}

    def find(self, publisher: str) -> CatalogueState | None:
        """What the publisher told the other, or None."""
        if publisher not in self.known:
            data = self._load(publisher)
            self.known[publisher] = decode(data, CatalogueState) if data else None
        return self.known[publisher]

    def judge(self, entry: Entry, *, writer: str) -> Refusal | None:
        """Why the receiver must refuse the entry, or None where it takes effect."""
        shelf = self._work.kernel.library.shelf(self._work.connection, entry.event)
        return admit(self.find(entry.subject.id), entry, writer=writer, shelf=shelf)

    def fold(self, entry: Entry, *, writer: str) -> CatalogueState:
        """Apply an entry; the state after it."""
        state = self.folded(self.find(entry.subject.id), entry, writer=writer)
        self.known[state.publisher] = state
        return state

    def folded(self, state: CatalogueState | None, entry: Entry, *, writer: str) -> CatalogueState:
        """The state after an entry; nothing is kept."""
        return evolve(state, entry, writer=writer, viewer=self._viewer)

    def settle(self, entry: Entry, ground: str) -> CatalogueState | None:
        """The writer learns what became of its entry."""
        state = self.find(entry.subject.id)
        settled = settle(state, entry.id, refused=ground) if state else None
        if settled is not None:
            self.known[settled.publisher] = settled
        return settled
