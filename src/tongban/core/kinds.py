"""Plain data as values of a kind: each kind is looked through once, by one thread.

msgspec looks through a type at its first use and keeps what it found with the type; another thread
that uses the type meanwhile meets it half filled, which ends the whole process. So whoever reads a
kind by its name asks here. The lock orders threads and nothing else: no result depends on it.
"""

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_DECODERS: dict[Any, msgspec.json.Decoder[Any]] = {}
_LOOKING = threading.Lock()


def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """What reads JSON as this kind; the same one every time."""
    found = _DECODERS.get(kind)
    if found is None:
        with _LOOKING:
            found = _DECODERS.setdefault(kind, msgspec.json.Decoder(kind))
    return found


def converted(plain: object, kind: type[T]) -> T:
    """Mappings, lists and scalars as a value of this kind; raises msgspec.ValidationError."""
    decoder_of(kind)
    return msgspec.convert(plain, kind)
