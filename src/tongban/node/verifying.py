"""Verifying what was pushed or given back, before anything is stored (spec/channels.md)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.channels.messages import Erased, Position, Segment
from tongban.core.channel.events import GenerationOpened, KeyRotated
from tongban.core.entry import Entry
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint, verify_checkpoint
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.notes import parse_note, verify_note
from tongban.evidence.suite import Suite
from tongban.evidence.tree import EMPTY, CompactRange, leaf_hash, roots_along
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable
from tongban.logs.rows import Head
from tongban.node.identity import Peer, channel_origin
from tongban.node.rotations import Find, Rotation, accepted


class PushRejected(Exception):
    """The push as a whole says something that cannot be true; nothing of it is stored.

    Its text is the `trouble` to answer with.
    """


class Diverged(Exception):
    """Our own signature stands under another history than ours; freeze the channel, tell people."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """One verified segment: where it goes, its leaves, and what decodes of it.

    keys: number of the writer's key set that signed it, whose suite made its tree. rotation:
    with which its generation ends.
    """

    segment: Segment
    origin: str
    opens: bool
    leaves: tuple[bytes, ...]
    entries: tuple[Entry | None, ...]
    range: CompactRange
    keys: int
    suite: Suite
    rotation: Rotation | None

    @property
    def end(self) -> Position:
        """Where the log ends with this segment."""
        return Position(generation=self.segment.generation, size=self.range.size)


@dataclass(frozen=True, kw_only=True, slots=True)
class _End:
    """Where a log ends, and under which keys it goes on; keys: 0 while nothing says which."""

    generation: int = 0
    size: int = 0
    tree: CompactRange = EMPTY
    root: str = ""
    origin: str = ""
    keys: int = 0
    next_keys: int = 0


def walk(arrivals: Sequence[Arrival]) -> Iterator[tuple[int, int, Entry | None]]:
    """Every entry of the segments with its generation and index, in order."""
    for arrival in arrivals:
        for index, entry in enumerate(arrival.entries, arrival.segment.first):
            yield arrival.segment.generation, index, entry


def verify_push(
    reader: str, writer: Peer, head: Head | None, segments: Sequence[Segment], find: Find
) -> list[Arrival]:
    """Check that the segments continue what is stored, under the writer's own checkpoints.

    find: gives the descriptors that rotations cite. Raises PushRejected: "mismatch" when they
    begin elsewhere, "diverged" when they continue another history than the stored one,
    "keys_ended" when entries follow a rotation in its generation, "keys_refused" when new keys
    are not the writer's to announce or a first generation is under keys that nobody told of,
    "malformed" when the signature, the root or the opening is wrong.
    """
    arrivals: list[Arrival] = []
    end = _end(head)
    for segment in segments:
        opens = segment.generation == end.generation + 1 and segment.first == 0
        origin = channel_origin(writer.name, reader, segment.generation, segment.start)
        if segment.generation == end.generation and origin != end.origin:
            raise PushRejected("diverged")
        if not opens and (segment.generation, segment.first) != (end.generation, end.size):
            raise PushRejected("mismatch")
        if not opens and end.next_keys != end.keys:
            raise PushRejected("keys_ended")
        arrival = _arrival(writer, origin, segment, end, find, opens=opens)
        if opens:
            _check_opening(arrival, end)
        arrivals.append(arrival)
        writer = arrival.rotation.writer if arrival.rotation else writer
        end = _after(arrival)
    return arrivals


def _end(head: Head | None) -> _End:
    if head is None:
        return _End()
    return _End(
        generation=head.generation,
        size=head.size,
        tree=head.range,
        root=head.range.root(head.suite).hex(),
        origin=head.origin,
        keys=head.keys,
        next_keys=head.next_keys,
    )


def _after(arrival: Arrival) -> _End:
    return _End(
        generation=arrival.segment.generation,
        size=arrival.range.size,
        tree=arrival.range,
        root=arrival.range.root(arrival.suite).hex(),
        origin=arrival.origin,
        keys=arrival.keys,
        next_keys=arrival.rotation.number if arrival.rotation else arrival.keys,
    )


def _arrival(
    writer: Peer, origin: str, segment: Segment, end: _End, find: Find, *, opens: bool
) -> Arrival:
    try:
        keys = (end.next_keys if opens else end.keys) or _signed_under(writer, segment)
        key = writer.checkpoint_key(origin, keys)
        stated = verify_checkpoint(parse_note(segment.checkpoint), key)
    except EvidenceFault as fault:
        raise PushRejected("malformed") from fault
    leaves = tuple(_leaves(key.suite, segment))
    grown = (EMPTY if opens else end.tree).extend(key.suite, leaves)
    if stated is None or not _leads_to(key.suite, grown, segment.path, stated):
        raise PushRejected("malformed")
    entries = tuple(_decoded(segment.entries))
    return Arrival(
        segment=segment,
        origin=origin,
        opens=opens,
        leaves=leaves,
        entries=entries,
        range=grown,
        keys=keys,
        suite=key.suite,
        rotation=_rotation(writer, keys, entries, find),
    )


def _leaves(suite: Suite, segment: Segment) -> Iterator[bytes]:
    erased = erased_in(segment)
    for index, data in enumerate(segment.entries, segment.first):
        yield erased[index].leaf_hash if index in erased else leaf_hash(suite, data)


def _signed_under(writer: Peer, segment: Segment) -> int:
    """Number of the key set under which the first generation that is known was signed.

    Raises PushRejected where the reader knows of no such set.
    """
    note = parse_note(segment.checkpoint)
    keys = writer.checkpoint_keys(parse_checkpoint(note.text).origin)
    found = (number for number, key in enumerate(keys, 1) if verify_note(note, [key]))
    signed = next(found, None)
    if signed is None:
        raise PushRejected("keys_refused")
    return signed


def _rotation(
    writer: Peer, keys: int, entries: Sequence[Entry | None], find: Find
) -> Rotation | None:
    """The rotation that ends the entries, if one does; raises PushRejected."""
    events = [entry.event if entry else None for entry in entries]
    if any(isinstance(event, KeyRotated) for event in events[:-1]):
        raise PushRejected("keys_ended")
    last = events[-1] if events else None
    if not isinstance(last, KeyRotated):
        return None
    rotation = accepted(writer, last, keys, find)
    if rotation is None:
        raise PushRejected("keys_refused")
    return rotation


def _leads_to(suite: Suite, grown: CompactRange, path: Sequence[bytes], stated: Checkpoint) -> bool:
    """Whether the entries end at what the checkpoint states, or the path leads from there to it."""
    root = grown.root(suite)
    if not path:
        return (stated.size, stated.root) == (grown.size, root)
    return roots_along(suite, grown.size, stated.size, path) == (root, stated.root)


def erased_in(segment: Segment) -> dict[int, Erased]:
    """What remains of entries whose bytes were erased, by index.

    Raises PushRejected where bytes come all the same, or the place is not in the segment.
    """
    found = {each.index: each for each in segment.erased}
    for index in found:
        place = index - segment.first
        if not 0 <= place < len(segment.entries) or segment.entries[place]:
            raise PushRejected("malformed")
    return found


def _decoded(entries: Sequence[bytes]) -> Iterator[Entry | None]:
    for data in entries:
        try:
            yield wire.decode(data)
        except EntryUnreadable:
            yield None


def _check_opening(arrival: Arrival, end: _End) -> None:
    first = arrival.entries[0] if arrival.entries else None
    event = first.event if first else None
    if not isinstance(event, GenerationOpened):
        raise PushRejected("malformed")
    if (event.number, event.start) != (arrival.segment.generation, arrival.segment.start):
        raise PushRejected("malformed")
    if event.previous_origin != end.origin or event.previous_size < end.size:
        raise PushRejected("diverged")
    if event.previous_size > end.size:
        raise PushRejected("mismatch")
    if event.previous_root != end.root:
        raise PushRejected("malformed")
