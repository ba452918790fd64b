"""A message with its sender's signature, as it travels inside an envelope.

Sealing authenticates nobody, and a comparison request or a word of trouble carries no checkpoint:
without a signature a stranger could name a start in a partner's name and stop the channel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from tongban.channels.faults import MessageUnreadable
from tongban.evidence.canonical import encode_base64
from tongban.evidence.faults import Fault as EvidenceFault
from tongban.evidence.keys import VerifierKey
from tongban.evidence.notes import encode_note, parse_note, sign_note, verify_note
from tongban.evidence.signer import Signer
from tongban.evidence.suites import SUITES

FORMAT = "tongban-message/1"


class _Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: bytes
    message: bytes


_DECODER = msgspec.msgpack.Decoder(_Signed)
_ENCODER = msgspec.msgpack.Encoder()


def key_name(node: str) -> str:
    """The name under which a node's log key signs messages."""
    return f"{node}/messages"


def sign_message(
    message: bytes,
    *,
    sender: str,
    receiver: str,
    signer: Signer,
    earlier: Sequence[Signer] = (),
) -> bytes:
    """The message and a note over its digest, sender and receiver.

    earlier: key sets that sign it as well, oldest first, for a receiver that knows of no newer one;
    the digest is of the oldest one's suite, which such a receiver reads.
    """
    oldest = next(iter(earlier), signer)
    text = _text(message, sender, receiver, oldest.suite.digest(message))
    notes = [sign_note(text, name=key_name(sender), signer=each) for each in (signer, *earlier)]
    lines = tuple(line for note in notes for line in note.signatures)
    joint = encode_note(replace(notes[0], signatures=lines))
    return _ENCODER.encode(_Signed(note=joint, message=message))


def open_signed_message(
    data: bytes, *, sender: str, receiver: str, keys: Iterable[VerifierKey]
) -> bytes:
    """The message, when one of the keys signed it from this sender to this receiver.

    Raises MessageUnreadable.
    """
    try:
        signed = _DECODER.decode(data)
        note = parse_note(signed.note)
    except (msgspec.MsgspecError, EvidenceFault) as error:
        raise MessageUnreadable(f"not a signed message: {error}") from error
    digests = (suite.digest(signed.message) for suite in SUITES.values())
    texts = (_text(signed.message, sender, receiver, digest) for digest in digests)
    if note.text in texts and any(key in verify_note(note, [key]) for key in keys):
        return signed.message
    raise MessageUnreadable(f"the message is not signed by {sender} with keys in force here")


def _text(message: bytes, sender: str, receiver: str, digest: bytes) -> str:
    lines = (FORMAT, sender, receiver, str(len(message)), encode_base64(digest))
    return "".join(f"{line}\n" for line in lines)
