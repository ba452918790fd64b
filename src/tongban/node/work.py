"""One transaction's work: what is appended, what takes effect, what is to be signed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.channels.messages import Position
from tongban.core.body import Body
from tongban.core.canonical import encode
from tongban.core.entry import Actor, Basis, Commitment, Entry, Event, Seen, Subject
from tongban.evidence.commitments import commit
from tongban.evidence.suite import Suite
from tongban.evidence.tree import leaf_hash
from tongban.logs import wire
from tongban.logs.faults import EntryUnreadable
from tongban.logs.rows import ChannelRow, Head, LogKind, NewEntry, StatementKind
from tongban.node.blobs.placing import place_manifest
from tongban.node.faults import BrokenInvariant, UnknownPeer
from tongban.node.identifiers import entry_id
from tongban.node.kernel import Kernel
from tongban.node.ports import Change, Connection
from tongban.node.trees import root_of

SALT_BYTES = 32

#: Log, generation and index of an entry in the store.
Place = tuple[int, int, int]


def readable(data: bytes | None) -> Entry | None:
    """The entry, or None where the bytes are erased or were never an entry."""
    if data is None:
        return None
    try:
        return wire.decode(data)
    except EntryUnreadable:
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An entry to be written; at: the instant it claims, if not the present one."""

    event: Event
    subject: Subject
    actor: Actor
    basis: Basis | None = None
    bodies: tuple[Body, ...] = ()
    at: datetime | None = None


class Work:
    """Collects what one command or push does, on a borrowed connection.

    `close` must be called inside the transaction: it stores the statements to be signed after
    the commit and projects the changes. Nothing is signed here.
    """

    def __init__(self, kernel: Kernel, connection: Connection, now: datetime) -> None:
        self.kernel = kernel
        self.connection = connection
        self.now = now
        self._changes: list[Change] = []
        self._grown: dict[tuple[int, int], Head] = {}
        self._mirrored: dict[tuple[int, int], tuple[Head, str]] = {}
        self._again: int | None = None
        self._logs: dict[tuple[LogKind, str], int] = {}
        self._entries: dict[Place, tuple[int, Entry]] = {}
        self._channels: dict[str, ChannelRow] = {}
        self._forms: dict[str, tuple[object, bytes]] = {}
        self._ends: dict[int, Head | None] = {}

    def own_log(self, peer: str) -> int:
        """The log that this node writes to the peer."""
        return self._log(LogKind.OWN, peer)

    def mirror(self, peer: str) -> int:
        """The log that the peer writes to this node."""
        return self._log(LogKind.MIRROR, peer)

    def home_log(self) -> int:
        """This node's log of local acts."""
        return self._log(LogKind.HOME, "")

    def head(self, log: int) -> Head | None:
        """The log's newest generation and its size; read once, and held against what was stated."""
        if log not in self._ends:
            self._ends[log] = self.kernel.store.head(self.connection, log)
        return self._ends[log]

    def forget_end(self, log: int) -> None:
        """Read anew where a log ends: it was changed otherwise than by `append`."""
        self._ends.pop(log, None)

    def seen(self, peer: str) -> Seen:
        """How much of the peer's log is applied here."""
        head = self.head(self.mirror(peer))
        return (
            Seen(generation=head.generation, size=head.size) if head else Seen(generation=0, size=0)
        )

    def append(
        self, log: int, drafts: Sequence[Draft], *, seen: Seen | None
    ) -> tuple[list[Entry], Head]:
        """Append drafts with their bodies to an own log; the entries, and where the log ended."""
        head = self.head(log)
        if head is None:
            raise BrokenInvariant("a log without a generation takes no entries")
        if head.next_keys != head.keys:
            raise BrokenInvariant(f"{head.origin} ended with a rotation and takes no more entries")
        entries, rows, salted = [], [], []
        last = head.last_entry_id
        for draft in drafts:
            salts = [self.kernel.randomness.draw(SALT_BYTES) for _ in draft.bodies]
            entry = self._entry(draft, salts, last, seen, head.suite)
            last = entry.id
            entries.append(entry)
            data = wire.encode(entry)
            rows.append(self.arrived(data, leaf_hash(head.suite, data), entry))
            salted.append(list(zip(draft.bodies, salts, strict=True)))
        grown = self.kernel.store.append(self.connection, head, rows)
        self.restate(grown)
        self._ends[log] = grown
        for offset, bodies in enumerate(salted):
            for body, salt in bodies:
                place = (log, head.generation, head.size + offset)
                self.put_body(place, body.name, salt, body.content, is_manifest=bool(body.blob))
        return entries, head

    def put_body(
        self, place: Place, name: str, salt: bytes, content: bytes, *, is_manifest: bool
    ) -> None:
        """Store a body beside its entry, and which file it lists where it does."""
        self.kernel.store.put_body(self.connection, *place, name, salt, content)
        if is_manifest:
            place_manifest(self.kernel, self.connection, place, name, content)

    def open_generation(
        self, log: int, *, number: int, start: str, origin: str, keys: int, suite: Suite
    ) -> Head:
        """Begin a generation of a log, which the writer's key set of this number signs.

        suite: of that key set.
        """
        self.forget_end(log)
        return self.kernel.store.open_generation(
            self.connection,
            log,
            generation=number,
            start=start,
            origin=origin,
            suite=suite,
            keys=keys,
        )

    def keys_to_open(self, log: int) -> int:
        """Under which key set the next generation of an own log opens."""
        head = self.head(log)
        return head.next_keys if head else self.kernel.identity.signer.number

    def arrived(self, data: bytes, leaf: bytes, entry: Entry | None) -> NewEntry:
        """What the store keeps of an entry, readable or not."""
        return NewEntry(
            data=data,
            leaf_hash=leaf,
            id=entry.id if entry else "",
            type=wire.type_name(entry.event) if entry else "",
            subject_kind=entry.subject.kind.value if entry else "",
            subject_id=entry.subject.id if entry else "",
        )

    def applied(
        self,
        entry: Entry,
        *,
        place: Place,
        writer: str,
        peer: str,
        ground: str = "",
        state: object | None = None,
        settled: bool = True,
    ) -> None:
        """Enter an entry into the journal and remember the change for the projectors."""
        seq = self._again
        if seq is None:
            seq = self.kernel.store.record_applied(
                self.connection,
                log=place[0],
                generation=place[1],
                index=place[2],
                subject_kind=entry.subject.kind.value,
                subject_id=entry.subject.id,
                ground=ground,
            )
            # A rebuild would gather the whole journal; whoever applies anew reads them back soon.
            self._entries[place] = (seq, entry)
        self._changes.append(
            Change(
                seq=seq,
                entry=entry,
                writer=writer,
                peer=peer,
                ground=ground,
                state=state,
                settled=settled,
                body=self.body_reader(*place),
            )
        )

    def settled(
        self,
        entry: Entry,
        *,
        place: Place,
        writer: str,
        peer: str,
        ground: str,
        state: object | None,
    ) -> None:
        """The outcome of an own entry became known: tell the projectors once more."""
        known = self._entries.get(place)
        seq = known[0] if known else self.kernel.store.seq_of(self.connection, *place)
        before, self._again = self._again, seq
        self.applied(entry, place=place, writer=writer, peer=peer, ground=ground, state=state)
        self._again = before

    def replaying(self, seq: int | None) -> None:
        """What follows was entered into the journal before, at this position."""
        self._again = seq

    def span(
        self, log: int, after: Position, until: Position
    ) -> Iterator[tuple[int, int, Entry | None]]:
        """Entries of a log between two positions, across generations, with their places."""
        for number, first, stop in self._stretches(log, after, until):
            known = [self._entries.get((log, number, index)) for index in range(first, stop)]
            if all(known):
                # After a loss, years of entries were just taken back and need not be read again.
                yield from ((number, first + i, each[1]) for i, each in enumerate(known) if each)
                continue
            for row in self.kernel.store.entries(self.connection, log, number, first, stop):
                here = known[row.index - first]
                yield number, row.index, here[1] if here else readable(row.data)

    def _stretches(
        self, log: int, after: Position, until: Position
    ) -> Iterator[tuple[int, int, int]]:
        """Generation, first index and end of each part between two positions."""
        if after.generation == until.generation:
            yield after.generation, after.size, until.size
            return
        for generation in self.kernel.store.generations(self.connection, log):
            number = generation.generation
            if after.generation <= number <= until.generation:
                first = after.size if number == after.generation else 0
                stop = until.size if number == until.generation else generation.size
                yield number, first, stop

    def channel(self, peer: str) -> ChannelRow:
        """The channel's row, which pairing made."""
        row = self._channels.get(peer) or self.kernel.store.channel(self.connection, peer)
        if row is None:
            raise UnknownPeer(f"{peer} is not paired with this node; run `tongban peer add` first")
        self._channels[peer] = row
        return row

    def put_channel(self, row: ChannelRow) -> None:
        """Keep the channel's row."""
        self.kernel.store.put_channel(self.connection, row)
        self._channels[row.peer] = row

    def countersign(self, head: Head, peer: str) -> None:
        """A peer's log ends here with this transaction: cosign that after the commit."""
        self._mirrored[head.log, head.generation] = (head, peer)

    def restate(self, head: Head) -> None:
        """An own log ends here with this transaction: sign that after the commit."""
        self.forget_end(head.log)
        self._grown[head.log, head.generation] = head

    def state_at(self, log: int, place: Position) -> None:
        """Store what is to be signed about an earlier end of an own log, unless it is stored.

        After a recovery a log is stated only as a whole, and a partner may have to be given back
        just what it had decided.
        """
        store, connection = self.kernel.store, self.connection
        head = store.head_of(connection, log, place.generation)
        if head is None or not 0 < place.size < head.size:
            return
        store.add_statement(
            connection,
            log=log,
            generation=place.generation,
            size=place.size,
            kind=StatementKind.CHECKPOINT,
            root=root_of(self.kernel, connection, log, place.generation, place.size),
            at=max(int(self.now.timestamp()), 0),
            keys=head.keys,
        )

    def form(self, key: str, state: object | None) -> bytes:
        """The bytes of a state; of equal states, such as both views of a case, written once."""
        if state is None:
            return b""
        known = self._forms.get(key)
        if known is None or known[0] != state:
            known = self._forms[key] = (state, encode(state))
        return known[1]

    def body_reader(self, log: int, generation: int, index: int) -> Callable[[str], bytes | None]:
        """A function that reads the bodies of one entry by name."""

        def read(name: str) -> bytes | None:
            found = self.kernel.store.body(self.connection, log, generation, index, name)
            return found.content if found else None

        return read

    def close(self) -> None:
        """Store what is to be signed after the commit, and bring the read models up to date."""
        self.state()
        self.project()

    def state(self) -> None:
        """Store what is to be signed about where the logs end now."""
        for head in self._grown.values():
            self._state(head, StatementKind.CHECKPOINT, head.keys)
        for head, peer in self._mirrored.values():
            own = self.head(self.own_log(peer))
            # On a channel a node speaks with one voice: it cosigns as it signs its own log there.
            keys = own.keys if own else self.kernel.identity.signer.number
            self._state(head, StatementKind.COSIGNATURE, keys)

    def project(self) -> None:
        """Bring the read models up to date with what happened since the last time."""
        if self._changes:
            for projector in self.kernel.projectors:
                projector.project(self.connection, self._changes)
        self._changes.clear()
        self._forms.clear()

    def _log(self, kind: LogKind, peer: str) -> int:
        key = (kind, peer)
        if key not in self._logs:
            self._logs[key] = self.kernel.store.open_log(self.connection, kind=kind, peer=peer)
        return self._logs[key]

    def _state(self, head: Head, kind: StatementKind, keys: int) -> None:
        self.kernel.store.add_statement(
            self.connection,
            log=head.log,
            generation=head.generation,
            size=head.size,
            kind=kind,
            root=head.range.root(head.suite),
            # A clock before 1970 is wrong; no cosignature can say so, and the node goes on.
            at=max(int(self.now.timestamp()), 0),
            keys=keys,
        )

    def foretell(self, draft: Draft, *, id_: str) -> Entry:
        """The entry that a draft may become, with nothing drawn for it and nothing written."""
        salts = [bytes(SALT_BYTES)] * len(draft.bodies)
        return self._made(draft, salts, id_, None, self.kernel.identity.suite)

    def _entry(
        self, draft: Draft, salts: Sequence[bytes], last: str, seen: Seen | None, suite: Suite
    ) -> Entry:
        id_ = entry_id(self.now, random=self.kernel.randomness.draw(10), after=last)
        return self._made(draft, salts, id_, seen, suite)

    def _made(
        self, draft: Draft, salts: Sequence[bytes], id_: str, seen: Seen | None, suite: Suite
    ) -> Entry:
        return Entry(
            id=id_,
            at=draft.at or self.now,
            actor=draft.actor,
            subject=draft.subject,
            event=draft.event,
            basis=draft.basis,
            seen=seen,
            commitments=tuple(
                Commitment(
                    name=body.name,
                    digest=commit(suite, salt, body.content).hex(),
                    size=len(body.content),
                    media=body.media,
                    blob=body.blob,
                )
                for body, salt in zip(draft.bodies, salts, strict=True)
            ),
        )
