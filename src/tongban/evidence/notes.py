"""Signed notes: text, a blank line, and a line for each signature (C2SP signed-note)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tongban.evidence.canonical import decode_base64, encode_base64
from tongban.evidence.cosignatures import cosign, verify_cosignature
from tongban.evidence.faults import UnreadableNote
from tongban.evidence.keys import KEY_ID_BYTES, NoteSignature, VerifierKey, is_key_name
from tongban.evidence.signer import KeyPurpose, Signer, verifier_key

MAX_SIGNATURES = 100
"""C2SP demands room for 16 and leaves the limit to the reader."""

_DASH = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedNote:
    """A text that ends in a newline, and who claims to have signed it, in the order given."""

    text: str
    signatures: tuple[NoteSignature, ...]


def parse_note(data: bytes) -> SignedNote:
    """The note whose encoding is exactly these bytes; raises UnreadableNote."""
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableNote("a note is UTF-8 text") from error
    body, separator, tail = whole.rpartition("\n\n")
    if not separator or not tail.endswith("\n"):
        raise UnreadableNote("a note is text, an empty line, and signature lines")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise UnreadableNote(f"a note has at most {MAX_SIGNATURES} signatures")
    text = _checked_text(body + "\n")
    return SignedNote(text=text, signatures=tuple(_parse_signature(line) for line in lines))


def encode_note(note: SignedNote) -> bytes:
    """The note's one encoding."""
    lines = "".join(
        f"{_DASH}{s.name} {encode_base64(s.key_id + s.signature)}\n" for s in note.signatures
    )
    return f"{note.text}\n{lines}".encode()


def sign_note(text: str, *, name: str, signer: Signer) -> SignedNote:
    """The text with one plain signature of the node's log key under name.

    Only the log key signs plain notes: a plain text could imitate a cosigned message.
    """
    key = verifier_key(signer, KeyPurpose.LOG, name)
    signature = signer.sign(KeyPurpose.LOG, _checked_text(text).encode())
    return SignedNote(text=text, signatures=(_line(key, signature),))


def cosign_note(
    note: SignedNote, *, name: str, signer: Signer, purpose: KeyPurpose, timestamp: int
) -> SignedNote:
    """The note with one more signature: the mirror's or witness's, at timestamp."""
    key = verifier_key(signer, purpose, name)
    line = _line(key, cosign(signer, purpose, note.text, timestamp))
    return replace(note, signatures=(*note.signatures, line))


def verify_note(note: SignedNote, keys: Iterable[VerifierKey]) -> frozenset[VerifierKey]:
    """Those of the keys that signed.

    Lines of unknown keys are passed over. A line that claims one of the keys and is not its
    signature spoils the whole note, and nobody counts as having signed.
    """
    signed = set()
    for key in keys:
        claims = [line for line in note.signatures if line.claims(key)]
        if not all(_holds(key, note.text, line.signature) for line in claims):
            return frozenset()
        if claims:
            signed.add(key)
    return frozenset(signed)


def cosigned_at(note: SignedNote, key: VerifierKey) -> int | None:
    """The earliest time at which key cosigned the note, or None when it did not."""
    lines = [line for line in note.signatures if key.timestamped and line.claims(key)]
    times = [verify_cosignature(key, note.text, line.signature) for line in lines]
    return min((time for time in times if time is not None), default=None)


def _holds(key: VerifierKey, text: str, signature: bytes) -> bool:
    if key.timestamped:
        return verify_cosignature(key, text, signature) is not None
    return key.suite.verify(key.public, text.encode(), signature)


def _line(key: VerifierKey, signature: bytes) -> NoteSignature:
    if not is_key_name(key.name):
        raise UnreadableNote(f"{key.name!r} is no name that a note can carry")
    return NoteSignature(name=key.name, key_id=key.key_id, signature=signature)


def _checked_text(text: str) -> str:
    if not text.endswith("\n") or _CONTROL.search(text):
        raise UnreadableNote("a note's text ends in a newline and has no other control character")
    return text


def _parse_signature(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not (line.startswith(_DASH) and space and is_key_name(name)):
        raise UnreadableNote("a signature line is an em dash, a key name and base64")
    try:
        data = decode_base64(encoded)
    except ValueError as error:
        raise UnreadableNote(f"the signature of {name!r} is not base64") from error
    if len(data) <= KEY_ID_BYTES:
        raise UnreadableNote(f"the signature of {name!r} is too short")
    return NoteSignature(name=name, key_id=data[:KEY_ID_BYTES], signature=data[KEY_ID_BYTES:])
