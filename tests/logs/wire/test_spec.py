"""The prose of spec/entries.md names everything that version 1 has."""

import dataclasses
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from tongban.core.entry import Entry
from tongban.logs.wire.v1 import ENTRY_BYTES_MAX, EVENT_TYPES

PROSE = (Path(__file__).resolve().parents[3] / "spec" / "entries.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([^`]+)`", PROSE))


def words_of(hint: Any) -> set[str]:
    """Names of members and values of enumerations, all the way down."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return set(hint)
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return set(hints).union(*(words_of(part) for part in hints.values()))
    return set().union(*(words_of(part) for part in get_args(hint)))


@pytest.mark.parametrize("name", EVENT_TYPES)
def test_the_prose_names_every_type_member_and_value(name: str) -> None:
    assert {name, *words_of(EVENT_TYPES[name])} - WORDS == set()


def test_the_prose_names_every_member_of_an_entry() -> None:
    assert words_of(Entry) - WORDS == set()


def test_the_prose_states_the_greatest_size() -> None:
    assert f"{ENTRY_BYTES_MAX:,} of them" in PROSE
