"""Timestamped statements about a checkpoint (C2SP tlog-cosignature, cosignature/v1).

What the statement means beyond consistency belongs to the key: a mirror's says that everything
up to the checkpoint's size is durably stored, a witness's that it saw no other history.
"""

from tongban.evidence.canonical import LARGEST_NUMBER
from tongban.evidence.keys import VerifierKey
from tongban.evidence.signer import KeyPurpose, Signer

_TIME_BYTES = 8


def cosigned_message(text: str, timestamp: int) -> bytes:
    """The bytes to sign for a checkpoint's text; timestamp in seconds since 1970, UTC."""
    if not 0 <= timestamp <= LARGEST_NUMBER:
        raise ValueError(f"{timestamp} is no time that a cosignature can carry")
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def cosign(signer: Signer, purpose: KeyPurpose, text: str, timestamp: int) -> bytes:
    """The bytes of a cosignature line, key id apart: eight bytes of time, then the signature."""
    signature = signer.sign(purpose, cosigned_message(text, timestamp))
    return timestamp.to_bytes(_TIME_BYTES, "big") + signature


def verify_cosignature(key: VerifierKey, text: str, cosignature: bytes) -> int | None:
    """The time that key stated for the checkpoint's text, or None when it stated nothing."""
    timestamp = int.from_bytes(cosignature[:_TIME_BYTES], "big")
    if timestamp > LARGEST_NUMBER:
        return None
    message = cosigned_message(text, timestamp)
    return timestamp if key.suite.verify(key.public, message, cosignature[_TIME_BYTES:]) else None
