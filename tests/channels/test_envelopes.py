import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.channels.envelopes import (
    HEADER_BYTES_MAX,
    SEALED_BYTES_MAX,
    Envelope,
    open_envelope,
    parse_envelope,
    parse_header,
    seal_envelope,
)
from tongban.channels.faults import EnvelopeUnreadable, Oversize
from tongban.channels.messages import MESSAGE_BYTES_MAX
from tongban.evidence.faults import UnreadableKey
from tongban.evidence.signer import KeyPurpose

from .nodes import SUITE, key_ring

HEFEI = key_ring(1)


def sealed(message: bytes = b"a message", receiver: str = "hefei") -> bytes:
    return seal_envelope(
        message,
        sender="songjiang",
        receiver=receiver,
        recipient_key=HEFEI.public(KeyPurpose.SEALING),
        suite=SUITE,
    )


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_unchanged(message: bytes) -> None:
    opened = open_envelope(sealed(message), receiver="hefei", signer=HEFEI)
    assert opened == ("songjiang", message)


def test_the_header_is_readable_by_a_relay() -> None:
    envelope = sealed(b"x" * 1000)
    header, length = parse_header(envelope[:HEADER_BYTES_MAX])
    assert (header.sender, header.receiver) == ("songjiang", "hefei")
    assert len(envelope) == length + header.size


def test_an_envelope_for_another_node_is_not_opened() -> None:
    with pytest.raises(EnvelopeUnreadable, match="for wuhu"):
        open_envelope(sealed(receiver="wuhu"), receiver="hefei", signer=HEFEI)


def test_an_envelope_for_an_old_key_is_not_opened() -> None:
    with pytest.raises(EnvelopeUnreadable, match="old descriptor"):
        open_envelope(sealed(), receiver="hefei", signer=key_ring(2))


@given(st.data())
def test_every_changed_byte_makes_an_envelope_unreadable(data: st.DataObject) -> None:
    changed = bytearray(sealed())
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(bytes(changed), receiver="hefei", signer=HEFEI)


@given(st.data())
def test_a_truncated_or_lengthened_envelope_is_unreadable(data: st.DataObject) -> None:
    whole = sealed()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    for broken in (cut, whole + b"\0"):
        with pytest.raises(EnvelopeUnreadable):
            open_envelope(broken, receiver="hefei", signer=HEFEI)


@given(st.binary(max_size=300))
def test_garbage_is_unreadable(garbage: bytes) -> None:
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(garbage, receiver="hefei", signer=HEFEI)


@pytest.mark.parametrize("size", [0, 1, 2, 47, 48])
def test_too_little_ciphertext_is_unreadable(size: int) -> None:
    short = Envelope(sender="songjiang", receiver="hefei", sealed=b"\0" * size).encode()
    with pytest.raises(EnvelopeUnreadable):
        open_envelope(short, receiver="hefei", signer=HEFEI)


@pytest.mark.parametrize(
    "header",
    [
        b"tongban-envelope/2\na\nb\n1\n",
        b"tongban-envelope/1\r\na\r\nb\r\n1\r\n",
        b"tongban-envelope/1\nA\nb\n1\n",
        b"tongban-envelope/1\n\nb\n1\n",
        b"tongban-envelope/1\na-\nb\n1\n",
        b"tongban-envelope/1\n../a\nb\n1\n",
        b"tongban-envelope/1\na\nb\n01\n",
        b"tongban-envelope/1\na\nb\n+1\n",
        b"tongban-envelope/1\na\nb\n1 \n",
        "tongban-envelope/1\na\nb\n１\n".encode(),
        b"tongban-envelope/1\na\nb\n%d\n" % (SEALED_BYTES_MAX + 1),
        b"tongban-envelope/1\n" + b"a" * 64 + b"\nb\n1\n",
    ],
)
def test_other_spellings_of_a_header_are_refused(header: bytes) -> None:
    with pytest.raises(EnvelopeUnreadable):
        parse_envelope(header + b"x")


def test_a_message_over_the_cap_is_not_sealed() -> None:
    with pytest.raises(Oversize):
        sealed(bytes(MESSAGE_BYTES_MAX + 1))


def test_nothing_is_sealed_to_a_key_that_is_none() -> None:
    with pytest.raises(UnreadableKey):
        seal_envelope(b"", sender="a", receiver="b", recipient_key=b"short", suite=SUITE)
