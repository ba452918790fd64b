"""What lists the pieces of a large file and holds the key to them.

It is the content of an ordinary body: with its salt the key is erased, and nobody opens a piece
again.
"""

from dataclasses import dataclass, field

from tongban.core.canonical import decode, encode
from tongban.core.entry import Blob
from tongban.core.faults import NotCanonical
from tongban.evidence.pieces import KEY_BYTES, NAME_BYTES, pieces_of, root_of_pieces

#: 2 GB, as everybody counts them who sells disks.
FILE_BYTES_MAX = 2_000_000_000

_HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A file: its media type and size, the key of its pieces, and their names in order.

    key and pieces: lower-case hexadecimal digits.
    """

    media: str
    size: int
    key: str = field(repr=False)
    pieces: tuple[str, ...]

    @property
    def names(self) -> tuple[bytes, ...]:
        """The names of the pieces."""
        return tuple(bytes.fromhex(name) for name in self.pieces)

    @property
    def blob(self) -> Blob:
        """What an entry says of the file."""
        return Blob(root=root_of_pieces(self.names), size=self.size)


def write_manifest(manifest: Manifest) -> bytes:
    """The one form of its bytes."""
    return encode(manifest)


def read_manifest(data: bytes) -> Manifest:
    """Inverse of write_manifest; raises NotCanonical for whatever lists no whole file."""
    manifest = decode(data, Manifest)
    if not 0 < manifest.size <= FILE_BYTES_MAX:
        raise NotCanonical(f"a file of {manifest.size} bytes")
    if len(manifest.pieces) != pieces_of(manifest.size):
        raise NotCanonical(f"{len(manifest.pieces)} pieces are not all of {manifest.size} bytes")
    if not _is_hexadecimal(manifest.key, KEY_BYTES):
        raise NotCanonical("the key of a file is not 64 hexadecimal digits")
    if not all(_is_hexadecimal(name, NAME_BYTES) for name in manifest.pieces):
        raise NotCanonical("the name of a piece is not 64 hexadecimal digits")
    return manifest


def lists(content: bytes, blob: Blob) -> bool:
    """Whether this content is the manifest of just this file."""
    try:
        return read_manifest(content).blob == blob
    except NotCanonical:
        return False


def is_root(text: str) -> bool:
    """Whether this may name a file."""
    return _is_hexadecimal(text, NAME_BYTES)


def _is_hexadecimal(text: str, count: int) -> bool:
    return len(text) == 2 * count and not set(text) - _HEXADECIMAL
