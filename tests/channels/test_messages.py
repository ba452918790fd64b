from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.channels.faults import MessageUnreadable
from tongban.channels.messages import (
    MESSAGE_BYTES_MAX,
    CompareAnswer,
    CompareRequest,
    Holding,
    Message,
    Position,
    PushedBody,
    Segment,
    decode_message,
    encode_message,
)

START = "0" * 32
SEGMENT = Segment(
    generation=1,
    start=START,
    first=0,
    entries=[b"an entry"],
    bodies=[PushedBody(index=0, name="form", salt=bytes(32), content=b"made up")],
    checkpoint=b"a note",
)
FULL = Message(
    version=1,
    sender="songjiang",
    receiver="hefei",
    start=START,
    segments=[SEGMENT],
    documents=[b"a process"],
    holding=Holding(position=Position(generation=1, size=3), notes=[b"a note"]),
    request=CompareRequest(start=START, own=Position(1, 2), mirror=Position(0, 0)),
    answer=CompareAnswer(for_start=START, start=START, askers_log=[SEGMENT], answerers_log=[]),
    trouble="comparing",
)


@pytest.mark.parametrize("message", [FULL, Message(1, "songjiang", "hefei", START)])
def test_what_was_written_is_read(message: Message) -> None:
    assert decode_message(encode_message(message)) == message


@given(st.data())
def test_a_changed_message_is_read_or_unreadable_and_nothing_else(data: st.DataObject) -> None:
    changed = bytearray(encode_message(FULL))
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(MessageUnreadable):
        decode_message(bytes(changed))


@given(st.binary(max_size=200))
def test_garbage_is_unreadable(garbage: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        decode_message(garbage)


@pytest.mark.parametrize(
    "data",
    [
        encode_message(FULL)[:-1],
        encode_message(FULL) + b"\0",
        encode_message(FULL).replace(b"songjiang", b"songjian\xff"),
        encode_message(FULL).replace(b"\xa7trouble", b"\xa7tremble"),
        b"\xdf\xff\xff\xff\xff",
        b"\x91" * 100_000,
    ],
)
def test_damaged_messages_are_unreadable(data: bytes) -> None:
    with pytest.raises(MessageUnreadable):
        decode_message(data)


def test_a_message_over_the_cap_is_not_decoded() -> None:
    with pytest.raises(MessageUnreadable, match="is over"):
        decode_message(bytes(MESSAGE_BYTES_MAX + 1))
