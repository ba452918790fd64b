"""One value, one form of bytes: the subset of RFC 8785 that entries and documents use.

Keys are ASCII and sorted, numbers are integers within 2^53, text is UTF-8, instants are
`YYYY-MM-DDTHH:MM:SS.mmm+08:00` with the offset they came with (spec/cases.md, "Canonical form").
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from tongban.core.faults import NotCanonical, NotEncodable
from tongban.core.kinds import decoder_of

T = TypeVar("T")

#: Integers beyond this lose digits in other people's JSON (RFC 7493, section 2.2).
INTEGER_MAX = 2**53 - 1

_DIGITS = 2 * hashlib.sha256().digest_size
_HEXADECIMAL = frozenset("0123456789abcdef")

_ENCODER = msgspec.json.Encoder(order="sorted")


def encode(value: object) -> bytes:
    """The canonical bytes of a dataclass, mapping or list; raises NotEncodable."""
    try:
        plain = msgspec.to_builtins(value, builtin_types=(datetime,))
        return _ENCODER.encode(_canonical(plain))
    except (TypeError, UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise NotEncodable(str(error)) from error


def decode(data: bytes, kind: type[T], write: Callable[[T], bytes] = encode) -> T:
    """The value whose canonical bytes these are; raises NotCanonical for any other bytes.

    write: how values of this kind become bytes, where that is more than `encode`.
    """
    try:
        value = decoder_of(kind).decode(data)
        again = write(value)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotEncodable) as error:
        raise NotCanonical(f"not a {kind.__name__}: {error}") from error
    if again != data:
        raise NotCanonical(f"a {kind.__name__}, but not in its canonical form")
    return value


def digest(data: bytes) -> str:
    """What names these bytes: the hash's name, a colon, and hexadecimal digits."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether a text has the form of what `digest` gives."""
    name, _, digits = text.partition(":")
    return name == "sha256" and len(digits) == _DIGITS and not set(digits) - _HEXADECIMAL


def _canonical(plain: Any) -> Any:
    return plain if isinstance(plain, str) else _FORMS[type(plain)](plain)


def _object(plain: dict[str, Any]) -> dict[str, Any]:
    """In its own place: nobody else holds it, and every state of every case passes here."""
    _check_keys(plain)
    for key, value in plain.items():
        if value is not None and not isinstance(value, str):
            plain[key] = _FORMS[type(value)](value)
    return plain


def _array(plain: Sequence[Any]) -> list[Any]:
    return [_canonical(value) for value in plain]


def _check_keys(plain: dict[str, Any]) -> None:
    """ASCII only, so that sorting by bytes and by UTF-16 units is the same order.

    A key that is no text at all is a TypeError of the join.
    """
    if not "".join(plain).isascii():
        raise NotEncodable(f"of the keys {', '.join(plain)} one is not ASCII text")


def _integer(plain: int) -> int:
    if abs(plain) > INTEGER_MAX:
        raise NotEncodable(f"{plain} is beyond 2^53")
    return plain


def _fraction(plain: float) -> Any:
    raise NotEncodable(f"{plain} is not an integer")


def _same(plain: Any) -> Any:
    return plain


def _instant(at: datetime) -> str:
    if at.utcoffset() is None:
        raise NotEncodable("an instant without an offset")
    if at.microsecond % 1000:
        raise NotEncodable("an instant finer than a millisecond")
    return at.isoformat(timespec="milliseconds")


#: Every type that msgspec leaves in what it makes plain, but text, which stays as it is.
_FORMS: Mapping[type, Callable[[Any], Any]] = {
    dict: _object,
    list: _array,
    tuple: _array,
    datetime: _instant,
    int: _integer,
    float: _fraction,
    bool: _same,
    type(None): _same,
}
