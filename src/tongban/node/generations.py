"""Starts and generations: what a node does before it writes again (spec/channels.md).

After every start a node appends, applies and signs nothing on a channel until it has compared
with that peer; then it opens a new generation. The rules were model-checked: a change here needs
the model extended first.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, auto

from tongban.channels.descriptors import fingerprints, read_descriptor
from tongban.channels.messages import CompareAnswer, CompareRequest
from tongban.core.channel.events import GenerationOpened, KeyRotated
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import HomeKeyRotated, HomeOpened
from tongban.logs.rows import ChannelStatus
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import BrokenInvariant
from tongban.node.identifiers import start_name
from tongban.node.identity import Peer, channel_origin, home_origin
from tongban.node.positions import position
from tongban.node.recovery import is_late, recover, verify_answer
from tongban.node.work import Draft, Work


def open_home(work: Work, start: str) -> None:
    """Every start opens a home generation at once: nobody acts on it, so it never waits."""
    _open_home(work, start)
    if work.keys_to_open(work.home_log()) < work.kernel.identity.signer.number:
        renew_home_keys(work)


def renew_home_keys(work: Work) -> None:
    """Tell the home log of the newest keys, and go on in a generation under them."""
    log, kernel = work.home_log(), work.kernel
    event = HomeKeyRotated(
        descriptor=kernel.library.put(work.connection, kernel.describe()),
        number=kernel.identity.signer.number,
    )
    subject = Subject(kind=SubjectKind.NODE, id=kernel.identity.name)
    Effects(work, "").append_home([Draft(event=event, subject=subject, actor=SYSTEM)])
    _announce(work, log, event.number)
    _open_home(work, start_name(kernel.randomness.draw(16)))


def _open_home(work: Work, start: str) -> None:
    log = work.home_log()
    head, keys = work.head(log), work.keys_to_open(log)
    number = head.generation + 1 if head else 1
    name = work.kernel.identity.name
    work.open_generation(
        log,
        number=number,
        start=start,
        origin=home_origin(name, number, start),
        keys=keys,
        suite=work.kernel.identity.suite_of(keys),
    )
    event = HomeOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,
        previous_root=head.range.root(head.suite).hex() if head else "",
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
        answerer=_heard(work, peer) or work.channel(peer).peer_start,
    )


def hear_start(work: Work, peer: str, start: str) -> bool:
    """While comparing, hear under which start the peer speaks to this one; whether that was new.

    Two different ones in one comparison may have come in the wrong order, and nothing says which
    is later: then this node begins again, and what was asked before is void.
    """
    row = work.channel(peer)
    heard = _heard(work, peer)
    if row.status is not ChannelStatus.COMPARING or heard == start:
        return False
    if heard:
        begin_again(work, peer)
    else:
        work.kernel.store.put_mark(work.connection, _mark(peer), f"{row.own_start}/{start}")
    return not heard


def honour(work: Work, peer: str, asked: CompareRequest) -> bool:
    """Answering is a committed act: a start is honoured once, and only the newest one counts.

    The request names this node's present start, so it was asked since this node remembers. False
    when its start was honoured before a newer one: such a request is an old message.
    """
    row, store = work.channel(peer), work.kernel.store
    if row.peer_start == asked.start:
        return True
    if store.is_honoured(work.connection, peer, asked.start):
        return False
    store.honour(work.connection, peer, asked.start)
    work.put_channel(replace(row, peer_start=asked.start))
    return True


class Adopted(Enum):
    """What taking an answer came to."""

    NOTHING = auto()  # it is not for this start, or late
    PART = auto()
    ALL = auto()


def adopt(work: Work, peer: Peer, answer: CompareAnswer, documents: Sequence[bytes]) -> Adopted:
    """Take the longer of each pair of logs, then open the generation of this start.

    After a part the channel stays as it is, and the node as an older backup would have brought it.
    Raises PushRejected or Diverged, having written nothing, when the answer's logs do not continue
    ours.
    """
    row = work.channel(peer.name)
    if row.status is not ChannelStatus.COMPARING or answer.for_start != row.own_start:
        return Adopted.NOTHING
    if is_late(work, peer.name, answer):
        return Adopted.NOTHING
    recovered = verify_answer(work, peer, answer, documents)
    if answer.more:
        recover(work, peer, recovered)
        return Adopted.PART
    work.kernel.store.honour(work.connection, peer.name, answer.start)
    work.put_channel(replace(row, status=ChannelStatus.OPEN, peer_start=answer.start))
    recover(work, peer, recovered)
    _open_channel(work, peer.name, row.own_start)
    renew_keys(work, peer.name)
    return Adopted.ALL


def renew_keys(work: Work, peer: str) -> bool:
    """Where an open channel is under older keys than the newest, announce these and begin again.

    The announcement is the last entry of its generation, so what follows the next comparison is
    a generation under the new keys: to the partner, a rotation is a start. Whether it was done.
    """
    kernel, log = work.kernel, work.own_log(peer)
    newest = kernel.identity.signer.number
    if work.channel(peer).status is not ChannelStatus.OPEN or work.keys_to_open(log) == newest:
        return False
    descriptor = kernel.describe()
    # Another set may have come since: what is announced is the newest that the descriptor names.
    newest = len(fingerprints(read_descriptor(descriptor)))
    event = KeyRotated(descriptor=kernel.library.put(work.connection, descriptor), number=newest)
    draft = Draft(event=event, subject=Subject(kind=SubjectKind.CHANNEL, id=peer), actor=SYSTEM)
    effects = Effects(work, peer)
    effects.append([draft])
    effects.close()
    _announce(work, log, newest)
    begin_again(work, peer)
    return True


def _announce(work: Work, log: int, keys: int) -> None:
    """The present generation takes no more entries; the next one is under these keys."""
    head = work.head(log)
    if head is None:
        raise BrokenInvariant("a log without a generation announces no keys")
    work.kernel.store.announce_keys(work.connection, log, head.generation, keys)
    work.forget_end(log)


def freeze(work: Work, peer: str) -> None:
    """Stop the channel until people have looked, whoever of the two has another history."""
    work.put_channel(replace(work.channel(peer), status=ChannelStatus.FROZEN))


def reopen(work: Work, peer: str, start: str) -> None:
    """Compare as after a start on a channel that was frozen or closed: people asked for it."""
    row = work.channel(peer)
    if row.status in {ChannelStatus.FROZEN, ChannelStatus.CLOSED}:
        work.put_channel(replace(row, status=ChannelStatus.COMPARING, own_start=start))


def close(work: Work, peer: str) -> None:
    """End the channel until people pair again."""
    work.put_channel(replace(work.channel(peer), status=ChannelStatus.CLOSED))


def _heard(work: Work, peer: str) -> str:
    """The start under which the peer spoke to the present one of ours; "" when it did not yet."""
    since, _, heard = (work.kernel.store.mark(work.connection, _mark(peer)) or "").partition("/")
    return heard if since == work.channel(peer).own_start else ""


def _mark(peer: str) -> str:
    return f"heard/{peer}"


def _open_channel(work: Work, peer: str, start: str) -> None:
    log = work.own_log(peer)
    head = work.head(log)
    number = head.generation + 1 if head else 1
    origin = channel_origin(work.kernel.identity.name, peer, number, start)
    keys = work.keys_to_open(log)
    suite = work.kernel.identity.suite_of(keys)
    work.open_generation(log, number=number, start=start, origin=origin, keys=keys, suite=suite)
    event = GenerationOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,
        previous_root=head.range.root(head.suite).hex() if head else "",
    )
    draft = Draft(event=event, subject=Subject(kind=SubjectKind.CHANNEL, id=peer), actor=SYSTEM)
    effects = Effects(work, peer)
    effects.append([draft])
    effects.close()
