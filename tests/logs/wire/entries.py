"""Strategies that draw any entry which version 1 can write."""

import dataclasses
import types
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from tongban.core.entry import Actor, Basis, Blob, Commitment, Entry, Seen, Subject
from tongban.logs.wire.v1 import EVENT_TYPES, INTEGER_MAX

IDENTIFIERS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1).map(
    lambda text: text[:200]
)
NATURALS = st.integers(min_value=0, max_value=INTEGER_MAX)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn")))
IDS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=25, max_size=25).map("0".__add__)


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    millisecond = draw(st.integers(min_value=0, max_value=4_000_000_000_000))
    minutes = draw(st.integers(min_value=-14 * 60, max_value=14 * 60))
    at = datetime(1970, 1, 2, tzinfo=UTC) + timedelta(milliseconds=millisecond)
    return at.astimezone(timezone(timedelta(minutes=minutes)))


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    if hint in SIMPLE:
        return SIMPLE[hint]
    if get_origin(hint) in {Union, types.UnionType}:
        return st.one_of([of_type(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(of_type(get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return of_dataclass(hint)


def of_dataclass(kind: Any, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    open_fields = [f.name for f in dataclasses.fields(kind) if f.name not in given]
    return st.builds(kind, **{name: of_type(hints[name]) for name in open_fields}, **given)


SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(min_value=-INTEGER_MAX, max_value=INTEGER_MAX),
    datetime: instants(),
    type(None): st.none(),
}
OPTIONAL_IDENTIFIERS = st.none() | IDENTIFIERS
COMMITMENTS = of_dataclass(
    Commitment,
    name=IDENTIFIERS,
    digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    size=NATURALS,
    media=IDENTIFIERS,
    blob=st.none()
    | of_dataclass(
        Blob,
        root=st.binary(min_size=32, max_size=32).map(bytes.hex),
        size=st.integers(min_value=1, max_value=INTEGER_MAX),
    ),
)
EVENTS = st.sampled_from(list(EVENT_TYPES.values())).flatmap(of_dataclass)
ENTRIES: st.SearchStrategy[Entry] = of_dataclass(
    Entry,
    id=IDS,
    actor=of_dataclass(
        Actor,
        organisation=OPTIONAL_IDENTIFIERS,
        role=OPTIONAL_IDENTIFIERS,
        number=OPTIONAL_IDENTIFIERS,
    ),
    subject=of_dataclass(Subject, id=IDENTIFIERS),
    event=EVENTS,
    basis=st.none()
    | of_dataclass(Basis, document=OPTIONAL_IDENTIFIERS, clause=OPTIONAL_IDENTIFIERS),
    commitments=st.lists(COMMITMENTS, max_size=3, unique_by=lambda c: c.name).map(tuple),
    seen=st.none() | of_dataclass(Seen, generation=NATURALS, size=NATURALS),
)
