"""Catalogues that two nodes told each other, in one view, loaded when first needed."""

from collections.abc import Callable

from tongban.core.canonical import decode
from tongban.core.catalogues.admit import admit
from tongban.core.catalogues.evolve import evolve, settle
from tongban.core.catalogues.state import CatalogueState, Withdrawal
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal
from tongban.node.work import Work


class CatalogueStates:
    """Part of `States`, which saves what is `known`; load: a catalogue's bytes by publisher."""

    def __init__(self, work: Work, load: Callable[[str], bytes | None], *, viewer: str) -> None:
        self._work = work
        self._load = load
        self._viewer = viewer
        self.known: dict[str, CatalogueState | None] = {}

    def find(self, publisher: str) -> CatalogueState | None:
        """What one of the two nodes published to the other, or None."""
        if publisher not in self.known:
            data = self._load(publisher)
            self.known[publisher] = decode(data, CatalogueState) if data else None
        return self.known[publisher]

    def withdrawal(self, publisher: str, item: str) -> Withdrawal | None:
        """What a node of the two has told the other of an item's withdrawal."""
        state = self.find(publisher)
        return state.foreseen.withdrawal(item) if state else None

    def judge(self, entry: Entry, *, writer: str) -> Refusal | None:
        """Why the receiver must refuse the entry, or None where it takes effect."""
        shelf = self._work.kernel.library.shelf(self._work.connection, entry.event)
        return admit(self.find(entry.subject.id), entry, writer=writer, shelf=shelf)

    def fold(self, entry: Entry, *, writer: str) -> CatalogueState:
        """Apply an entry; the state after it."""
        return self._kept(self.folded(self.find(entry.subject.id), entry, writer=writer))

    def folded(self, state: CatalogueState | None, entry: Entry, *, writer: str) -> CatalogueState:
        """The state after an entry; nothing is kept."""
        return evolve(state, entry, writer=writer, viewer=self._viewer)

    def settle(self, entry: Entry, ground: str) -> CatalogueState | None:
        """The writer learns what became of its entry."""
        known = self.find(entry.subject.id)
        settled = settle(known, entry.id, refused=ground) if known else None
        return self._kept(settled) if settled else None

    def _kept(self, state: CatalogueState) -> CatalogueState:
        self.known[state.publisher] = state
        return state
