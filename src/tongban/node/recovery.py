"""Taking back what this node had done and forgot (spec/channels.md, "Taking the answer")."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from tongban.channels.messages import CompareAnswer, Position, Segment
from tongban.core.channel.events import OutcomeRecorded
from tongban.evidence.checkpoints import parse_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note, verify_note
from tongban.node.arrivals import finder, keep_documents, keep_notes, store_arrivals
from tongban.node.cosignatures import hear_notes
from tongban.node.effects import Effects
from tongban.node.identity import Peer
from tongban.node.outcomes import needs_outcome, refused_of
from tongban.node.positions import NOWHERE, before, position
from tongban.node.verifying import Arrival, Diverged, PushRejected, erased_in, verify_push, walk
from tongban.node.work import Work

_log = structlog.get_logger(__name__)


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
    me, find = work.kernel.identity, finder(work, documents)
    own, mirror = work.head(work.own_log(peer.name)), work.head(work.mirror(peer.name))
    try:
        lost = verify_push(peer.name, me.as_peer(), own, answer.askers_log, find)
    except PushRejected as rejected:
        if any(_signed_by(me.as_peer(), segment) for segment in answer.askers_log):
            raise Diverged from rejected
        if str(rejected) == "keys_refused":
            _lament_lost_keys()
            raise PushRejected("keys_lost") from rejected
        raise
    _check_keys(me.signer.number, lost)
    if any(segment.path for segment in answer.answerers_log):
        # The answerer signs its own log anew, wherever it ends it.
        raise PushRejected("malformed")
    unheard = verify_push(me.name, peer, mirror, answer.answerers_log, find)
    if answer.more and not lost:
        raise PushRejected("malformed")
    recovered = Recovered(lost=lost, unheard=unheard, remembered=position(own))
    _check_decided(recovered, unheard[-1].end if unheard else position(mirror))
    _check_erased(recovered)
    keep_documents(work, [*lost, *unheard], documents)
    return recovered


def recover(work: Work, peer: Peer, recovered: Recovered) -> None:
    """Store what came back and let it take effect as it did."""
    mirror, own = work.mirror(peer.name), work.own_log(peer.name)
    effects = Effects(work, peer.name)
    for grown in store_arrivals(work, mirror, recovered.unheard):
        work.countersign(grown, peer.name)
    keep_notes(work, mirror, recovered.unheard)
    for grown in store_arrivals(work, own, recovered.lost):
        work.restate(grown)
    work.state()
    hear_notes(work, peer, [arrival.segment.checkpoint for arrival in recovered.lost])
    effects.replay(lost=recovered.lost, unheard=recovered.unheard, remembered=recovered.remembered)
    effects.close()


def is_late(work: Work, peer: str, answer: CompareAnswer) -> bool:
    """Whether it begins before where a log ends by now: it answers an earlier request."""
    logs = (work.own_log(peer), answer.askers_log), (work.mirror(peer), answer.answerers_log)
    return any(
        before(Position(generation=given[0].generation, size=given[0].first), end)
        for end, given in ((position(work.head(log)), given) for log, given in logs)
        if given
    )


def _check_decided(recovered: Recovered, heard: Position) -> None:
    """Raises PushRejected when what comes back is not just what outcomes of ours decided.

    heard: where the peer's log ends with what comes back.
    """
    decided = NOWHERE
    for _, _, entry in walk(recovered.lost):
        if entry is not None and isinstance(entry.event, OutcomeRecorded):
            decided = Position(generation=entry.event.generation, size=entry.event.size)
    for generation, index, entry in walk(recovered.unheard):
        place = Position(generation=generation, size=index)
        if needs_outcome(entry) and not before(place, decided):
            raise PushRejected("malformed")
    if before(heard, decided):
        raise PushRejected("malformed")


def _check_keys(newest: int, lost: Sequence[Arrival]) -> None:
    """Raises PushRejected when we announced keys that we have no more."""
    if any(arrival.rotation and arrival.rotation.number > newest for arrival in lost):
        _lament_lost_keys()
        raise PushRejected("keys_lost")


def _lament_lost_keys() -> None:
    _log.error(
        "keys_lost",
        reason="a partner gives back that this node changed its keys, and the key file is from "
        "before; stop the node and put the newest key file in place",
    )


def _check_erased(recovered: Recovered) -> None:
    """Raises PushRejected when the peer's log comes without bytes that no outcome of ours refused.

    Of what we wrote ourselves we cannot tell: the outcome that refused it may not be given back.
    """
    refused = {
        spot
        for _, _, entry in walk(recovered.lost)
        if entry is not None and isinstance(entry.event, OutcomeRecorded)
        for spot in refused_of(entry.event)
    }
    for arrival in recovered.unheard:
        for index in erased_in(arrival.segment):
            if (arrival.segment.generation, index) not in refused:
                raise PushRejected("malformed")


def _signed_by(writer: Peer, segment: Segment) -> bool:
    """Whether a key of the writer signed the checkpoint, whatever it says about the entries."""
    try:
        note = parse_note(segment.checkpoint)
        keys = writer.checkpoint_keys(parse_checkpoint(note.text).origin)
    except EvidenceFault:
        return False
    return any(verify_note(note, [key]) for key in keys)
