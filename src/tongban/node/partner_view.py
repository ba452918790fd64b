"""What the partner must hold: its states, and how far of our log it says that it applied.

Both nodes recompute each other's decisions from the same two logs (spec/channels.md, "Who decides
what is allowed"), so each keeps the other's view beside its own.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from tongban.channels.messages import Position
from tongban.core.cases.state import Received
from tongban.core.channel.events import OutcomeRecorded
from tongban.core.entry import Entry, Seen
from tongban.core.faults import BrokenInvariant as CoreBrokenInvariant
from tongban.logs.rows import View
from tongban.node.blobs.receipts import unstored
from tongban.node.faults import BrokenInvariant
from tongban.node.outcomes import is_void, needs_outcome, received_of, refused_of, until_of
from tongban.node.positions import NOWHERE, before, position
from tongban.node.states import States
from tongban.node.work import Work


class PartnerView:
    """The view of one peer, inside one transaction; `save` writes its states.

    own_end: where our log to the peer ends for this purpose; None while it is as the store has it.
    """

    def __init__(self, work: Work, peer: str, *, own_end: Position | None) -> None:
        self._work = work
        self._peer = peer
        self._me = work.kernel.identity.name
        self._states = States(work, view=View.PEER, viewer=peer, peer=self._me)
        self.own_end = own_end

    def could_see(self, seen: Seen | None) -> bool:
        """Whether a peer can have seen so much of our log, and has not said before it saw more."""
        if seen is None:
            return False
        place = _place(seen)
        return not before(place, self._acknowledged()) and self._is_written(place)

    def undecided(self, since: Position, until: Position) -> list[tuple[int, int, Entry | None]]:
        """Our entries that an outcome from `since` to `until` decides; none where it cannot.

        It cannot where the peer had decided something beyond `since`, or our log is shorter.
        """
        fresh = not before(since, self._acknowledged())
        possible = fresh and before(since, until) and self._is_written(until)
        return list(self._own_entries(until)) if possible else []

    def judge(
        self, generation: int, entry: Entry, *, at: datetime, recalled: frozenset[str]
    ) -> str:
        """Why the peer must refuse an entry of ours, or "" where it takes effect there."""
        lacking = unstored(self._work, entry, reader=self._peer, peer=self._peer)
        return lacking or self._states.judge(
            entry,
            writer=self._me,
            receiver=self._peer,
            generation=generation,
            at=at,
            recalled=recalled,
        )

    def suppose(self, entry: Entry, *, writer: str, received: Received | None) -> None:
        """Fold an entry; what no honest peer can have written changes nothing there.

        Such an entry is refused here, or its outcome is disputed, so people know.
        """
        with suppress(BrokenInvariant, CoreBrokenInvariant):
            self._states.fold(entry, writer=writer, received=received)

    def follow_to(self, seen: Seen | None) -> None:
        """The peer wrote having applied this much of our log: bring its view up to there."""
        if seen is None or not self.could_see(seen):
            return
        done = None
        for generation, index, entry in self._own_entries(_place(seen)):
            if entry is None or needs_outcome(entry):
                break
            self.follow(entry)
            done = Position(generation=generation, size=index + 1)
        if done is not None:
            self.followed(done)

    def follow(self, entry: Entry) -> None:
        """An own outcome reached the peer: in its view, its hand-overs are settled."""
        if not isinstance(entry.event, OutcomeRecorded):
            return
        refused, received = refused_of(entry.event), received_of(entry.event)
        until = until_of(entry.event)
        for generation, index, theirs in self._work.span(
            self._work.mirror(self._peer), self._states.settled_until, until
        ):
            ground = refused.get((generation, index), "")
            if theirs is not None and needs_outcome(theirs) and not is_void(ground):
                self._states.settle(theirs, ground, received)
        self._states.settled_until = until

    def followed(self, until: Position) -> None:
        """The peer's view stands here in our log from now on."""
        row = self._work.channel(self._peer)
        self._work.put_channel(
            replace(row, replicated_generation=until.generation, replicated_size=until.size)
        )

    def forget_settled(self) -> None:
        """Before a rebuild: no outcome was followed yet."""
        if self._states.settled_until != NOWHERE:
            self._states.settled_until = NOWHERE

    def pass_over_erased(self, theirs: Entry) -> None:
        """In a rebuild: own entries without bytes have no line in the journal, and were written.

        theirs: an entry that speaks of our log up to some place, and so comes after all of it.
        """
        places = [_place(theirs.seen)] if theirs.seen else []
        if isinstance(theirs.event, OutcomeRecorded):
            places.append(until_of(theirs.event))
        for until in places:
            if self.own_end is None or not before(self.own_end, until):
                continue
            own = self._work.own_log(self._peer)
            for generation, index, entry in self._work.span(own, self.own_end, until):
                if entry is not None:
                    break
                self.own_end = Position(generation=generation, size=index + 1)

    def refresh(self) -> None:
        """Read states anew."""
        self._states.refresh()

    def save(self) -> None:
        """Write the states that changed."""
        self._states.save()

    def _is_written(self, place: Position) -> bool:
        log = self._work.own_log(self._peer)
        if self.own_end is None:
            self.own_end = position(self._work.head(log))
        if before(self.own_end, place) or place in {NOWHERE, self.own_end}:
            return not before(self.own_end, place)
        found = self._work.kernel.store.head_of(self._work.connection, log, place.generation)
        return found is not None and 0 <= place.size <= found.size

    def _acknowledged(self) -> Position:
        """How far of our log the peer's entries say that it applied it."""
        row = self._work.channel(self._peer)
        return Position(generation=row.replicated_generation, size=row.replicated_size)

    def _own_entries(self, until: Position) -> Iterator[tuple[int, int, Entry | None]]:
        """Our entries from where the peer's view stands; None where the bytes were erased."""
        return self._work.span(self._work.own_log(self._peer), self._acknowledged(), until)


def _place(seen: Seen) -> Position:
    return Position(generation=seen.generation, size=seen.size)
