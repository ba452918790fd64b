"""Starts and generations: what a node does before it writes again (spec/channels.md).

After every start a node appends, applies and signs nothing on a channel until it has compared
with that peer; then it opens a new generation. The rules were model-checked: a change here needs
the model extended first.
"""

from dataclasses import replace

from tongban.channels.messages import CompareAnswer, CompareRequest, Position
from tongban.core.channel.events import GenerationOpened
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import HomeOpened
from tongban.logs.rows import ChannelStatus, Head
from tongban.node.arrivals import store_arrivals
from tongban.node.effects import SYSTEM, Effects
from tongban.node.identity import Peer, channel_origin, home_origin
from tongban.node.pushes import verify_push
from tongban.node.work import Draft, Work

NOWHERE = Position(generation=0, size=0)


def position(head: Head | None) -> Position:
    """Where a log ends, as peers speak of it."""
    return Position(generation=head.generation, size=head.size) if head else NOWHERE


def before(left: Position, right: Position) -> bool:
    """Whether one place lies before another in the same log."""
    return (left.generation, left.size) < (right.generation, right.size)


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
    row = work.channel(peer)
    if row.peer_start == asked.start:
        return True
    if work.kernel.store.is_honoured(work.connection, peer, asked.start):
        return False
    work.kernel.store.honour(work.connection, peer, asked.start)
    work.put_channel(replace(row, peer_start=asked.start))
    return True


def adopt(work: Work, peer: Peer, answer: CompareAnswer) -> bool:
    """Take the longer of each pair of logs, then open the generation of this start.

    False when the answer is not for this start, or comes from an earlier start of the peer than
    one that was honoured here since; then the node asks again. Raises PushRejected when the
    answer's logs do not continue ours.
    """
    row = work.channel(peer.name)
    if row.status is not ChannelStatus.COMPARING or answer.for_start != row.own_start:
        return False
    known = work.kernel.store.is_honoured(work.connection, peer.name, answer.start)
    if answer.start != row.peer_start and known:
        return False
    work.kernel.store.honour(work.connection, peer.name, answer.start)
    row = replace(row, status=ChannelStatus.OPEN, peer_start=answer.start)
    work.put_channel(row)
    _recover(work, peer, answer)
    _open_channel(work, peer.name, row.own_start)
    return True


def _recover(work: Work, peer: Peer, answer: CompareAnswer) -> None:
    own, mirror = work.own_log(peer.name), work.mirror(peer.name)
    lost = verify_push(peer.name, work.kernel.identity.as_peer(), work.head(own), answer.askers_log)
    unheard = verify_push(work.kernel.identity.name, peer, work.head(mirror), answer.answerers_log)
    effects = Effects(work, peer.name)
    for grown in store_arrivals(work, mirror, unheard):
        work.countersign(grown)
    for grown in store_arrivals(work, own, lost):
        work.restate(grown)
    effects.replay(lost=lost, unheard=unheard)
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
