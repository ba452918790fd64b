"""Starts and generations: what a node does before it writes again (spec/channels.md).

After every start a node appends, applies and signs nothing on a channel until it has compared
with that peer; then it opens a new generation. The rules were model-checked: a change here needs
the model extended first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tongban.channels.messages import CompareAnswer, CompareRequest, Position
from tongban.core.channel.events import GenerationOpened, OutcomeRecorded
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import HomeOpened
from tongban.logs.rows import ChannelStatus
from tongban.node.arrivals import keep_documents, store_arrivals
from tongban.node.effects import SYSTEM, Effects, needs_outcome
from tongban.node.identifiers import start_name
from tongban.node.identity import Peer, channel_origin, home_origin
from tongban.node.positions import NOWHERE, before, position
from tongban.node.pushes import Arrival, PushRejected, verify_push, walk
from tongban.node.work import Draft, Work


def open_home(work: Work, start: str) -> None:
    """Every start opens a home generation at once: nobody acts on it, so it never waits."""
    log, suite = work.home_log(), work.kernel.identity.suite
    head = work.head(log)
    number = head.generation + 1 if head else 1
    name = work.kernel.identity.name
    work.open_generation(log, number=number, start=start, origin=home_origin(name, number, start))
    event = HomeOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,
        previous_root=head.range.root(suite).hex() if head else "",
    )
    subject = Subject(kind=SubjectKind.NODE, id=name)
    Effects(work, "").append_home([Draft(event=event, subject=subject, actor=SYSTEM)])


def begin(work: Work, peer: str, start: str) -> None:
    """Close the channel to acts until this start is compared with the peer."""
    row = work.channel(peer)
    if row.status in {ChannelStatus.OPEN, ChannelStatus.COMPARING}:
        work.put_channel(replace(row, status=ChannelStatus.COMPARING, own_start=start))


def begin_again(work: Work, peer: str) -> None:
    """Compare once more under a fresh name, as after a start; what was asked before is void."""
    begin(work, peer, start_name(work.kernel.randomness.draw(16)))


def request(work: Work, peer: str, start: str) -> CompareRequest:
    """Where this node stands in both logs, asked under the name of its present start."""
    return CompareRequest(
        start=start,
        own=position(work.head(work.own_log(peer))),
        mirror=position(work.head(work.mirror(peer))),
    )


def honour(work: Work, peer: str, asked: CompareRequest) -> bool:
    """Answering is a committed act: a start is honoured once, and only the newest one counts.

    False when the start was honoured before a newer one; such a request is an old message.
    """
    row, store = work.channel(peer), work.kernel.store
    if row.peer_start != asked.start and store.is_honoured(work.connection, peer, asked.start):
        return False
    store.honour(work.connection, peer, asked.start)
    work.put_channel(replace(row, peer_start=asked.start))
    if row.status is not ChannelStatus.COMPARING:
        return True
    if _answered_another(work, peer, asked.start):
        begin_again(work, peer)
    else:
        store.put_mark(work.connection, _mark(peer), f"{row.own_start}/{asked.start}")
    return True


def adopt(work: Work, peer: Peer, answer: CompareAnswer, documents: Sequence[bytes] = ()) -> bool:
    """Take the longer of each pair of logs, then open the generation of this start.

    False when the answer is not for this start, or comes from another start of the peer than one
    that was answered here since; then the node asks again under a fresh name. Raises
    PushRejected, having written nothing, when the answer's logs do not continue ours.
    """
    row = work.channel(peer.name)
    if row.status is not ChannelStatus.COMPARING or answer.for_start != row.own_start:
        return False
    if _answered_another(work, peer.name, answer.start):
        begin_again(work, peer.name)
        return False
    recovered = _verified(work, peer, answer, documents)
    work.kernel.store.honour(work.connection, peer.name, answer.start)
    row = replace(row, status=ChannelStatus.OPEN, peer_start=answer.start)
    work.put_channel(row)
    _recover(work, peer, recovered)
    _open_channel(work, peer.name, row.own_start)
    return True


def _mark(peer: str) -> str:
    return f"answered/{peer}"


def _answered_another(work: Work, peer: str, start: str) -> bool:
    """Whether another start of the peer than this one was answered in the present comparison."""
    answered = work.kernel.store.mark(work.connection, _mark(peer)) or "/"
    since, _, heard = answered.partition("/")
    return since == work.channel(peer).own_start and heard != start


@dataclass(frozen=True, kw_only=True, slots=True)
class _Recovered:
    """What a comparison gives back, verified: our own log, and the peer's as far as we knew it.

    remembered: where our own log ended before.
    """

    lost: Sequence[Arrival]
    unheard: Sequence[Arrival]
    remembered: Position


def _verified(
    work: Work, peer: Peer, answer: CompareAnswer, documents: Sequence[bytes]
) -> _Recovered:
    me = work.kernel.identity
    own, mirror = work.head(work.own_log(peer.name)), work.head(work.mirror(peer.name))
    lost = verify_push(peer.name, me.as_peer(), own, answer.askers_log)
    unheard = verify_push(me.name, peer, mirror, answer.answerers_log)
    recovered = _Recovered(lost=lost, unheard=unheard, remembered=position(own))
    _check_decided(recovered)
    keep_documents(work, [*lost, *unheard], documents)
    return recovered


def _check_decided(recovered: _Recovered) -> None:
    """Raises PushRejected when an entry comes back that no outcome of ours decided."""
    decided = NOWHERE
    for _, _, entry in walk(recovered.lost):
        if entry is not None and isinstance(entry.event, OutcomeRecorded):
            decided = Position(generation=entry.event.generation, size=entry.event.size)
    for generation, index, entry in walk(recovered.unheard):
        place = Position(generation=generation, size=index)
        if needs_outcome(entry) and not before(place, decided):
            raise PushRejected("malformed")


def _recover(work: Work, peer: Peer, recovered: _Recovered) -> None:
    effects = Effects(work, peer.name)
    for grown in store_arrivals(work, work.mirror(peer.name), recovered.unheard):
        work.countersign(grown)
    for grown in store_arrivals(work, work.own_log(peer.name), recovered.lost):
        work.restate(grown)
    effects.replay(lost=recovered.lost, unheard=recovered.unheard, remembered=recovered.remembered)
    effects.close()


def _open_channel(work: Work, peer: str, start: str) -> None:
    log, suite = work.own_log(peer), work.kernel.identity.suite
    head = work.head(log)
    number = head.generation + 1 if head else 1
    origin = channel_origin(work.kernel.identity.name, peer, number, start)
    work.open_generation(log, number=number, start=start, origin=origin)
    event = GenerationOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,
        previous_root=head.range.root(suite).hex() if head else "",
    )
    draft = Draft(event=event, subject=Subject(kind=SubjectKind.CHANNEL, id=peer), actor=SYSTEM)
    effects = Effects(work, peer)
    effects.append([draft])
    effects.close()
