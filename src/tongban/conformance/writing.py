"""What the runner writes: entries of its own log, checkpoints of it, messages, envelopes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tongban.channels.descriptors import Descriptor
from tongban.channels.envelopes import seal_envelope
from tongban.channels.messages import Erased, PushedBody, Segment
from tongban.channels.signed_messages import sign_message
from tongban.conformance.log import Generation, Log, channel_origin, root_of
from tongban.conformance.runner import Runner
from tongban.core.channel.events import GenerationOpened
from tongban.core.entry import Actor, ActorKind, Entry, Event, Seen, Subject, SubjectKind
from tongban.evidence.checkpoints import Checkpoint, sign_checkpoint
from tongban.evidence.notes import encode_note
from tongban.evidence.signer import Signer
from tongban.evidence.suites import SUITES
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable
from tongban.node.identifiers import entry_id, start_name

SYSTEM = Actor(kind=ActorKind.SYSTEM)
OFFICER = Actor(kind=ActorKind.OFFICER, role="case_officer", number="1")

_ID_BYTES = 10
_START_BYTES = 16


@dataclass(slots=True)
class Pen:
    """Writes in the runner's name to one node.

    now: the present instant. draw: fresh random bytes. last_id: the greatest id that was used.
    """

    runner: Runner
    node: Descriptor
    now: Callable[[], datetime]
    draw: Callable[[int], bytes]
    last_id: str = ""
    _signed: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def fresh_start(self) -> str:
        """The name of a start that never was."""
        return start_name(self.draw(_START_BYTES))

    def entry(self, event: Event, subject: Subject, known: Seen, **changes: Any) -> bytes:
        """An entry as an honest node would write it now, but for the changes."""
        self.last_id = entry_id(self.now(), random=self.draw(_ID_BYTES), after=self.last_id)
        entry = Entry(
            id=self.last_id, at=self.now(), actor=OFFICER, subject=subject, event=event, seen=known
        )
        return wire.encode(replace(entry, **changes))

    def ahead(self, days: int) -> datetime:
        """An instant that is not yet."""
        return self.now() + timedelta(days=days)

    def open_generation(self, own: Log, start: str, seen: Seen) -> None:
        """Begin the next generation of the runner's log."""
        event = self.opening(own, start)
        origin = channel_origin(self.runner.name, self.node.name, event.number, start)
        first = self.entry(event, self.channel, seen, actor=SYSTEM)
        own.generations.append(
            Generation(
                number=event.number,
                start=start,
                origin=origin,
                suite=self.runner.signer.suite,
                entries=[first],
            )
        )

    def opening(self, own: Log, start: str) -> GenerationOpened:
        """What the first entry of the next generation says."""
        last = own.last if own.generations else None
        return GenerationOpened(
            number=own.end.generation + 1,
            start=start,
            previous_origin=last.origin if last else "",
            previous_size=len(last.entries) if last else 0,
            previous_root=last.root(len(last.entries)).hex() if last else "",
        )

    @property
    def channel(self) -> Subject:
        """The channel, by the other node's name."""
        return Subject(kind=SubjectKind.CHANNEL, id=self.node.name)

    def segment(
        self, generation: Generation, first: int, bodies: Sequence[PushedBody] = ()
    ) -> Segment:
        """All of a generation from an index on, under the checkpoint of its end."""
        size = len(generation.entries)
        place = generation.origin, size
        if place not in self._signed:
            # What was signed once is said again in the same bytes.
            self._signed[place] = self.checkpoint(generation.origin, size, generation.root(size))
        return Segment(
            generation=generation.number,
            start=generation.start,
            first=first,
            entries=generation.entries[first:],
            bodies=list(bodies),
            checkpoint=self._signed[place],
        )

    def beyond(self, generation: Generation, *entries: bytes, **changes: Any) -> Segment:
        """Entries behind the end of a generation that are not written there.

        changes: of the checkpoint (origin, size, root) or who signs it (signer), and the segment's
        first and erased.
        """
        first = len(generation.entries)
        erased: list[Erased] = changes.get("erased", [])
        return Segment(
            generation=generation.number,
            start=generation.start,
            first=changes.get("first", first),
            entries=[b""] * len(erased) if erased else list(entries),
            bodies=[],
            checkpoint=self.checkpoint(
                changes.get("origin", generation.origin),
                changes.get("size", first + len(entries)),
                changes.get("root", root_of(generation.suite, [*generation.entries, *entries])),
                changes.get("signer"),
            ),
            erased=erased,
        )

    def checkpoint(
        self, origin: str, size: int, root: bytes, signer: Signer | None = None
    ) -> bytes:
        """A signed checkpoint, whatever it says."""
        stated = Checkpoint(origin=origin, size=size, root=root)
        return encode_note(sign_checkpoint(stated, signer or self.runner.signer))

    def seal(self, message: bytes, signer: Signer | None = None, **names: str) -> bytes:
        """Sign and seal any bytes as a message to the node.

        names: `claimed` and `receiver` in the note of the signature, `sender` on the envelope.
        """
        me, node = self.runner.name, self.node.name
        signed = sign_message(
            message,
            sender=names.get("claimed", me),
            receiver=names.get("receiver", node),
            signer=signer or self.runner.signer,
        )
        return self.seal_bytes(signed, sender=names.get("sender", me))

    def seal_bytes(self, data: bytes, *, sender: str, key: bytes = b"") -> bytes:
        """An envelope with any bytes in it; key: another than the node's own sealing key."""
        return seal_envelope(
            data,
            sender=sender,
            receiver=self.node.name,
            recipient_key=key or self.node.keys.sealing,
            suite=SUITES[self.node.suite],
        )

    def note_ids(self, own: Log) -> None:
        """Draw ids beyond all that stand in a log that was given back."""
        for generation in own.generations:
            for data in generation.entries:
                try:
                    self.last_id = max(self.last_id, wire.decode(data).id)
                except EntryUnreadable:
                    # Some of the runner's own entries are meant to be none.
                    continue
