"""Erasures as a node knows them, so that they are made again on a database that forgot them.

An erasure stands on the home log of the node that made it, and as soon as the line is open also on
its channel log to the partner who may hold the same body. So it survives the disk with everything
else that the partner gives back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from tongban.channels.messages import CompareAnswer, Segment
from tongban.core.entry import Actor, ActorKind, Subject
from tongban.core.home.events import BodyErased
from tongban.logs.rows import LogKind
from tongban.node.bundles.places import read_place
from tongban.node.faults import BrokenInvariant
from tongban.node.identity import channel_origin
from tongban.node.kept_lists import KeptLists
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, readable

_TYPE = "body.erased"


#: Marks: erasures of a later database that are to be recorded, and to be made, here.
_UNRECORDED, _UNLAID = "erasures/unrecorded", "erasures/unlaid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Erasure:
    """A body that was erased; subject: the case, inquiry or negotiation beside which it stood."""

    subject: Subject
    event: BodyErased


_ERASURES = KeptLists(msgspec.json.Decoder(list[Erasure]))


def erasures_known(kernel: Kernel, connection: Connection) -> list[Erasure]:
    """Every erasure of this node's that its logs tell of, each once, in their order."""
    found: dict[BodyErased, Erasure] = {}
    logs = [kernel.store.find_log(connection, kind=LogKind.HOME, peer="")]
    logs += [
        kernel.store.find_log(connection, kind=LogKind.OWN, peer=peer)
        for peer in kernel.peers.names()
    ]
    for log in logs:
        for erasure in _told(kernel, connection, log) if log is not None else ():
            found.setdefault(erasure.event, erasure)
    return list(found.values())


def lay_marks(
    kernel: Kernel, connection: Connection, erasures: Sequence[Erasure], now: datetime
) -> int:
    """Erase what is there, and see that what is not there yet never comes; how many were there."""
    erased = 0
    for erasure in erasures:
        place = place_of(kernel, connection, erasure.event)
        if place is None:
            continue
        erased += is_there(kernel, connection, (*place, erasure.event.index), erasure.event.body)
        kernel.store.erase_body(connection, *place, erasure.event.index, erasure.event.body, now)
    return erased


def keep_for_start(kernel: Kernel, connection: Connection, erasures: Sequence[Erasure]) -> None:
    """Let a database that is put back know what a later one erased.

    What stands in it is erased by `lay_marks`; this is for what a partner will give back, and for
    the record, which only the node itself may write, once it has started.
    """
    for name in (_UNRECORDED, _UNLAID):
        _ERASURES.write(kernel.store, connection, name, erasures)


def take_unrecorded(kernel: Kernel, connection: Connection) -> list[Draft]:
    """What the home log lost of erasures with the database, to be appended once."""
    found = _ERASURES.read(kernel.store, connection, _UNRECORDED)
    _ERASURES.write(kernel.store, connection, _UNRECORDED, ())
    return [telling(erasure) for erasure in found]


def lay_kept(kernel: Kernel, connection: Connection, now: datetime) -> None:
    """Erase again what has come back of that; the rest waits for the entries that it is about."""
    waiting = _ERASURES.read(kernel.store, connection, _UNLAID)
    if waiting:
        lay_marks(kernel, connection, waiting, now)
        left = [each for each in waiting if place_of(kernel, connection, each.event) is None]
        _ERASURES.write(kernel.store, connection, _UNLAID, left)


def place_of(kernel: Kernel, connection: Connection, event: BodyErased) -> tuple[int, int] | None:
    """Log and generation of the entry whose body was erased; None for one that is not here.

    After a loss another generation may bear the same number, so its origin decides.
    """
    me, place = kernel.identity.name, read_place(event.origin, event.index)
    writer, reader = place.log.writer, place.log.reader
    kind, peer = LogKind.HOME, ""
    if reader:
        kind, peer = (LogKind.OWN, reader) if writer == me else (LogKind.MIRROR, writer)
    log = kernel.store.find_log(connection, kind=kind, peer=peer)
    head = kernel.store.head_of(connection, log, place.generation) if log is not None else None
    return (head.log, head.generation) if head and head.origin == event.origin else None


def untold(kernel: Kernel, connection: Connection, peer: str) -> list[Erasure]:
    """Erasures on the home log of what stood between the two, that it was not told of yet."""
    log = kernel.store.find_log(connection, kind=LogKind.OWN, peer=peer)
    told = {erasure.event for erasure in _told(kernel, connection, log)} if log else set()
    home = kernel.store.find_log(connection, kind=LogKind.HOME, peer="")
    return [
        erasure
        for erasure in (_told(kernel, connection, home) if home else ())
        if erasure.event not in told and peer in _partners(kernel, connection, erasure.subject)
    ]


def spared(kernel: Kernel, asker: str, answer: CompareAnswer) -> CompareAnswer:
    """The answer to a comparison without the bodies that the asker itself says it erased.

    It says so later in its log than the body stands, so perhaps only in another part.
    """
    me = kernel.identity.name
    logs = (answer.askers_log, answer.answerers_log)
    subjects = {subject for log in logs for subject in _subjects_in(log)}
    with kernel.database.read() as connection:
        erased = {
            place for subject in subjects for place in erased_by(kernel, connection, asker, subject)
        }
    return msgspec.structs.replace(
        answer,
        askers_log=[_without(erased, asker, me, segment) for segment in answer.askers_log],
        answerers_log=[_without(erased, me, asker, segment) for segment in answer.answerers_log],
    )


def _subjects_in(segments: Sequence[Segment]) -> Iterator[Subject]:
    """The subjects of entries that have bodies."""
    for segment in segments:
        for index in {body.index for body in segment.bodies}:
            entry = readable(segment.entries[index - segment.first])
            if entry is None:
                raise BrokenInvariant("a body was kept beside something that is no entry")
            yield entry.subject


def erased_by(
    kernel: Kernel, connection: Connection, writer: str, subject: Subject
) -> Iterator[tuple[str, int, str]]:
    """Origins, indexes and names of the subject's bodies that a peer's log says it erased."""
    for line in kernel.store.journal_of(connection, subject.kind.value, subject.id):
        told = (line.kind, line.peer) == (LogKind.MIRROR, writer)
        # Only what holds these bytes can be one; the others need not be read.
        entry = readable(line.data) if told and _TYPE.encode() in (line.data or b"") else None
        if entry is not None and isinstance(entry.event, BodyErased):
            yield entry.event.origin, entry.event.index, entry.event.body


def _without(
    erased: set[tuple[str, int, str]], writer: str, reader: str, segment: Segment
) -> Segment:
    origin = channel_origin(writer, reader, segment.generation, segment.start)
    bodies = [body for body in segment.bodies if (origin, body.index, body.name) not in erased]
    return msgspec.structs.replace(segment, bodies=bodies)


def _partners(kernel: Kernel, connection: Connection, subject: Subject) -> set[str]:
    """Who may hold bodies of it; who alone said what was refused has no part in it."""
    lines = kernel.store.journal_of(connection, subject.kind.value, subject.id)
    return {
        line.peer
        for line in lines
        if line.peer and not (line.ground and line.kind is LogKind.MIRROR)
    }


def _told(kernel: Kernel, connection: Connection, log: int) -> Iterator[Erasure]:
    for row in kernel.store.entries_of(connection, log, _TYPE):
        entry = readable(row.data)
        if entry is None or not isinstance(entry.event, BodyErased):
            raise BrokenInvariant(f"an own entry of the type {_TYPE} tells of no erasure")
        yield Erasure(subject=entry.subject, event=entry.event)


def is_there(
    kernel: Kernel, connection: Connection, place: tuple[int, int, int], name: str
) -> bool:
    """Whether there is something to erase, also where it rotted. place: log, generation, index."""
    log, generation, index = place
    return (index, name) in kernel.store.body_names(connection, log, generation, index, index + 1)


def telling(erasure: Erasure) -> Draft:
    """The entry by which a partner is told of an erasure."""
    return Draft(event=erasure.event, subject=erasure.subject, actor=Actor(kind=ActorKind.SYSTEM))
