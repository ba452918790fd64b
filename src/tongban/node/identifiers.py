"""Identifiers that sort by time and mean nothing else."""

from datetime import datetime

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ENTRY_ID_LENGTH = 26
_RANDOM_BYTES = 10


def entry_id(at: datetime, *, random: bytes, after: str = "") -> str:
    """A ULID of the instant, strictly above `after` even when the clock stands or steps back."""
    # A clock before 1970 is wrong, and must not stop the node.
    instant = max(int(at.timestamp() * 1000), 0).to_bytes(6, "big")
    value = int.from_bytes(instant + random[:_RANDOM_BYTES], "big")
    if after:
        value = max(value, _number(after) + 1)
    return _text(value, _ENTRY_ID_LENGTH)


def case_id(place: str, at: datetime, *, random: bytes) -> str:
    """办件编号: place code, day, and eight random characters that nobody can guess or count."""
    return f"{place}-{at:%Y%m%d}-{_text(int.from_bytes(random[:5], 'big'), 8)}"


def negotiation_id(at: datetime, *, random: bytes) -> str:
    """磋商编号: day, and sixteen random characters, so that no two nodes ever draw the same."""
    return f"{at:%Y%m%d}-{_text(int.from_bytes(random[:10], 'big'), 16)}"


def start_name(random: bytes) -> str:
    """The name of a start: 128 fresh bits in hexadecimal (spec/channels.md)."""
    return random[:16].hex()


def _text(value: int, length: int) -> str:
    return "".join(_CROCKFORD[value >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _CROCKFORD.index(character)
    return value
