"""What two nodes say to each other inside an envelope (spec/channels.md, "Message").

One message may carry any of its parts; an answer is a message too. Entries, documents and notes
are opaque bytes here: only `evidence` and `core` read them.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

from tongban.channels.faults import MessageUnreadable

#: Larger messages are not decoded at all.
MESSAGE_BYTES_MAX = 64_000_000
#: A larger document goes to nobody who reads no message of version 5.
DOCUMENT_BYTES_MAX = 1_000_000
#: What an agreement has at most: one over 5,000 items takes 150 kB more for each clause that grants
#: them all. A push or a part of an answer that is full of texts stays at half of a message.
AGREEMENT_BYTES_MAX = 4_000_000
#: The version from which on documents over DOCUMENT_BYTES_MAX travel.
LARGE_DOCUMENTS = 5

#: The version from which on messages carry pieces of files (spec/blobs.md).
FILES = 6

#: Numbers of generations, sizes and indexes, as far as every store counts.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
#: The name of a start.
Start = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
MaybeStart = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{32})?\Z")]


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a log: generation number, and how many entries of it."""

    generation: Count
    size: Count


class Erased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry whose bytes are gone: its index, and what remains of it (version 2)."""

    index: Count
    leaf_hash: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    length: Count


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry whose bytes rotted at the sender; writer: node name, of its log (version 2).

    body: the name of the entry's body that rotted, where the entry itself did not (version 4).
    """

    writer: str
    generation: Count
    index: Count
    body: str = ""


class Restored(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the sender has of an entry that was wanted; entry: b"" where it lacks it too.

    Of a body (version 4) its name, content and salt, which is b"" where the sender lacks it too;
    entry is b"" then.
    """

    writer: str
    generation: Count
    index: Count
    entry: bytes
    body: str = ""
    salt: bytes = b""
    content: bytes = b""


class PushedBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A body of the entry at `index` of its generation; salt of 32 bytes, then the content."""

    index: Count
    name: str
    salt: bytes
    content: bytes


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Consecutive entries of one generation that end at a signed checkpoint.

    start: 32 hexadecimal digits naming the start under which the generation was opened.
    first: index of the first entry. checkpoint: the signed note of the writer, with the mirror's
    cosignature where it is known. erased: those of the entries that stand here as b"", because
    their bytes were erased after they were refused. path: from the end of the entries to a
    checkpoint that lies beyond it, as `evidence.tree.path_between` makes it (version 3).
    """

    generation: Count
    start: Start
    first: Count
    entries: list[bytes]
    bodies: list[PushedBody]
    checkpoint: bytes
    erased: list[Erased] = []
    path: list[Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]] = []


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of the receiver's log the sender has durably stored, and its cosignatures for it.

    notes: signed notes of the receiver's checkpoints, each with the sender's cosignature.
    """

    position: Position
    notes: list[bytes]


class CompareRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asked after every start: where the asker stands in both logs.

    start: 128 fresh bits. answerer: the start of the answerer that the asker last heard of, ""
    when of none; an answerer of another start has forgotten, or come back, since it was asked.
    """

    start: Start
    own: Position
    mirror: Position
    answerer: MaybeStart = ""


class CompareAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the asker lacks of both logs; for_start: the start answered, start: the answerer's.

    more: this is a part, after which the asker asks again (version 3).
    """

    for_start: Start
    start: Start
    askers_log: list[Segment]
    answerers_log: list[Segment]
    more: bool = False


#: The name of a piece, and what names a file.
Name = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Root = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that the sender wants to name in entries; names: of its pieces in order."""

    root: Root
    size: Count
    names: Annotated[bytes, msgspec.Meta(max_length=64_000)]


class DeclinedFor(StrEnum):
    """Why an offer is not taken: it is none, or others have to come first."""

    UNFIT = "unfit"
    TOO_MUCH = "too_much"


class Declined(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offer that the sender of this does not take."""

    root: Root
    ground: DeclinedFor


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything that one node tells another at one time.

    start: the sender's present start on this channel. trouble: why the last message took no
    effect (spec/channels.md, "Trouble"). documents: content-addressed documents that entries of
    this message cite. cosigned: how far the sender's own log is cosigned as far as it knows, so
    that lost cosignatures come again. about: the start that the trouble is about, so that a late
    answer troubles no newer start. wanted, restored: repair of entries that rotted (version 2),
    and of bodies (version 4). Documents over DOCUMENT_BYTES_MAX take version 5. offers, pieces,
    lacking, absent, declined: files in pieces (version 6, spec/blobs.md).
    """

    version: int
    sender: str
    receiver: str
    start: Start
    cosigned: Position = Position(generation=0, size=0)
    segments: list[Segment] = []
    documents: list[bytes] = []
    holding: Holding | None = None
    request: CompareRequest | None = None
    answer: CompareAnswer | None = None
    trouble: str = ""
    about: MaybeStart = ""
    wanted: list[Wanted] = []
    restored: list[Restored] = []
    offers: Annotated[list[Offer], msgspec.Meta(max_length=64)] = []
    pieces: Annotated[list[bytes], msgspec.Meta(max_length=64)] = []
    lacking: Annotated[list[Name], msgspec.Meta(max_length=64)] = []
    absent: Annotated[list[Name], msgspec.Meta(max_length=64)] = []
    declined: Annotated[list[Declined], msgspec.Meta(max_length=64)] = []

    def needed_version(self) -> int:
        """The lowest version that has every part of this message."""
        if self.offers or self.pieces or self.lacking or self.absent or self.declined:
            return FILES
        if any(len(document) > DOCUMENT_BYTES_MAX for document in self.documents):
            return LARGE_DOCUMENTS
        if any(each.body for each in self.wanted) or any(each.body for each in self.restored):
            return 4
        answer = self.answer
        given = [*answer.askers_log, *answer.answerers_log] if answer else []
        segments = [*self.segments, *given]
        if (answer and answer.more) or any(segment.path for segment in segments):
            return 3
        if self.wanted or self.restored or any(segment.erased for segment in segments):
            return 2
        return 1


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Message)


def encode_message(message: Message) -> bytes:
    """The MessagePack form that travels sealed."""
    return _ENCODER.encode(message)


def decode_message(data: bytes) -> Message:
    """Read what came out of an envelope; raises MessageUnreadable."""
    if len(data) > MESSAGE_BYTES_MAX:
        raise MessageUnreadable(f"a message of {len(data)} bytes is over {MESSAGE_BYTES_MAX}")
    try:
        return _DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MessageUnreadable(str(error)) from error
