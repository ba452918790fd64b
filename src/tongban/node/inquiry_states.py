"""Inquiries between two nodes in one view, loaded when first needed."""

from collections.abc import Callable

from tongban.core.canonical import decode
from tongban.core.entry import Entry
from tongban.core.home.events import BodyErased
from tongban.core.inquiries.admit import admit
from tongban.core.inquiries.evolve import evolve
from tongban.core.inquiries.settle import settle
from tongban.core.inquiries.state import InquiryState
from tongban.core.refusal import Refusal


class InquiryStates:
    """Part of `States`, which saves what is `known` here; load: an inquiry's bytes by its name."""

    def __init__(self, load: Callable[[str], bytes | None], *, viewer: str, peer: str) -> None:
        self._load = load
        self._viewer = viewer
        self._peer = peer
        self.known: dict[str, InquiryState | None] = {}

    def find(self, name: str) -> InquiryState | None:
        """The inquiry as the viewer knows it, or None."""
        if name not in self.known:
            data = self._load(name)
            self.known[name] = decode(data, InquiryState) if data else None
        return self.known[name]

    def judge(self, entry: Entry, *, writer: str, receiver: str) -> Refusal | None:
        """Why the receiver must refuse the entry, or None where it takes effect."""
        return admit(self.find(entry.subject.id), entry, writer=writer, reader=receiver)

    def fold(self, entry: Entry, *, writer: str) -> InquiryState | None:
        """Apply an entry; the state after it, None where none was known and none begins."""
        if isinstance(entry.event, BodyErased):
            return self.find(entry.subject.id)
        state = self.folded(self.find(entry.subject.id), entry, writer=writer)
        self.known[state.id] = state
        return state

    def folded(self, state: InquiryState | None, entry: Entry, *, writer: str) -> InquiryState:
        """The state after an entry; nothing is kept."""
        reader = self._peer if writer == self._viewer else self._viewer
        return evolve(state, entry, writer=writer, reader=reader, viewer=self._viewer)

    def settle(self, entry: Entry, ground: str) -> InquiryState | None:
        """The writer learns what became of its entry."""
        state = self.find(entry.subject.id)
        settled = settle(state, entry.id, refused=ground) if state else None
        self.known[entry.subject.id] = settled
        return settled
