"""Taking back what this node had done and forgot (spec/channels.md, "Taking the answer")."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.channels.messages import CompareAnswer, Position, Segment
from tongban.core.channel.events import OutcomeRecorded
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note, verify_note
from tongban.node.arrivals import keep_documents, keep_notes, store_arrivals
from tongban.node.cosignatures import hear_notes
from tongban.node.effects import Effects
from tongban.node.identity import Peer
from tongban.node.outcomes import needs_outcome
from tongban.node.positions import NOWHERE, before, position
from tongban.node.pushes import Arrival, Diverged, PushRejected, verify_push, walk
from tongban.node.work import Work


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovered:
    """What a comparison gives back, verified: our own log, and the peer's as far as we knew it.

    remembered: where our own log ended before.
    """

    lost: Sequence[Arrival]
    unheard: Sequence[Arrival]
    remembered: Position


def verify_answer(
    work: Work, peer: Peer, answer: CompareAnswer, documents: Sequence[bytes]
) -> Recovered:
    """Check both logs of an answer, and keep the documents that their entries cite.

    Raises PushRejected or, when our own signature stands under a log that does not continue the
    one in our database, Diverged; then nothing was kept.
    """
    me = work.kernel.identity
    own, mirror = work.head(work.own_log(peer.name)), work.head(work.mirror(peer.name))
    try:
        lost = verify_push(peer.name, me.as_peer(), own, answer.askers_log)
    except PushRejected as rejected:
        if any(_signed_by(me.as_peer(), segment) for segment in answer.askers_log):
            raise Diverged from rejected
        raise
    unheard = verify_push(me.name, peer, mirror, answer.answerers_log)
    recovered = Recovered(lost=lost, unheard=unheard, remembered=position(own))
    _check_decided(recovered)
    _check_seen(recovered, position(mirror))
    keep_documents(work, [*lost, *unheard], documents)
    return recovered


def recover(work: Work, peer: Peer, recovered: Recovered) -> None:
    """Store what came back and let it take effect as it did."""
    mirror, own = work.mirror(peer.name), work.own_log(peer.name)
    effects = Effects(work, peer.name)
    for grown in store_arrivals(work, mirror, recovered.unheard):
        work.countersign(grown)
    keep_notes(work, mirror, recovered.unheard)
    for grown in store_arrivals(work, own, recovered.lost):
        work.restate(grown)
    work.state()
    hear_notes(work, peer, [arrival.segment.checkpoint for arrival in recovered.lost])
    effects.replay(lost=recovered.lost, unheard=recovered.unheard, remembered=recovered.remembered)
    effects.close()


def _check_decided(recovered: Recovered) -> None:
    """Raises PushRejected when an entry comes back that no outcome of ours decided."""
    decided = NOWHERE
    for _, _, entry in walk(recovered.lost):
        if entry is not None and isinstance(entry.event, OutcomeRecorded):
            decided = Position(generation=entry.event.generation, size=entry.event.size)
    for generation, index, entry in walk(recovered.unheard):
        place = Position(generation=generation, size=index)
        if needs_outcome(entry) and not before(place, decided):
            raise PushRejected("malformed")


def _check_seen(recovered: Recovered, mirrored: Position) -> None:
    """Raises PushRejected when own entries come back that had seen more than comes with them.

    Then the peer forgot some of its own log, or withholds it, and they cannot be understood.
    """
    reach = mirrored
    if recovered.unheard:
        last = recovered.unheard[-1]
        reach = Position(generation=last.segment.generation, size=last.range.size)
    for _, _, entry in walk(recovered.lost):
        seen = entry.seen if entry else None
        if seen and before(reach, Position(generation=seen.generation, size=seen.size)):
            raise PushRejected("mismatch")


def _signed_by(writer: Peer, segment: Segment) -> bool:
    """Whether the writer's key signed the checkpoint, whatever it says about the entries."""
    try:
        note = parse_note(segment.checkpoint)
        key = writer.checkpoint_key(parse_checkpoint(note.text).origin)
    except EvidenceFault:
        return False
    return key in verify_note(note, [key])
