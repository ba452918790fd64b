"""Negotiations between two nodes in one view, loaded when first needed."""

from collections.abc import Callable

from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased
from tongban.core.negotiations.evolve import evolve
from tongban.core.negotiations.settle import settle
from tongban.core.negotiations.state import NegotiationState


class NegotiationStates:
    """Part of `States`, which saves what is `known` here; load: all that is stored, by name."""

    def __init__(
        self, load: Callable[[], dict[str, NegotiationState]], *, viewer: str, peer: str
    ) -> None:
        self._load = load
        self._viewer = viewer
        self._peer = peer
        self._known: dict[str, NegotiationState] | None = None

    @property
    def known(self) -> dict[str, NegotiationState]:
        """Every negotiation between the two, by name."""
        if self._known is None:
            self._known = self._load()
        return self._known

    def forget(self) -> None:
        """Load anew when next needed."""
        self._known = None

    def fold(self, entry: Entry, *, writer: str) -> NegotiationState | None:
        """Apply an entry; the state after it, None where none was known and none begins."""
        if isinstance(entry.event, BodyErased):
            return self.known.get(entry.subject.id)
        state = self.folded(self.known.get(entry.subject.id), entry, writer=writer)
        self.known[state.id] = state
        return state

    def folded(
        self, state: NegotiationState | None, entry: Entry, *, writer: str
    ) -> NegotiationState:
        """The state after an entry; nothing is kept."""
        reader = self._peer if writer == self._viewer else self._viewer
        return evolve(state, entry, writer=writer, reader=reader, viewer=self._viewer)

    def settle(self, entry: Entry, ground: str) -> NegotiationState | None:
        """The writer learns what became of its entry."""
        state = self.known.pop(entry.subject.id, None)
        settled = settle(state, entry.id, refused=ground) if state else None
        if settled is not None:
            self.known[settled.id] = settled
        return settled
