import dataclasses
import json
import sys
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core.cases.events import CaseAccepted, CaseOpened
from tongban.core.entry import Actor, ActorKind, Commitment, Entry, Event, Subject, SubjectKind
from tongban.logs.faults import EntryUnreadable, EntryUnwritable
from tongban.logs.wire import ENTRY_BYTES_MAX, decode, encode, read, type_name
from tongban.logs.wire.v1 import EVENT_TYPES

from .entries import ENTRIES

AT = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=timezone(timedelta(hours=8)))
OPENED = Entry(
    id="01JGHVTJ7E0000000000000000",
    at=AT,
    actor=Actor(kind=ActorKind.OFFICER, number="7"),
    subject=Subject(kind=SubjectKind.CASE, id="case-1"),
    event=CaseOpened(),
)
BYTES = encode(OPENED)


@given(ENTRIES)
def test_every_entry_reads_back_as_it_was_written(entry: Entry) -> None:
    assert decode(encode(entry)) == entry


@given(ENTRIES)
def test_bytes_are_canonical_as_another_encoder_writes_them(entry: Entry) -> None:
    data = encode(entry)
    plain = json.loads(data)
    again = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == data


@given(ENTRIES, st.data())
def test_no_changed_byte_reads_as_the_same_entry(entry: Entry, data: st.DataObject) -> None:
    changed = bytearray(encode(entry))
    place = data.draw(st.integers(min_value=0, max_value=len(changed) - 1))
    changed[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    try:
        other = decode(bytes(changed))
    except EntryUnreadable:
        return
    assert other != entry
    assert encode(other) == changed


@given(st.binary())
def test_arbitrary_bytes_are_refused_and_nothing_else_happens(data: bytes) -> None:
    with pytest.raises(EntryUnreadable):
        decode(data)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_arbitrary_values_in_a_field_are_refused(value: object) -> None:
    plain = json.loads(BYTES) | {"subject": value}
    with pytest.raises(EntryUnreadable):
        decode(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode())


@given(entry=ENTRIES)
def test_reading_says_the_same_as_decoding_and_does_not_ask_for_the_form(entry: Entry) -> None:
    data = encode(entry)
    assert read(data) == entry
    assert read(b" " + data) == entry
    with pytest.raises(EntryUnreadable):
        decode(b" " + data)


def test_a_deeply_nested_entry_is_refused() -> None:
    with pytest.raises(EntryUnreadable):
        decode(b'{"event":' + b"[" * 60_000)


def test_an_entry_of_a_later_version_is_refused_by_its_number() -> None:
    with pytest.raises(EntryUnreadable, match="version 2"):
        decode(BYTES.replace(b'"v":1', b'"v":2'))


def test_what_is_refused_is_never_quoted() -> None:
    with pytest.raises(EntryUnreadable) as caught:
        decode(BYTES.replace(b'"officer"', b'"Zhang San"'))
    assert "Zhang" not in str(caught.value)
    assert "$.actor.kind" in str(caught.value)


@pytest.mark.parametrize(
    "misfit",
    [
        {"id": "01jghvtj7e0000000000000000"},
        {"id": "81JGHVTJ7E0000000000000000"},
        {"at": AT.replace(tzinfo=None)},
        {"at": AT.replace(microsecond=1)},
        {"at": AT.replace(tzinfo=timezone(timedelta(seconds=1)))},
        {"at": AT.replace(year=9999)},
        {"actor": Actor(kind=ActorKind.OFFICER, role="窗口")},
        {"subject": Subject(kind=SubjectKind.CASE, id="")},
        {"commitments": (Commitment(name="a", digest="0" * 63, size=1, media="a/b"),)},
        {"commitments": (Commitment(name="a", digest="0" * 64, size=-1, media="a/b"),)},
        {"commitments": (Commitment(name="a", digest="0" * 64, size=1, media="a/b"),) * 2},
        {"event": CaseAccepted(number="\uffff")},
        {"event": CaseAccepted(number="\ud800")},
        {"event": CaseAccepted(number="a" * ENTRY_BYTES_MAX)},
    ],
)
def test_a_value_that_fits_no_entry_is_not_written(misfit: dict[str, object]) -> None:
    with pytest.raises(EntryUnwritable):
        encode(dataclasses.replace(OPENED, **misfit))  # type: ignore[arg-type]  # misfits on purpose


def test_an_entry_of_exactly_the_greatest_size_is_written_and_read() -> None:
    empty = encode(dataclasses.replace(OPENED, event=CaseAccepted(number="")))
    number = "a" * (ENTRY_BYTES_MAX - len(empty))
    entry = dataclasses.replace(OPENED, event=CaseAccepted(number=number))
    assert decode(encode(entry)) == entry


def test_an_event_of_no_known_type_is_not_written() -> None:
    with pytest.raises(EntryUnwritable):
        encode(dataclasses.replace(OPENED, event=Event()))


def test_every_event_of_core_has_a_name_on_the_wire() -> None:
    named = set(EVENT_TYPES.values())
    defined = {
        value
        for kind in named
        for value in vars(sys.modules[kind.__module__]).values()
        if isinstance(value, type)
        and issubclass(value, Event)
        # What others are a kind of is written by none.
        and not value.__subclasses__()
    }
    assert defined == named
    assert type_name(CaseOpened()) == "case.opened"
