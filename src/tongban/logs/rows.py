"""What the store hands out: frozen rows, with opaque bytes where only core or evidence reads."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from tongban.evidence.suite import Suite
from tongban.evidence.tree import CompactRange


class LogKind(StrEnum):
    """Who writes a log, seen from this node."""

    OWN = "own"  # this node, to one peer
    MIRROR = "mirror"  # one peer, to this node
    HOME = "home"  # this node, for itself


class StatementKind(StrEnum):
    """What this node's signature under a checkpoint says."""

    CHECKPOINT = "checkpoint"  # of a log that this node writes
    COSIGNATURE = "cosignature"  # of a log that it mirrors: everything so far is stored


class View(StrEnum):
    """Whose idea of a case or agreement: this node's own, or the peer's as its outcomes tell it."""

    OWN = "own"
    PEER = "peer"


class ChannelStatus(StrEnum):
    """What may happen on a channel (spec/channels.md)."""

    COMPARING = "comparing"
    OPEN = "open"
    FROZEN = "frozen"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The end of a generation, which is where entries are appended.

    start: 32 hexadecimal digits. last_entry_id: the greatest so far, "" while there is none.
    opened: how many generations of the log are stored. keys: number of the writer's key set that
    signs it; next_keys: of the one that signs the generation after it. suite: whose hash makes the
    tree.
    """

    log: int
    generation: int
    start: str
    origin: str
    suite: Suite
    size: int
    range: CompactRange
    last_entry_id: str
    opened: int
    keys: int = 1
    next_keys: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Generation:
    """A generation as a whole; keys: of the writer, by number.

    root: of its present size as it is stored, b"" where that is unreadable; that of a Head is
    checked. suite: whose hash made its tree.
    """

    generation: int
    start: str
    origin: str
    suite: Suite
    size: int
    root: bytes
    keys: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """An entry's exact bytes, their leaf hash, and what the entry says of itself.

    data: None for one that comes back after its bytes were erased; length: of the bytes then.
    id, type, subject_kind, subject_id: "" where a peer's bytes are no entry.
    """

    data: bytes | None
    leaf_hash: bytes
    length: int = 0
    id: str = ""
    type: str = ""
    subject_kind: str = ""
    subject_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEntry:
    """An entry in its place.

    data: None once erased; length: of the original bytes. ground: "" unless it was refused.
    """

    log: int
    generation: int
    index: int
    data: bytes | None
    leaf_hash: bytes
    length: int
    ground: str
    id: str
    type: str
    subject_kind: str
    subject_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """A leaf's hash as it is stored, and as the entry's bytes give it; None where they are gone."""

    index: int
    stored: bytes
    of_bytes: bytes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredEnd:
    """What is stored of a generation's end, none of it checked.

    range: bytes of a CompactRange. stated: the root of that size, if one was. entries: how many
    there are.
    """

    size: int
    range: bytes
    stated: bytes | None
    entries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedRow:
    """Where an entry that was refused still has its bytes; has_bodies: and some bodies."""

    generation: int
    index: int
    ground: str
    has_bodies: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredBody:
    """A body of the entry at index: 32 bytes of salt, and the content."""

    index: int
    name: str
    salt: bytes = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ErasedBody:
    """The mark that an erased body leaves."""

    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredCheckpoint:
    """A statement of this node with what was signed under it.

    It is stored in the transaction that made it true, and signed afterwards, under this node's
    key set of the number `keys`, which is settled with it. at: unix seconds.
    signature: this node's, None until signed; under a CHECKPOINT statement the log's own, under a
    COSIGNATURE statement the mirror's. note: the other side's signed note of the same size: the
    mirror's cosigned copy of a log that this node writes, the writer's checkpoint of a mirror.
    """

    log: int
    generation: int
    origin: str
    size: int
    kind: StatementKind
    root: bytes
    at: int
    keys: int
    signature: bytes | None
    note: bytes | None

    @property
    def cosigned(self) -> bool:
        """Whether both sides have signed."""
        return self.signature is not None and self.note is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalLine:
    """One effect, or refusal, in the order in which this node came to it.

    kind and peer: of the log; a MIRROR log's writer is the peer, any other's this node.
    data: None once erased. ground: "" where the entry took effect.
    """

    seq: int
    log: int
    kind: LogKind
    peer: str
    generation: int
    index: int
    data: bytes | None
    leaf_hash: bytes
    subject_kind: str
    subject_id: str
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredState:
    """A subject's state in one view, in the bytes that the node wrote."""

    id: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredDocument:
    """A content-addressed document: an agreement, instrument, item, process, and so on."""

    digest: str
    kind: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class PeerRow:
    """A paired node: its signed descriptor, the fingerprint of that, and when people paired.

    compared_keys: number of the key set whose fingerprint an operator compared. A descriptor with
    later keys may have come by a rotation since.
    """

    name: str
    descriptor: bytes
    fingerprint: str
    paired_at: datetime
    compared_keys: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelRow:
    """Where a channel stands.

    own_start: this node's present start on it. peer_start: the peer's start that was honoured
    last. cosigned: position in the own log up to which the peer has cosigned. replicated: how far
    of the own log was folded into the PEER view. waiting_since: since when something waits for
    the line.
    """

    peer: str
    status: ChannelStatus
    own_start: str = ""
    peer_start: str = ""
    cosigned_generation: int = 0
    cosigned_size: int = 0
    replicated_generation: int = 0
    replicated_size: int = 0
    last_contact_at: datetime | None = None
    waiting_since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """A version of an item and the days in China on which it stood, both counted.

    item: its code. competent: node name of who decides it. digest: of its document. last_day: None
    while it stands; on the day of a change the old and the new version both stood.
    """

    item: str
    version: int
    competent: str
    digest: str
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWithdrawal:
    """An item of this node that takes no new applications from a day in China on.

    digest: of the version that stood. number: of the officer who said so, "" for nobody in
    particular.
    """

    item: str
    digest: str
    reason: str
    from_day: date
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnOpening:
    """An item of this node that an officer opened; peer: "" where it is open to every partner.

    number: of the officer, "" for nobody in particular. given_at: when this very partner was last
    given the item; None where every partner was.
    """

    item: str
    peer: str
    number: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnClosure:
    """An item of this node that an officer took back from one partner, from a day in China on.

    number: of the officer who said so, "" for nobody in particular.
    """

    item: str
    peer: str
    reason: str
    from_day: date
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredIntent:
    """What a person did for a peer whose line was not open, or what has to wait for another day.

    payload: None once settled. ground: None until settled, then "" or why it came back.
    held_until: from when on it may go, None where only the line keeps it.
    """

    id: str
    peer: str
    at: datetime
    payload: bytes | None = field(repr=False)
    ground: str | None
    held_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ContradictionRow:
    """Two notes of a peer that no honest node signs both; path: hashes, one after another.

    descriptor: under whose keys the peer signed, since it may present others later.
    """

    peer: str
    found_at: datetime
    descriptor: bytes
    first: bytes
    second: bytes
    path: bytes
