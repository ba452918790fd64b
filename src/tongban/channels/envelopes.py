"""Envelopes: a header that any relay reads, and one ciphertext for the receiver alone.

The bytes are the same on every road (spec/envelopes.md). Sealing keeps the contents from others
but authenticates nobody: anyone who knows the receiver's public key can seal in any sender's
name. Only the signatures inside say who speaks.
"""

from dataclasses import dataclass

from tongban.channels.faults import EnvelopeUnreadable, Oversize
from tongban.channels.messages import MESSAGE_BYTES_MAX
from tongban.evidence.canonical import decode_decimal
from tongban.evidence.faults import SealBroken
from tongban.evidence.names import is_node_name
from tongban.evidence.signer import Signer
from tongban.evidence.suite import Suite

FORMAT = "tongban-envelope/1"
HEADER_BYTES_MAX = 160
SEALED_BYTES_MAX = MESSAGE_BYTES_MAX + 1024
"""Room for a message and for what sealing adds in any suite (48 bytes in ed25519-sha256)."""
ENVELOPE_BYTES_MAX = HEADER_BYTES_MAX + SEALED_BYTES_MAX

_INFO = FORMAT.encode("ascii")
_HEADER_LINES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Header:
    """Who says to send, to whom, and the ciphertext's length in bytes; readable by everybody."""

    sender: str
    receiver: str
    size: int

    def encode(self) -> bytes:
        """The four lines before the ciphertext."""
        return _address(self.sender, self.receiver) + f"{self.size}\n".encode("ascii")


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What a road carries; the sender is a claim."""

    sender: str
    receiver: str
    sealed: bytes

    def encode(self) -> bytes:
        """The envelope's one encoding."""
        header = Header(sender=self.sender, receiver=self.receiver, size=len(self.sealed))
        return header.encode() + self.sealed


def parse_header(start: bytes) -> tuple[Header, int]:
    """The header, and its length, from an envelope's first HEADER_BYTES_MAX bytes or more.

    Raises EnvelopeUnreadable.
    """
    lines = start[:HEADER_BYTES_MAX].split(b"\n", _HEADER_LINES)
    if len(lines) <= _HEADER_LINES or lines[0] != _INFO:
        raise EnvelopeUnreadable(f"an envelope starts with the {_HEADER_LINES} lines of {FORMAT}")
    sender, receiver, size = (_ascii(line) for line in lines[1:_HEADER_LINES])
    header = Header(sender=_node(sender), receiver=_node(receiver), size=_size(size))
    return header, len(header.encode())


def parse_envelope(data: bytes) -> Envelope:
    """The envelope whose encoding is exactly these bytes; raises EnvelopeUnreadable."""
    header, length = parse_header(data)
    if len(data) != length + header.size:
        raise EnvelopeUnreadable(
            f"the envelope states {header.size} sealed bytes and has {len(data) - length}"
        )
    return Envelope(sender=header.sender, receiver=header.receiver, sealed=data[length:])


def seal_envelope(
    message: bytes, *, sender: str, receiver: str, recipient_key: bytes, suite: Suite
) -> bytes:
    """An envelope that only the receiver opens; raises Oversize, and UnreadableKey for a bad key.

    recipient_key: the receiver's public sealing key. Sealing twice gives different bytes.
    """
    if len(message) > MESSAGE_BYTES_MAX:
        raise Oversize(f"a message of {len(message)} bytes is over {MESSAGE_BYTES_MAX}")
    sealed = suite.seal(recipient_key, _INFO, _address(sender, receiver), message)
    return Envelope(sender=sender, receiver=receiver, sealed=sealed).encode()


def open_envelope(data: bytes, *, receiver: str, signer: Signer) -> tuple[str, bytes]:
    """Who the envelope claims to be from, and the message in it; raises EnvelopeUnreadable."""
    envelope = parse_envelope(data)
    if envelope.receiver != receiver:
        raise EnvelopeUnreadable(
            f"the envelope is for {envelope.receiver}, and this node is {receiver}"
        )
    try:
        address = _address(envelope.sender, receiver)
        return envelope.sender, signer.unseal(_INFO, address, envelope.sealed)
    except SealBroken as error:
        raise EnvelopeUnreadable(
            f"the envelope from {envelope.sender} does not open with this node's sealing key; "
            "its sender may hold an old descriptor of this node"
        ) from error


def _address(sender: str, receiver: str) -> bytes:
    # The size line is left out of what the seal covers, because it is known only after sealing;
    # a changed size makes the envelope unreadable anyway.
    return f"{FORMAT}\n{sender}\n{receiver}\n".encode("ascii")


def _ascii(line: bytes) -> str:
    return line.decode("ascii", errors="replace")


def _node(name: str) -> str:
    if not is_node_name(name):
        raise EnvelopeUnreadable("the envelope's sender or receiver is not a node's name")
    return name


def _size(text: str) -> int:
    try:
        size = decode_decimal(text)
    except ValueError as error:
        raise EnvelopeUnreadable("the envelope's size is not a plain decimal number") from error
    if not 0 < size <= SEALED_BYTES_MAX:
        raise EnvelopeUnreadable(f"an envelope seals 1 to {SEALED_BYTES_MAX} bytes, not {size}")
    return size
