"""One value, one form of bytes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.canonical import INTEGER_MAX, decode, digest, encode
from tongban.core.faults import NotCanonical, NotEncodable

from .examples import CHINA, MORNING

KEYS = st.text(st.characters(max_codepoint=0x7E), max_size=5)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-INTEGER_MAX, max_value=INTEGER_MAX)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What the tests encode."""

    words: str
    at: datetime
    count: int = 0


@given(VALUES)
def test_what_was_encoded_is_decoded_again(value: Any) -> None:
    assert decode(encode(value), object) == value


@given(VALUES)
def test_encoding_what_was_decoded_gives_the_same_bytes(value: Any) -> None:
    data = encode(value)
    assert encode(decode(data, object)) == data


@given(st.binary(max_size=60))
def test_any_other_bytes_are_refused_or_are_the_one_form(data: bytes) -> None:
    try:
        value = decode(data, object)
    except NotCanonical:
        return
    assert encode(value) == data


def test_keys_are_sorted_and_every_field_is_written() -> None:
    note = Note(words="中", at=MORNING)
    expected = '{"at":"2026-11-02T09:00:00.000+08:00","count":0,"words":"中"}'
    assert encode(note) == expected.encode()
    assert decode(expected.encode(), Note) == note


def test_the_offset_of_an_instant_is_kept() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 6000, tzinfo=UTC)
    assert encode(at) == b'"2026-01-02T03:04:05.006+00:00"'
    assert encode(at.astimezone(CHINA)) == b'"2026-01-02T11:04:05.006+08:00"'


@pytest.mark.parametrize(
    "data",
    [
        b'{"words":"a","at":"2026-11-02T09:00:00.000+08:00","count":0}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","words":"a"}',
        b'{"at":"2026-11-02T09:00:00+08:00","count":0,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+0800","count":0,"words":"a"}',
        b'{"at":"2026-11-02T01:00:00.000Z","count":0,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0,"more":1,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0,"count":0,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0.0,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":"0","words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0,"words":"\\u0061"}',
        b' {"at":"2026-11-02T09:00:00.000+08:00","count":0,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0,"words":"a"}\n',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":9007199254740992,"words":"a"}',
        b'{"at":"2026-11-02T09:00:00.000+08:00","count":0,"words":"\xff"}',
        b"[" * 100_000,
        b"",
    ],
)
def test_bytes_that_are_not_the_one_form_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data, Note)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        INTEGER_MAX + 1,
        {"中": 1},
        {1: 1},
        {"a": object()},
        "\ud800",
        datetime(2026, 1, 1),  # noqa: DTZ001  # an instant without offset is what is refused
        MORNING + timedelta(microseconds=1),
    ],
)
def test_what_has_no_one_form_is_not_encoded(value: Any) -> None:
    with pytest.raises(NotEncodable):
        encode(value)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001  # hypothesis draws naive instants
def test_every_whole_millisecond_survives(naive: datetime) -> None:
    at = naive.replace(
        microsecond=naive.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(minutes=330))
    )
    assert decode(encode(at), datetime) == at


def test_a_digest_names_its_hash() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest(b"") == f"sha256:{empty}"
    assert canonical.digest(b"a") != canonical.digest(b"b")
