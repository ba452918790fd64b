"""The outer form: an uncompressed POSIX ustar archive of which only one spelling is read.

`tar xf` opens it (spec/bundles.md, "Archive").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from tongban.node.bundles.faults import BundleUnreadable

BLOCK = 512
NAME_BYTES_MAX = 100
_SIZE_FIELD = slice(124, 135)
_OCTAL = re.compile(rb"[0-7]{11}")
_END = bytes(2 * BLOCK)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The one archive of these files; their names are ASCII and short enough for ustar."""
    return b"".join(_member(name, files[name]) for name in sorted(files)) + _END


def unpack(data: bytes) -> dict[str, bytes]:
    """The files whose archive is exactly these bytes; raises BundleUnreadable."""
    files = dict(_members(data))
    again = pack(files)
    if again != data:
        place = _first_difference(again, data)
        raise BundleUnreadable(f"the archive is not in its one form, from byte {place} on")
    return files


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Read leniently: whatever is not as `pack` writes it shows in the comparison."""
    at = 0
    while len(data) - at >= BLOCK and data[at]:
        header = data[at : at + BLOCK]
        at += BLOCK
        name, size = header[:NAME_BYTES_MAX].rstrip(b"\0"), _OCTAL.fullmatch(header[_SIZE_FIELD])
        if size is None or not name.isascii():
            raise BundleUnreadable(f"no archive member starts at byte {at - BLOCK}")
        length = int(size[0], 8)
        yield name.decode("ascii"), data[at : at + length]
        at += _padded(length)


def _member(name: str, content: bytes) -> bytes:
    return _header(name.encode("ascii"), len(content)) + content.ljust(_padded(len(content)), b"\0")


def _header(name: bytes, size: int) -> bytes:
    before = name.ljust(NAME_BYTES_MAX, b"\0") + b"0000644\0" + 2 * b"0000000\0"
    before += b"%011o\0" % size + b"%011o\0" % 0
    after = b"0".ljust(101, b"\0") + b"ustar\0" + b"00" + bytes(64) + 2 * b"0000000\0" + bytes(167)
    # The sum is taken as if its own field held spaces (POSIX.1-2017, pax, "ustar").
    total = sum(before) + sum(after) + 8 * ord(" ")
    return before + b"%06o\0 " % total + after


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _first_difference(one: bytes, other: bytes) -> int:
    end = min(len(one), len(other))
    return bisect_left(range(1, end + 1), x=True, key=lambda n: one[:n] != other[:n])
