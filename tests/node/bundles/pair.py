"""Two made-up nodes with real keys and real logs, without a store or a road between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tongban.channels.descriptors import Descriptor, Reads, Title, make_descriptor, read_descriptor
from tongban.core.canonical import digest
from tongban.core.channel.events import (
    AvailabilitySource,
    GenerationOpened,
    KeyRotated,
    OutcomeRecorded,
    RefusedEntry,
)
from tongban.core.entry import (
    Actor,
    ActorKind,
    Basis,
    Commitment,
    Entry,
    Event,
    Seen,
    Subject,
    SubjectKind,
)
from tongban.core.home.events import HomeOpened
from tongban.evidence.checkpoints import Checkpoint, sign_checkpoint
from tongban.evidence.commitments import commit
from tongban.evidence.notes import SignedNote, cosign_note
from tongban.evidence.proofs import TlogProof, encode_proof
from tongban.evidence.signer import KeyPurpose, KeyRing
from tongban.evidence.suites import SUITES
from tongban.evidence.tree import EMPTY, inclusion_proof, leaf_hash
from tongban.logs import wire
from tongban.node.bundles.entries import BundledEntry, SaltedBody, read_entry

SUITE = SUITES["ed25519-sha256"]
MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
SYSTEM = Actor(kind=ActorKind.SYSTEM)


def key_ring(number: int) -> KeyRing:
    seeds = {purpose: bytes([number, i] * 16) for i, purpose in enumerate(KeyPurpose)}
    return KeyRing.from_seeds(SUITE, seeds)


@dataclass(frozen=True, kw_only=True)
class MadeUpNode:
    name: str
    number: int
    earlier: tuple[int, ...] = ()

    @property
    def ring(self) -> KeyRing:
        return key_ring(self.number)

    @property
    def descriptor(self) -> bytes:
        return make_descriptor(
            name=self.name,
            title=Title(zh="虚构节点", en="A made-up node"),
            jurisdictions=["310117"],
            endpoints=(),
            reads=Reads(entries=(1,), messages=(1,)),
            serial=1 + len(self.earlier),
            signer=self.ring,
            earlier=[key_ring(number) for number in self.earlier],
        )

    @property
    def described(self) -> Descriptor:
        return read_descriptor(self.descriptor)


@dataclass(kw_only=True)
class Generation:
    number: int
    start: str
    origin: str
    lines: list[bytes] = field(default_factory=list)
    bodies: list[dict[str, SaltedBody]] = field(default_factory=list)
    notes: dict[int, SignedNote] = field(default_factory=dict)

    @property
    def leaves(self) -> list[bytes]:
        return [leaf_hash(SUITE, line) for line in self.lines]

    def covering(self, index: int) -> int:
        """Size of the first checkpoint over an entry that both sides signed, or else of any."""
        sizes = sorted(size for size in self.notes if size > index)
        return next((size for size in sizes if len(self.notes[size].signatures) > 1), sizes[0])

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        size = len(self.lines) if size is None else size
        root = EMPTY.extend(SUITE, self.leaves[:size]).root(SUITE)
        return Checkpoint(origin=self.origin, size=size, root=root)


@dataclass(kw_only=True)
class MadeUpLog:
    writer: MadeUpNode
    reader: MadeUpNode | None
    generations: list[Generation] = field(default_factory=list)

    @property
    def last(self) -> Generation:
        return self.generations[-1]

    @property
    def end(self) -> Seen:
        if not self.generations:
            return Seen(generation=0, size=0)
        return Seen(generation=self.last.number, size=len(self.last.lines))

    def has_acts_since(self, since: Seen) -> bool:
        """Whether anything but upkeep of the channel stands at a position or after it."""
        return any(
            not isinstance(wire.decode(line).event, OutcomeRecorded | GenerationOpened | KeyRotated)
            for generation in self.generations
            for index, line in enumerate(generation.lines)
            if (generation.number, index) >= (since.generation, since.size)
        )

    def open(self, number: int | None = None) -> Event:
        number = len(self.generations) + 1 if number is None else number
        start = f"{number:032x}"
        way = f"channel/{self.reader.name}" if self.reader else "home"
        before = self.last if self.generations else None
        origin = f"{self.writer.name}/{way}/{number}-{start}"
        self.generations.append(Generation(number=number, start=start, origin=origin))
        return (GenerationOpened if self.reader else HomeOpened)(
            number=number,
            start=start,
            previous_origin=before.origin if before else "",
            previous_size=len(before.lines) if before else 0,
            previous_root=before.checkpoint().root.hex() if before else "",
        )

    def sign(self, cosigned_at: datetime | None = None) -> None:
        checkpoint = self.last.checkpoint()
        note = sign_checkpoint(checkpoint, self.writer.ring)
        if cosigned_at and self.reader:
            note = cosign_note(
                note,
                name=f"{self.reader.name}/mirror",
                signer=self.reader.ring,
                purpose=KeyPurpose.MIRROR,
                timestamp=int(cosigned_at.timestamp()),
            )
        self.last.notes[checkpoint.size] = note

    def bundled(self) -> Iterator[BundledEntry]:
        for generation in self.generations:
            for index, line in enumerate(generation.lines):
                if not isinstance(wire.decode(line).event, KeyRotated):
                    yield self.bundle(generation, index, generation.covering(index), line)

    def bundle(self, generation: Generation, index: int, size: int, line: bytes) -> BundledEntry:
        leaves = generation.leaves[:size]

        def subtree(level: int, place: int) -> bytes:
            hashes = leaves[place << level : (place + 1) << level]
            return EMPTY.extend(SUITE, hashes).root(SUITE)

        proof = TlogProof(
            index=index,
            hashes=inclusion_proof(SUITE, index, size, subtree),
            checkpoint_note=generation.notes[size],
        )
        entry = read_entry(line, encode_proof(proof), name="made up")
        return BundledEntry(
            data=line,
            entry=entry.entry,
            proof=proof,
            checkpoint=entry.checkpoint,
            place=entry.place,
            bodies=generation.bodies[index],
        )


class Pair:
    """Writes on the logs of two nodes the way nodes do; one minute passes with each act."""

    def __init__(self, ours: MadeUpNode, theirs: MadeUpNode) -> None:
        self.ours, self.theirs = ours, theirs
        self.out = MadeUpLog(writer=ours, reader=theirs)
        self.back = MadeUpLog(writer=theirs, reader=ours)
        self.home = MadeUpLog(writer=ours, reader=None)
        self.now = MORNING
        self._count = 0
        self._applied = {ours.name: self.back.end, theirs.name: self.out.end}
        for log in (self.home, self.out, self.back):
            self.restart(log)

    def restart(self, log: MadeUpLog, number: int | None = None) -> None:
        self.write(log, log.open(number), Subject(kind=SubjectKind.NODE, id=log.writer.name))
        self.sync(log)

    def rotate(self, log: MadeUpLog, new: MadeUpNode) -> None:
        """The writer of a channel log, and reader of the other, goes on under new keys."""
        event = KeyRotated(descriptor=digest(new.descriptor), number=len(new.earlier) + 1)
        self.write(log, event, Subject(kind=SubjectKind.CHANNEL, id=new.name))
        self.sync(log)
        log.writer = self.opposite(log).reader = new
        self.restart(log)

    def write(
        self,
        log: MadeUpLog,
        event: Event,
        subject: Subject,
        *,
        basis: Basis | None = None,
        bodies: Sequence[tuple[str, str, bytes]] = (),
        seen: Seen | None = None,
        entry_id: str = "",
    ) -> tuple[int, int]:
        """Append an entry; returns its position."""
        self.now += timedelta(minutes=1)
        self._count += 1
        salted = {
            name: SaltedBody(salt=bytes([self._count, at] * 16), content=content)
            for at, (name, _, content) in enumerate(bodies)
        }
        entry = Entry(
            id=entry_id or f"{self._count:026}",
            at=self.now,
            actor=SYSTEM,
            subject=subject,
            event=event,
            basis=basis,
            commitments=tuple(
                Commitment(
                    name=name,
                    digest=commit(SUITE, salted[name].salt, content).hex(),
                    size=len(content),
                    media=media,
                )
                for name, media, content in bodies
            ),
            seen=(seen or self._applied[log.writer.name]) if log.reader else None,
        )
        log.last.lines.append(wire.encode(entry))
        log.last.bodies.append(salted)
        return log.last.number, len(log.last.lines) - 1

    def sync(self, log: MadeUpLog) -> None:
        """The writer signs; the reader stores and cosigns."""
        log.sign(self.now)
        if log.reader:
            self._applied[log.reader.name] = log.end

    def push(self, log: MadeUpLog, refused: Sequence[RefusedEntry] = ()) -> None:
        """Hand everything to the reader, whose outcome comes back in the same round."""
        self.deliver(log, refused)
        self.deliver(self.opposite(log))

    def opposite(self, log: MadeUpLog) -> MadeUpLog:
        return self.back if log is self.out else self.out

    def deliver(self, log: MadeUpLog, refused: Sequence[RefusedEntry] = ()) -> None:
        """Hand everything to the reader, who decides it and keeps the outcome for now."""
        since = self.applied(log)
        self.sync(log)
        if log.has_acts_since(since):
            event = self.outcome(log, since, refused)
            subject = Subject(kind=SubjectKind.CHANNEL, id=log.writer.name)
            self.write(self.opposite(log), event, subject)
            self.opposite(log).sign()

    def applied(self, log: MadeUpLog) -> Seen:
        """How much of the log its reader has applied."""
        if log.reader is None:
            raise AssertionError("a home log has no reader")
        return self._applied[log.reader.name]

    def outcome(
        self, log: MadeUpLog, since: Seen, refused: Sequence[RefusedEntry] = ()
    ) -> OutcomeRecorded:
        """What the reader says of everything in the log after a position."""
        return OutcomeRecorded(
            since_generation=since.generation,
            since_size=since.size,
            generation=log.end.generation,
            size=log.end.size,
            received_at=self.now,
            available_at=self.now,
            available_source=AvailabilitySource.NODE,
            refused=tuple(refused),
        )

    def say(
        self,
        log: MadeUpLog,
        event: Event,
        subject: Subject,
        *,
        basis: Basis | None = None,
        bodies: Sequence[tuple[str, str, bytes]] = (),
    ) -> tuple[int, int]:
        """Write an entry and see it take effect."""
        position = self.write(log, event, subject, basis=basis, bodies=bodies)
        if log.reader:
            self.push(log)
        else:
            log.sign()
        return position

    def all_entries(self) -> list[BundledEntry]:
        return [b for log in (self.home, self.out, self.back) for b in log.bundled()]
