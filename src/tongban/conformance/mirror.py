"""The runner's mirror of the log that the node under test writes to it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tongban.channels.descriptors import Descriptor
from tongban.channels.messages import Position, Segment
from tongban.conformance.log import NOWHERE, Generation, Log, before, channel_origin, place, root_of
from tongban.conformance.rule import Deviation
from tongban.core.channel.events import GenerationOpened
from tongban.core.entry import Entry
from tongban.evidence.checkpoints import Checkpoint, parse_checkpoint
from tongban.evidence.faults import Fault
from tongban.evidence.notes import parse_note, verify_note
from tongban.evidence.signer import KeyPurpose
from tongban.evidence.suite import Suite
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable


@dataclass(slots=True)
class Mirror:
    """Takes what continues it, and never believes two histories.

    counted: how many segments, openings and entries were looked at.
    """

    node: Descriptor
    reader: str
    log: Log = field(default_factory=Log)
    counted: Counter[str] = field(default_factory=Counter)
    _roots: dict[tuple[str, int], bytes] = field(default_factory=dict)
    _last_id: str = ""
    _seen: Position = NOWHERE

    def forget(self) -> None:
        """Lose everything but what was signed once: that holds for ever."""
        self.log, self._last_id, self._seen = Log(), "", NOWHERE

    def take(
        self, segments: Sequence[Segment], own_end: Position
    ) -> Iterator[tuple[Position, Entry]]:
        """Each new entry with its place; segments that begin elsewhere are passed over.

        own_end: beyond which the node cannot have seen anything. Raises Deviation.
        """
        for segment in segments:
            origin = channel_origin(self.node.name, self.reader, segment.generation, segment.start)
            stated, suite = self._stated(origin, segment)
            end = self.log.end
            opens = (segment.generation, segment.first) == (end.generation + 1, 0)
            goes_on = bool(self.log.generations) and self.log.last.origin == origin
            if not opens and not (goes_on and segment.first == end.size):
                continue
            before_it = [] if opens else self.log.last.entries
            self._check_root(stated, suite, [*before_it, *segment.entries])
            entries = [self._entry(data, own_end) for data in segment.entries]
            if opens:
                self._check_opening(segment, entries)
                self.log.generations.append(
                    Generation(
                        number=segment.generation, start=segment.start, origin=origin, suite=suite
                    )
                )
            last = self.log.last
            last.entries += segment.entries
            last.note = segment.checkpoint
            for index, entry in enumerate(entries, segment.first):
                yield Position(generation=segment.generation, size=index), entry

    def _stated(self, origin: str, segment: Segment) -> tuple[Checkpoint, Suite]:
        """What the node's log key signed about the segment's end, and the suite of that key."""
        self.counted["segments"] += 1
        try:
            note = parse_note(segment.checkpoint)
            stated = parse_checkpoint(note.text)
        except Fault as fault:
            raise Deviation("log.signed", f"its checkpoint is unreadable: {fault}") from fault
        keys = self.node.verifier_keys(KeyPurpose.LOG, origin)
        signed = next((key for key in keys if verify_note(note, [key])), None)
        if signed is None or stated.origin != origin:
            raise Deviation(
                "log.signed",
                f"a checkpoint of {stated.origin!r} is not signed by the node's log key under "
                f"{origin!r}",
            )
        known = self._roots.setdefault((origin, stated.size), stated.root)
        if known != stated.root:
            raise Deviation(
                "log.one_history",
                f"two roots of {stated.size} entries of {origin}: {known.hex()} and "
                f"{stated.root.hex()}",
            )
        generation = self.log.under(origin)
        if generation is not None and stated.size <= len(generation.entries):
            self._check_past(stated, generation)
        return stated, signed.suite

    def _check_past(self, stated: Checkpoint, generation: Generation) -> None:
        if generation.root(stated.size) != stated.root:
            raise Deviation(
                "log.one_history",
                f"its checkpoint of {stated.size} entries of {stated.origin} is not of the entries "
                "that it gave before",
            )

    def _check_root(self, stated: Checkpoint, suite: Suite, entries: list[bytes]) -> None:
        root = root_of(suite, entries)
        if (stated.size, stated.root) != (len(entries), root):
            raise Deviation(
                "log.root",
                f"its checkpoint states {stated.size} entries and {stated.root.hex()}; the entries "
                f"are {len(entries)} and lead to {root.hex()}",
            )

    def _check_opening(self, segment: Segment, entries: Sequence[Entry]) -> None:
        self.counted["openings"] += 1
        event = entries[0].event if entries else None
        last = self.log.last if self.log.generations else None
        expected = GenerationOpened(
            number=segment.generation,
            start=segment.start,
            previous_origin=last.origin if last else "",
            previous_size=len(last.entries) if last else 0,
            previous_root=last.root(len(last.entries)).hex() if last else "",
        )
        if event != expected:
            raise Deviation("log.opening", f"it begins with {event!r}; right is {expected!r}")

    def _entry(self, data: bytes, own_end: Position) -> Entry:
        self.counted["entries"] += 1
        try:
            entry = wire.decode(data)
        except EntryUnreadable as fault:
            raise Deviation("log.entries", f"{fault}: {data[:200]!r}") from fault
        if entry.id <= self._last_id:
            raise Deviation("log.ids", f"{entry.id} comes after {self._last_id}")
        self._last_id = entry.id
        seen = entry.seen
        reach = Position(generation=seen.generation, size=seen.size) if seen else None
        if reach is None or before(own_end, reach) or before(reach, self._seen):
            raise Deviation(
                "log.seen",
                f"an entry says {seen}; the runner's log ends at {place(own_end)}, and an earlier "
                f"entry had seen {place(self._seen)}",
            )
        self._seen = reach
        return entry
