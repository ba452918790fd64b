"""What guests say of their records between two nodes in one view, loaded when first needed."""

from collections.abc import Callable

from tongban.core.canonical import decode
from tongban.core.entry import Entry
from tongban.core.records.admit import admit
from tongban.core.records.evolve import evolve
from tongban.core.records.permit import Hands
from tongban.core.records.settle import settle
from tongban.core.records.state import RecordState
from tongban.core.refusal import Refusal
from tongban.node.faults import BrokenInvariant
from tongban.node.peers import read_peer
from tongban.node.work import Work


class RecordStates:
    """Part of `States`, which saves what is `known` here; load: a record's bytes by its guest."""

    def __init__(self, load: Callable[[str], bytes | None], *, viewer: str) -> None:
        self._load = load
        self._viewer = viewer
        self.known: dict[str, RecordState | None] = {}

    def find(self, guest: str) -> RecordState | None:
        """The record as the viewer knows it, or None."""
        if guest not in self.known:
            data = self._load(guest)
            self.known[guest] = decode(data, RecordState) if data else None
        return self.known[guest]

    def judge(self, entry: Entry, *, writer: str, hands: Hands) -> Refusal | None:
        """Why the receiver must refuse the entry, or None where it takes effect."""
        return admit(self.find(entry.subject.id), entry, writer=writer, hands=hands)

    def fold(self, entry: Entry, *, writer: str) -> RecordState:
        """Apply an entry; the state after it."""
        state = self.folded(self.find(entry.subject.id), entry, writer=writer)
        self.known[state.guest] = state
        return state

    def folded(self, state: RecordState | None, entry: Entry, *, writer: str) -> RecordState:
        """The state after an entry; nothing is kept."""
        return evolve(state, entry, writer=writer, viewer=self._viewer)

    def settle(self, entry: Entry, ground: str) -> RecordState | None:
        """The writer learns what became of its entry."""
        state = self.find(entry.subject.id)
        settled = settle(state, entry.id, refused=ground) if state else None
        self.known[entry.subject.id] = settled
        return settled


def hands_of(work: Work, writer: str, peer: str, generation: int) -> Hands:
    """In whose hands the keys are under which the writer's log to the other has this generation.

    peer: whichever of the two is not this node. A key set's keeper never changes, so both nodes
    find the same (spec/descriptors.md, "Kept nodes").
    """
    identity, store = work.kernel.identity, work.kernel.store
    if writer == identity.name:
        log, sets = work.own_log(peer), identity.as_peer().sets
    else:
        log, sets = work.mirror(peer), read_peer(store, work.connection, peer).sets
    head = store.head_of(work.connection, log, generation)
    if head is None:
        raise BrokenInvariant(f"an entry of {writer} stands in no generation {generation}")
    return Hands(once_kept=bool(sets[0].kept_by), still_kept=bool(sets[head.keys - 1].kept_by))
