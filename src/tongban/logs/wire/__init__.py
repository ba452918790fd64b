"""Entries as the exact bytes that are hashed (spec/entries.md); one module for each version."""

from collections.abc import Callable, Mapping

import msgspec

from tongban.core.entry import Entry
from tongban.logs.faults import EntryUnreadable
from tongban.logs.wire import v1
from tongban.logs.wire.v1 import encode, type_name

__all__ = ["ENTRY_BYTES_MAX", "VERSIONS", "decode", "encode", "read", "type_name"]

ENTRY_BYTES_MAX = v1.ENTRY_BYTES_MAX

#: Every version that this node reads; an old one stays for ever, since its entries do.
VERSIONS: Mapping[int, Callable[[bytes], Entry]] = {1: v1.decode}
_READERS: Mapping[int, Callable[[bytes], Entry]] = {1: v1.read}


class _Versioned(msgspec.Struct):
    v: int


_VERSION = msgspec.json.Decoder(_Versioned)


def decode(data: bytes) -> Entry:
    """The entry whose encoding is exactly these bytes; raises EntryUnreadable."""
    return VERSIONS[_version_of(data)](data)


def read(data: bytes) -> Entry:
    """What an entry says, at half the cost: nobody asks whether these bytes are its one form.

    Only for what the store holds, and where nothing is decided by it. Raises EntryUnreadable.
    """
    return _READERS[_version_of(data)](data)


def _version_of(data: bytes) -> int:
    if len(data) > ENTRY_BYTES_MAX:
        raise EntryUnreadable(f"an entry of {len(data)} bytes is over {ENTRY_BYTES_MAX}")
    try:
        version = _VERSION.decode(data).v
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise EntryUnreadable("not a JSON object with a version") from error
    if version not in VERSIONS:
        raise EntryUnreadable(f"an entry of version {version}; this node reads {list(VERSIONS)}")
    return version
