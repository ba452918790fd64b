"""Pieces of a large file, each sealed by itself and named by what it is (spec/blobs.md).

Whatever suite a node speaks, pieces are AES-256-GCM and their names SHA-256: a file is sealed once
and may travel to partners of several suites.
"""

import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tongban.evidence.faults import SealBroken

#: Of the file; the last piece may be shorter. A sealed one is longer by its tag.
PIECE_BYTES = 1_000_000
TAG_BYTES = 16
KEY_BYTES = 32
NAME_BYTES = 32

_NONCE_BYTES = 12
_PURPOSE = b"tongban piece of a file"


def seal_piece(key: bytes, number: int, content: bytes) -> bytes:
    """The piece of this number, from 0; a key seals one file, so no nonce comes twice."""
    return AESGCM(key).encrypt(number.to_bytes(_NONCE_BYTES, "big"), content, _PURPOSE)


def open_piece(key: bytes, number: int, sealed: bytes) -> bytes:
    """Inverse of seal_piece; raises SealBroken for what is not this piece of the file."""
    try:
        return AESGCM(key).decrypt(number.to_bytes(_NONCE_BYTES, "big"), sealed, _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"piece {number} of a file does not open") from error


def piece_name(sealed: bytes) -> bytes:
    """What names a sealed piece: its SHA-256."""
    return hashlib.sha256(sealed).digest()


def root_of_pieces(names: Iterable[bytes]) -> str:
    """What names a file in entries: the SHA-256 over the names of its pieces in order."""
    return hashlib.sha256(b"".join(names)).hexdigest()


def sealed_sizes(size: int) -> list[int]:
    """How long each sealed piece of a file of this size is."""
    whole, rest = divmod(size, PIECE_BYTES)
    return [PIECE_BYTES + TAG_BYTES] * whole + ([rest + TAG_BYTES] if rest else [])


def pieces_of(size: int) -> int:
    """How many pieces a file of this size has."""
    return -(-size // PIECE_BYTES)
