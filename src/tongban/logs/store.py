"""The contract of a durable store, the same on SQLite and PostgreSQL (tests/conformance).

Guarantees. The store borrows a DB-API connection for one call. It opens, commits and rolls back
nothing, and does not use the connection as a context manager, so everything takes effect with the
caller's transaction or not at all; the caller serialises writers. Reads see what was written
before in the same transaction. Every call is safe to make again after a rollback. Bodies and
intents are encrypted at rest; everything else must hold no personal data.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from tongban.evidence.suite import Suite
from tongban.logs.blobs import BlobStore
from tongban.logs.distrust import DamageStore, MisbehaviourStore
from tongban.logs.marks import MarkStore
from tongban.logs.openings import OpeningStore
from tongban.logs.publications import PublicationStore
from tongban.logs.rows import (
    ChannelRow,
    ErasedBody,
    Generation,
    Head,
    JournalLine,
    LogKind,
    NewEntry,
    PeerRow,
    StatementKind,
    StoredBody,
    StoredCheckpoint,
    StoredDocument,
    StoredEntry,
    StoredState,
    View,
)
from tongban.logs.suites import SuiteStore
from tongban.logs.waiting import IntentStore


class LogStore(SuiteStore, Protocol):
    """Logs, their generations, their entries, and the trees over them."""

    def open_log(self, connection: Any, *, kind: LogKind, peer: str) -> int:
        """The log's number in this database, given to it the first time it is asked for."""
        ...

    def find_log(self, connection: Any, *, kind: LogKind, peer: str) -> int | None:
        """The log's number, or None where it was never asked for."""
        ...

    def open_generation(
        self,
        connection: Any,
        log: int,
        *,
        generation: int,
        start: str,
        origin: str,
        suite: Suite,
        keys: int = 1,
    ) -> Head:
        """An empty generation, or the stored one of the same start, origin and keys.

        keys: number of the writer's key set that signs it, whose suite this is; until another is
        announced, the next generation is under it too. Raises BrokenInvariant for another start.
        """
        ...

    def announce_keys(self, connection: Any, log: int, generation: int, keys: int) -> None:
        """A generation ends with a rotation: the one after it is under this key set."""
        ...

    def newest_keys(self, connection: Any, kind: LogKind) -> int:
        """The highest number of a key set that logs of a kind name; 0 without any."""
        ...

    def head(self, connection: Any, log: int) -> Head | None:
        """The end of the generation with the highest number, if any. Raises TreeDamaged."""
        ...

    def head_of(self, connection: Any, log: int, generation: int) -> Head | None:
        """The end of one generation; it leads to what was stated of it. Raises TreeDamaged."""
        ...

    def generations(self, connection: Any, log: int) -> list[Generation]:
        """All generations, lowest number first."""
        ...

    def append(self, connection: Any, head: Head, entries: Sequence[NewEntry]) -> Head:
        """The new end after all entries, in order; best called once for a batch.

        Leaf hashes are taken as given: they were computed once, where the root was compared.
        Raises BrokenInvariant, having written nothing, when the generation no longer ends at head.
        """
        ...

    def entries(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[StoredEntry]:
        """Entries first ≤ index < stop, as many as there are. Raises EntryDamaged."""
        ...

    def entries_of(self, connection: Any, log: int, type_name: str) -> list[StoredEntry]:
        """A log's entries of one type, through all generations. Raises EntryDamaged."""
        ...

    def weight(self, connection: Any, log: int, generation: int, first: int, stop: int) -> int:
        """About how many bytes the entries first ≤ index < stop are, with their bodies."""
        ...

    def entry(self, connection: Any, log: int, generation: int, index: int) -> StoredEntry | None:
        """One entry in its place. Raises EntryDamaged."""
        ...

    def mark_refused(
        self, connection: Any, log: int, generation: int, index: int, ground: str
    ) -> None:
        """Write down why an entry took no effect; it stays in the log."""
        ...

    def erase_entry(self, connection: Any, log: int, generation: int, index: int) -> None:
        """Remove a refused entry's bytes and identifiers, but not its hash and length.

        Raises BrokenInvariant for an entry that was not refused.
        """
        ...

    def subtree(self, connection: Any, log: int, generation: int) -> Callable[[int, int], bytes]:
        """What `evidence.tree` proves from; valid as long as the connection is lent.

        Each call reads at most 128 rows, whatever the size of the log. Raises BrokenInvariant for
        a subtree that is not complete.
        """
        ...


class BodyStore(Protocol):
    """Contents that entries commit to. An erased body is gone with its salt and leaves a mark."""

    def put_body(  # noqa: PLR0917  the place, then the body, as everywhere here
        self,
        connection: Any,
        log: int,
        generation: int,
        index: int,
        name: str,
        salt: bytes,
        content: bytes,
    ) -> None:
        """Keep a body; changes nothing where it is kept already or was erased."""
        ...

    def body(
        self, connection: Any, log: int, generation: int, index: int, name: str
    ) -> StoredBody | None:
        """One body; None when it was erased or never came. Raises BodyDamaged."""
        ...

    def bodies_of(self, connection: Any, log: int, generation: int, index: int) -> list[StoredBody]:
        """All bodies of an entry that are there, by name. Raises BodyDamaged."""
        ...

    def bodies_between(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[StoredBody]:
        """All bodies of the entries first ≤ index < stop, by index and name. Raises BodyDamaged."""
        ...

    def body_names(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[tuple[int, str]]:
        """Index and name of each body of these entries that is there, also of a damaged one."""
        ...

    def erase_body(  # noqa: PLR0917  the place, then the instant
        self, connection: Any, log: int, generation: int, index: int, name: str, at: datetime
    ) -> None:
        """Remove salt and content and leave a mark, also where the body never came.

        Its bytes leave the database file when the transaction does; earlier pages of a
        write-ahead log go with the next full checkpoint, which is the caller's to order.
        """
        ...

    def erased_bodies(
        self, connection: Any, log: int, generation: int, index: int
    ) -> list[ErasedBody]:
        """The marks of an entry's erased bodies, by name."""
        ...


class CheckpointStore(Protocol):
    """What was stated and signed about sizes of logs: first stored, then committed, then signed."""

    def add_statement(
        self,
        connection: Any,
        *,
        log: int,
        generation: int,
        size: int,
        kind: StatementKind,
        root: bytes,
        at: int,
        keys: int = 1,
    ) -> None:
        """Store what is to be signed; a repetition changes nothing, neither its time nor its keys.

        Raises BrokenInvariant for a second root of the same size: it must never be signed.
        """
        ...

    def put_signature(self, connection: Any, statement: StoredCheckpoint, signature: bytes) -> None:
        """Keep the signature; where there is one already, that one stays.

        Raises BrokenInvariant for a statement that was not stored.
        """
        ...

    def put_note(self, connection: Any, log: int, generation: int, size: int, note: bytes) -> None:
        """Keep the other side's signed note about a size, in the place of an earlier one."""
        ...

    def checkpoint(
        self, connection: Any, log: int, generation: int, size: int
    ) -> StoredCheckpoint | None:
        """What this node stated about exactly this size, with what was signed."""
        ...

    def statements(
        self, connection: Any, log: int, generation: int, *, after: int, limit: int
    ) -> list[StoredCheckpoint]:
        """What this node stated about sizes beyond `after`, smallest first."""
        ...

    def last_statement(
        self, connection: Any, log: int, generation: int, *, at_most: int
    ) -> StoredCheckpoint | None:
        """What this node stated about the greatest size up to `at_most`."""
        ...

    def earliest_checkpoint(
        self, connection: Any, log: int, generation: int, *, cosigned: bool, at_least: int
    ) -> StoredCheckpoint | None:
        """The one of the smallest size that is at_least, such as covers an entry: its index + 1."""
        ...


class JournalStore(Protocol):
    """The order in which this node came to effects and refusals, over all its logs."""

    def record_applied(
        self,
        connection: Any,
        *,
        log: int,
        generation: int,
        index: int,
        subject_kind: str,
        subject_id: str,
        ground: str,
    ) -> int:
        """Its place in the order; places grow and are never used again."""
        ...

    def seq_of(self, connection: Any, log: int, generation: int, index: int) -> int | None:
        """The place in the order at which an entry came, or None where it has not come yet."""
        ...

    def journal_size(self, connection: Any) -> int:
        """How many lines the journal has."""
        ...

    def journal(self, connection: Any, after: int, limit: int) -> list[JournalLine]:
        """At most limit lines after a place, in order; 0 precedes all. Raises EntryDamaged."""
        ...

    def journal_of(self, connection: Any, subject_kind: str, subject_id: str) -> list[JournalLine]:
        """All lines about one subject, in order. Raises EntryDamaged."""
        ...


class StateStore(Protocol):
    """States folded from the journal: droppable."""

    def state(self, connection: Any, view: View, kind: str, subject_id: str) -> bytes | None:
        """A subject's state."""
        ...

    def put_state(
        self, connection: Any, view: View, kind: str, subject_id: str, data: bytes
    ) -> None:
        """A subject's state from now on."""
        ...

    def states(self, connection: Any, view: View, kind: str) -> list[StoredState]:
        """All states of a kind, by id."""
        ...

    def forget_states(self, connection: Any) -> None:
        """Drop every state before a rebuild."""
        ...


class DocumentStore(Protocol):
    """Documents by digest: permanent, and never personal."""

    def document(self, connection: Any, digest: str) -> bytes | None:
        """A document's bytes."""
        ...

    def put_document(self, connection: Any, digest: str, kind: str, data: bytes) -> None:
        """Keep a document; the caller computed its digest.

        Raises BrokenInvariant when the digest is known with another content.
        """
        ...

    def documents(self, connection: Any, kind: str) -> list[StoredDocument]:
        """All documents of a kind, by digest."""
        ...


class ChannelStore(Protocol):
    """Paired nodes, and where the channel with each stands."""

    def peer(self, connection: Any, name: str) -> PeerRow | None:
        """A paired node."""
        ...

    def peers(self, connection: Any) -> list[PeerRow]:
        """All paired nodes, by name."""
        ...

    def put_peer(  # noqa: PLR0917  one argument for each column
        self,
        connection: Any,
        name: str,
        descriptor: bytes,
        fingerprint: str,
        paired_at: datetime,
        compared_keys: int = 1,
    ) -> None:
        """A new pairing, or a new descriptor of a paired node."""
        ...

    def channel(self, connection: Any, peer: str) -> ChannelRow | None:
        """Where the channel with a peer stands; None before it was first put."""
        ...

    def channels(self, connection: Any) -> list[ChannelRow]:
        """Where every channel stands, by peer."""
        ...

    def put_channel(self, connection: Any, row: ChannelRow) -> None:
        """Where a channel stands from now on."""
        ...

    def honour(self, connection: Any, peer: str, start: str) -> None:
        """Remember for ever that a peer's start was answered."""
        ...

    def is_honoured(self, connection: Any, peer: str, start: str) -> bool:
        """Whether a peer's start was answered at any time."""
        ...


class Store(
    LogStore,
    DamageStore,
    BodyStore,
    BlobStore,
    CheckpointStore,
    JournalStore,
    StateStore,
    DocumentStore,
    PublicationStore,
    OpeningStore,
    ChannelStore,
    MisbehaviourStore,
    IntentStore,
    MarkStore,
    Protocol,
):
    """Everything that a node keeps for ever, or folds from what it keeps."""

    def migrate(self, connection: Any) -> None:
        """Bring the tables to this version and see that the data key is theirs; at every start.

        Raises DatabaseTooNew or WrongDataKey, and changes nothing then.
        """
        ...
