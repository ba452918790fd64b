"""What a log states about itself: its origin, size and root (C2SP tlog-checkpoint)."""

from dataclasses import dataclass

from tongban.evidence.canonical import decode_base64, decode_decimal, encode_base64
from tongban.evidence.faults import UnreadableCheckpoint
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import SignedNote, sign_note, verify_note
from tongban.evidence.signer import Signer
from tongban.evidence.suite import HASH_BYTES


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A log's tree head; the log signs under a key whose name equals the origin.

    Extension lines are read, because others write them; a Tongban log writes none.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def encode(self) -> str:
        """The text to sign."""
        lines = (self.origin, str(self.size), encode_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint whose text is exactly this; raises UnreadableCheckpoint."""
    *lines, after = text.split("\n")
    if after or len(lines) < 3 or not all(lines):  # noqa: PLR2004  origin, size, root
        raise UnreadableCheckpoint("a checkpoint is three or more lines, none of them empty")
    origin, size, root, *extensions = lines
    try:
        checkpoint = Checkpoint(
            origin=origin,
            size=decode_decimal(size),
            root=decode_base64(root),
            extensions=tuple(extensions),
        )
    except ValueError as error:
        raise UnreadableCheckpoint(f"the size or root that {origin!r} states is {error}") from error
    if len(checkpoint.root) != HASH_BYTES:
        raise UnreadableCheckpoint(f"the root that {origin!r} states is not {HASH_BYTES} bytes")
    return checkpoint


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> SignedNote:
    """The checkpoint as a note under the log's own name."""
    return sign_note(checkpoint.encode(), name=checkpoint.origin, signer=signer)


def verify_checkpoint(note: SignedNote, log_key: VerifierKey) -> Checkpoint | None:
    """What the log with this key states, or None when it is not the log that states it.

    Raises UnreadableCheckpoint when the note is about something else.
    """
    checkpoint = parse_checkpoint(note.text)
    signed = log_key in verify_note(note, [log_key])
    return checkpoint if signed and checkpoint.origin == log_key.name else None
