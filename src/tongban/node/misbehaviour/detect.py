"""Notices that a peer signed what contradicts what it signed before.

Nothing here says anything about this node's own memory: that our database is another than the one
our own signatures stand for is found when an answer is verified, and is called Diverged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.channels.messages import Segment
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import SignedAs
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.contradictions import Contradiction, doubts, signed_by
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, encode_note, parse_note
from tongban.evidence.suite import Suite
from tongban.evidence.tree import Subtree, leaf_hash, node_hash, path_between, root_at
from tongban.logs.rows import ContradictionRow, Generation, StoredCheckpoint
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import BrokenInvariant
from tongban.node.identity import Peer
from tongban.node.misbehaviour.notice import notice_of
from tongban.node.trees import root_of
from tongban.node.work import Draft, Work

#: Checkpoints of one peer that nothing explains; more than these prove nothing more.
STRAYS_MAX = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class _Claim:
    """One checkpoint that the peer signed about a log that is stored here.

    keys: of the peer in this role, one for each of its key sets.
    """

    note: SignedNote
    stated: Checkpoint
    keys: Sequence[VerifierKey]
    role: SignedAs
    log: int
    stored: Generation


class Watch:
    """What one message of a peer shows about the peer; inside its transaction."""

    def __init__(self, work: Work, peer: Peer) -> None:
        self._work = work
        self._peer = peer

    def look(self, segments: Sequence[Segment], notes: Sequence[bytes]) -> bool:
        """Whether the peer contradicts itself in a way that was not known; it is kept then.

        segments: of the peer's log, as it gave them. notes: of our log, cosigned by the peer.
        """
        found = [self._of_segment(segment) for segment in segments]
        found += [self._of_note(claim) for claim in self._strays()]
        found += [self._of_note(claim) for note in notes for claim in self._cosigned(note)]
        kept = [self._keep(each) for each in found if each]
        return any(kept)

    def _of_segment(self, segment: Segment) -> tuple[_Claim, Contradiction] | None:
        claim = self._written(segment.checkpoint)
        if claim is None:
            return None
        if claim.stated.size <= claim.stored.size:
            return self._of_note(claim)
        return self._of_longer(claim, segment)

    def _of_note(self, claim: _Claim) -> tuple[_Claim, Contradiction] | None:
        """The checkpoint lies within what is stored, and so is of this tree or contradicts it."""
        stated, stored = claim.stated, claim.stored
        if not 0 < stated.size <= stored.size or self._root(claim) == stated.root:
            return None
        held = self._held(claim, at_least=stated.size)
        if held is None:
            return None
        return self._between(claim, claim.note, held, self._subtree(claim))

    def _of_longer(self, claim: _Claim, segment: Segment) -> tuple[_Claim, Contradiction] | None:
        """The checkpoint lies beyond what is stored: its own entries must begin with that."""
        first, stop = segment.first, segment.first + len(segment.entries)
        if first > claim.stored.size or stop != claim.stated.size:
            return None
        leaves = [leaf_hash(self._suite(claim), data) for data in segment.entries]
        subtree = self._replaced(claim, first, leaves)
        if root_at(self._suite(claim), stop, subtree) != claim.stated.root:
            return self._puzzle(claim)
        size = claim.stored.size
        if size == 0 or root_at(self._suite(claim), size, subtree) == claim.stored.root:
            return None
        held = self._held(claim, at_least=size)
        return self._between(claim, held, claim.note, subtree) if held else None

    def _between(
        self, claim: _Claim, first: SignedNote, second: SignedNote, subtree: Subtree
    ) -> tuple[_Claim, Contradiction] | None:
        """The proof, unless it does not hold: a flipped bit of ours must accuse nobody."""
        old, new = (parse_checkpoint(note.text).size for note in (first, second))
        path = path_between(self._suite(claim), old, new, subtree) if old < new else ()
        # What was held before comes first where both are of one size.
        pair = (first, second) if old < new else (second, first)
        found = Contradiction(first=pair[0], second=pair[1], path=path)
        return None if any(doubts(found, *claim.keys)) else (claim, found)

    def _puzzle(self, claim: _Claim) -> tuple[_Claim, Contradiction] | None:
        """Its own entries do not lead to it. Another such, of the same size, contradicts it."""
        store, connection = self._work.kernel.store, self._work.connection
        known = store.strays(connection, self._peer.name)
        if len(known) < STRAYS_MAX:
            store.put_stray(connection, self._peer.name, encode_note(claim.note))
        for other in map(parse_note, known):
            found = Contradiction(first=other, second=claim.note)
            if not any(doubts(found, *claim.keys)):
                return claim, found
        return None

    def _strays(self) -> Iterator[_Claim]:
        """Puzzles of earlier messages; what has grown over them may solve them now."""
        for note in self._work.kernel.store.strays(self._work.connection, self._peer.name):
            claim = self._written(note)
            if claim is not None:
                yield claim

    def _written(self, data: bytes) -> _Claim | None:
        """A checkpoint of the peer's own log."""
        return self._claim(data, self._work.mirror(self._peer.name), SignedAs.WRITER)

    def _cosigned(self, data: bytes) -> Iterator[_Claim]:
        """A checkpoint of our log that the peer cosigned."""
        claim = self._claim(data, self._work.own_log(self._peer.name), SignedAs.MIRROR)
        if claim is not None:
            yield claim

    def _claim(self, data: bytes, log: int, role: SignedAs) -> _Claim | None:
        """What the peer signed in this role, unless it is what is known already."""
        try:
            note = parse_note(data)
            stated = parse_checkpoint(note.text)
        except EvidenceFault:
            return None
        store, connection = self._work.kernel.store, self._work.connection
        generations = store.generations(connection, log)
        stored = next((each for each in generations if each.origin == stated.origin), None)
        if stored is None:
            return None
        known = store.checkpoint(connection, log, stored.generation, stated.size)
        if known and known.root == stated.root:
            return None
        keys = self._keys(stated.origin, role)
        signed = _signed_by_any(note, keys)
        if signed is None:
            return None
        return _Claim(note=signed, stated=stated, keys=keys, role=role, log=log, stored=stored)

    def _keys(self, origin: str, role: SignedAs) -> tuple[VerifierKey, ...]:
        if role is SignedAs.WRITER:
            return self._peer.checkpoint_keys(origin)
        return self._peer.cosignature_keys()

    def _held(self, claim: _Claim, *, at_least: int) -> SignedNote | None:
        """What the peer signed before about the same log, of this size or the next beyond it."""
        found: StoredCheckpoint | None = self._work.kernel.store.earliest_checkpoint(
            self._work.connection,
            claim.log,
            claim.stored.generation,
            cosigned=claim.role is SignedAs.MIRROR,
            at_least=at_least,
        )
        if found is None or found.note is None:
            return None
        return _signed_by_any(parse_note(found.note), claim.keys)

    def _root(self, claim: _Claim) -> bytes:
        """What the stored log has at the size of which the claim speaks."""
        place = (claim.log, claim.stored.generation, claim.stated.size)
        return root_of(self._work.kernel, self._work.connection, *place)

    def _suite(self, claim: _Claim) -> Suite:
        place = (claim.log, claim.stored.generation)
        return self._work.kernel.store.suite_of(self._work.connection, *place)

    def _subtree(self, claim: _Claim) -> Subtree:
        store, connection = self._work.kernel.store, self._work.connection
        return store.subtree(connection, claim.log, claim.stored.generation)

    def _replaced(self, claim: _Claim, first: int, leaves: Sequence[bytes]) -> Subtree:
        """The tree that has these leaves from `first` on, and what is stored before it."""
        stored, suite = self._subtree(claim), self._suite(claim)

        def read(level: int, index: int) -> bytes:
            if (index + 1) << level <= first:
                return stored(level, index)
            if level == 0:
                return leaves[index - first]
            below = (read(level - 1, 2 * index), read(level - 1, 2 * index + 1))
            return node_hash(suite, *below)

        return read

    def _keep(self, found: tuple[_Claim, Contradiction]) -> bool:
        claim, contradiction = found
        work = self._work
        paired = work.kernel.store.peer(work.connection, self._peer.name)
        if paired is None:
            raise BrokenInvariant(f"{self._peer.name} was heard and is no partner")
        new = work.kernel.store.put_contradiction(
            work.connection,
            ContradictionRow(
                peer=self._peer.name,
                found_at=work.now,
                descriptor=paired.descriptor,
                first=encode_note(contradiction.first),
                second=encode_note(contradiction.second),
                path=b"".join(contradiction.path),
            ),
        )
        if new:
            self._record(claim, contradiction)
        return new

    def _record(self, claim: _Claim, found: Contradiction) -> None:
        event = notice_of(found, peer=self._peer.name, role=claim.role)
        subject = Subject(kind=SubjectKind.CHANNEL, id=self._peer.name)
        effects = Effects(self._work, self._peer.name)
        effects.append_home([Draft(event=event, subject=subject, actor=SYSTEM)])


def _signed_by_any(note: SignedNote, keys: Sequence[VerifierKey]) -> SignedNote | None:
    """The note with one line of one of the keys that holds."""
    return next((one for one in (signed_by(note, key) for key in keys) if one), None)
