"""What entries do: to this node's states, and to those that the peer must hold.

Every entry of a channel passes here once: written by this node, heard from the peer, or recovered
after a loss. The peer's outcomes are recomputed from the same two logs (spec/channels.md, "Who
decides what is allowed"); a difference is put on the home log for people to see.
"""

from collections import deque
from collections.abc import Mapping, Sequence

from tongban.channels.messages import Position, Segment
from tongban.core.agreements.deposits import speaks_for_others
from tongban.core.cases.admit import recalls
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import Received
from tongban.core.channel.events import AvailabilitySource, OutcomeRecorded, RefusedEntry
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Actor, ActorKind, Entry, Seen, Subject, SubjectKind
from tongban.core.home.events import BodyErased, ClockSkewNoticed, OutcomeDisputed
from tongban.core.plain_codes import unfit_field
from tongban.logs.rows import JournalLine, LogKind, View
from tongban.node.arrivals import Spot
from tongban.node.blobs.receipts import unstored
from tongban.node.erasures import Erasure, lay_marks
from tongban.node.outcomes import (
    NOT_RECEIVED,
    is_founded,
    is_void,
    needs_outcome,
    received_of,
    refused_of,
    since_of,
    until_of,
)
from tongban.node.partner_view import PartnerView
from tongban.node.positions import NOWHERE
from tongban.node.states import States
from tongban.node.verifying import Arrival, walk
from tongban.node.work import Draft, Work

SYSTEM = Actor(kind=ActorKind.SYSTEM)


class Effects:
    """The effects of entries on one channel, inside one transaction; `close` saves the states."""

    def __init__(self, work: Work, peer: str, *, again: bool = False) -> None:
        """again: this is a rebuild, in which nothing new is written on any log."""
        self._work = work
        self._peer = peer
        self._me = work.kernel.identity.name
        self._again = again
        self.own = States(work, view=View.OWN, viewer=self._me, peer=peer)
        self._theirs = PartnerView(work, peer, own_end=NOWHERE if again else None)

    def append(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Write entries to the peer; hand-overs are in transit until its outcome."""
        log = self._work.own_log(self._peer)
        entries, first = self._work.append(log, drafts, seen=self._work.seen(self._peer))
        for index, entry in enumerate(entries, first.size):
            state = self.own.fold(entry, writer=self._me, received=None)
            self._work.applied(
                entry,
                place=(log, first.generation, index),
                writer=self._me,
                peer=self._peer,
                state=state,
                settled=not needs_outcome(entry),
            )
        self._theirs.own_end = None
        return entries

    def append_home(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Write entries that concern this node alone."""
        log = self._work.home_log()
        entries, first = self._work.append(log, drafts, seen=None)
        for index, entry in enumerate(entries, first.size):
            self._work.applied(
                entry,
                place=(log, first.generation, index),
                writer=self._me,
                peer="",
                state=self._fold_home(entry),
            )
        return entries

    def hear(
        self, arrivals: Sequence[Arrival], faulty: Mapping[Spot, str], *, received: Received
    ) -> None:
        """Decide stored entries of the peer in order, and append the outcome in the same breath.

        faulty: grounds on which entries are refused before their noun is asked.
        """
        recalled = recalls([entry for _, _, entry in walk(arrivals) if entry])
        refused: list[RefusedEntry] = []
        anything = False
        for generation, index, entry in walk(arrivals):
            ground = ""
            if needs_outcome(entry):
                known = faulty.get((generation, index), "")
                ground = known or self._judge(generation, entry, recalled, received)
            if ground:
                refused.append(RefusedEntry(generation=generation, index=index, ground=ground))
            anything = anything or needs_outcome(entry)
            self._take(generation, index, entry, ground, received)
        if anything:
            self._record_outcome(arrivals[0].segment, refused, received)

    def replay(
        self, *, lost: Sequence[Arrival], unheard: Sequence[Arrival], remembered: Position
    ) -> None:
        """Give back what this node had done and forgot: its own entries, and what they decided.

        The peer's entries come before the first of our own that had seen them, and those that an
        outcome of ours covers are applied as it says, never decided again. remembered: where our
        own log ended before what is given back.
        """
        waiting = deque(walk(unheard))
        self._theirs.own_end = remembered
        for generation, index, entry in walk(lost):
            if entry is None:
                # Its bytes went after it was refused; the outcome that refused it comes later.
                self._theirs.own_end = Position(generation=generation, size=index + 1)
            else:
                self._take_as_told(waiting, entry)
                self._regain(generation, index, entry)
        for generation, index, entry in waiting:
            # Beyond what our own entries saw lie outcomes and openings, which were heard once.
            self._take(generation, index, entry, "", NOT_RECEIVED)
        self._theirs.own_end = None

    def repeat(self, line: JournalLine, entry: Entry, received: Received | None) -> None:
        """Apply an entry of the journal once more; received: what our outcome says of a peer's."""
        self._work.replaying(line.seq)
        if line.kind is LogKind.MIRROR:
            self._theirs.pass_over_erased(entry)
            told = received or NOT_RECEIVED
            self._take(line.generation, line.index, entry, line.ground, told)
        elif line.kind is LogKind.OWN:
            self._regain(line.generation, line.index, entry)
        else:
            self._regain_home(line, entry)
        self._work.replaying(None)

    def forget_settled(self) -> None:
        """Before a rebuild: no outcome was followed yet."""
        self._theirs.forget_settled()

    def refresh(self) -> None:
        """Read states anew: another room of this transaction may have changed them."""
        self.own.refresh()
        self._theirs.refresh()

    def close(self) -> None:
        """Save both views."""
        self.own.save()
        self._theirs.save()

    def _judge(
        self,
        generation: int,
        entry: Entry | None,
        recalled: frozenset[str],
        received: Received,
    ) -> str:
        if entry is None:
            return ChannelGround.MALFORMED_ENTRY.value
        if not self._theirs.could_see(entry.seen):
            return ChannelGround.SEEN_UNKNOWN.value
        if unfit_field(entry.event):
            # Whatever its noun says: its bytes may be anything, and must be able to go.
            return CaseGround.FIELD_UNFIT.value
        return unstored(self._work, entry, reader=self._me, peer=self._peer) or self.own.judge(
            entry,
            writer=self._peer,
            receiver=self._me,
            generation=generation,
            at=received.received_at,
            recalled=recalled,
        )

    def _take(
        self, generation: int, index: int, entry: Entry | None, ground: str, received: Received
    ) -> None:
        mirror = self._work.mirror(self._peer)
        if ground:
            self._work.kernel.store.mark_refused(
                self._work.connection, mirror, generation, index, ground
            )
        if entry is None:
            return
        state = None
        if isinstance(entry.event, OutcomeRecorded):
            self._hear_outcome(entry.event)
        elif not ground and needs_outcome(entry):
            state = self.own.fold(entry, writer=self._peer, received=received)
            self._notice_skew(entry, received)
        if not is_void(ground):
            self._theirs.follow_to(entry.seen)
            if needs_outcome(entry):
                self._theirs.suppose(entry, writer=self._peer, received=None)
        self._work.applied(
            entry,
            place=(mirror, generation, index),
            writer=self._peer,
            peer=self._peer,
            ground=ground,
            state=state,
        )

    def _record_outcome(
        self, first: Segment, refused: Sequence[RefusedEntry], received: Received
    ) -> None:
        seen = self._work.seen(self._peer)
        event = OutcomeRecorded(
            since_generation=first.generation,
            since_size=first.first,
            generation=seen.generation,
            size=seen.size,
            received_at=received.received_at,
            available_at=received.available_at,
            available_source=AvailabilitySource(received.source),
            refused=tuple(refused),
        )
        subject = Subject(kind=SubjectKind.CHANNEL, id=self._peer)
        self.append([Draft(event=event, subject=subject, actor=SYSTEM)])

    def _hear_outcome(self, event: OutcomeRecorded) -> None:
        """Learn what took effect over there, and check it against our own computation."""
        received, theirs = received_of(event), refused_of(event)
        span = self._theirs.undecided(since_of(event), until_of(event))
        if not is_founded(event, span):
            # It speaks of what was never written or was decided before, or passes something over.
            self._dispute(event.generation, event.size, "", ChannelGround.SEEN_UNKNOWN.value)
            return
        recalled = recalls([entry for _, _, entry in span if entry])
        for generation, index, entry in span:
            if entry is None:
                continue
            if needs_outcome(entry):
                ground = theirs.get((generation, index), "")
                at = event.received_at
                ours = self._theirs.judge(generation, entry, at=at, recalled=recalled)
                alike = bool(ours) == bool(ground) or speaks_for_others(entry.event, self._me)
                if not alike:
                    self._dispute(generation, index, ground, ours)
                self._settle(generation, index, entry, ground, received)
            else:
                self._theirs.follow(entry)
        self._theirs.followed(until_of(event))

    def _settle(
        self, generation: int, index: int, entry: Entry, ground: str, received: Received
    ) -> None:
        own = self._work.own_log(self._peer)
        if ground:
            self._work.kernel.store.mark_refused(
                self._work.connection, own, generation, index, ground
            )
        else:
            self._theirs.suppose(entry, writer=self._me, received=received)
        state = self.own.settle(entry, ground, received)
        self._work.settled(
            entry,
            place=(own, generation, index),
            writer=self._me,
            peer=self._peer,
            ground=ground,
            state=state,
        )

    def _take_as_told(self, waiting: deque[tuple[int, int, Entry | None]], own: Entry) -> None:
        """Take what an own entry had seen off those that wait, as it says if it is an outcome."""
        seen = own.seen or Seen(generation=0, size=0)
        refused, received = {}, NOT_RECEIVED
        if isinstance(own.event, OutcomeRecorded):
            refused, received = refused_of(own.event), received_of(own.event)
        while waiting and waiting[0][:2] < (seen.generation, seen.size):
            generation, index, entry = waiting.popleft()
            ground = refused.get((generation, index), "")
            self._take(generation, index, entry, ground, received)

    def _regain(self, generation: int, index: int, entry: Entry) -> None:
        self._theirs.own_end = Position(generation=generation, size=index + 1)
        if isinstance(entry.event, BodyErased) and not self._again:
            told = Erasure(subject=entry.subject, event=entry.event)
            lay_marks(self._work.kernel, self._work.connection, [told], self._work.now)
        state = self.own.fold(entry, writer=self._me, received=None)
        self._work.applied(
            entry,
            place=(self._work.own_log(self._peer), generation, index),
            writer=self._me,
            peer=self._peer,
            state=state,
            settled=not needs_outcome(entry),
        )

    def _regain_home(self, line: JournalLine, entry: Entry) -> None:
        self._work.applied(
            entry,
            place=(line.log, line.generation, line.index),
            writer=self._me,
            peer=self._peer,
            state=self._fold_home(entry),
        )

    def _fold_home(self, entry: Entry) -> object | None:
        """The case after a local act on it; agreements stand only on channels."""
        if entry.subject.kind is not SubjectKind.CASE:
            return None
        return self.own.fold(entry, writer=self._me, received=None)

    def _dispute(self, generation: int, index: int, theirs: str, ours: str) -> None:
        if self._again:
            return
        event = OutcomeDisputed(
            peer=self._peer, generation=generation, index=index, theirs=theirs, ours=ours
        )
        subject = Subject(kind=SubjectKind.CHANNEL, id=self._peer)
        self.append_home([Draft(event=event, subject=subject, actor=SYSTEM)])

    def _notice_skew(self, entry: Entry, received: Received) -> None:
        skew = int(abs((received.received_at - entry.at).total_seconds()))
        ahead = entry.at > received.received_at
        if ahead and not self._again and skew > self._work.kernel.skew_seconds_max:
            event = ClockSkewNoticed(peer=self._peer, theirs=entry.at, skew_seconds=skew)
            subject = Subject(kind=SubjectKind.CHANNEL, id=self._peer)
            self.append_home([Draft(event=event, subject=subject, actor=SYSTEM)])
