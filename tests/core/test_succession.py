"""Which version of an item holds on a day, and what is left when another one is published."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tongban.core.items.item import Item
from tongban.core.items.succession import (
    base_of,
    coming,
    holding_on,
    in_effect,
    newest_of,
    standing_on,
    succeeded,
)

from .examples import FOOD

TODAY = date(2026, 11, 22)
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
NOW = replace(FOOD, version=1)
THEN = replace(FOOD, version=2, effective_from=DECEMBER)


def publish(standing: list[Item], base: Item | None, **changes: object) -> list[int]:
    """Numbers of the versions that stand after a third one."""
    new = replace(FOOD, version=3, **changes)  # type: ignore[arg-type] # any field
    return [each.version for each in succeeded(standing, new, base, TODAY)]


def test_a_version_that_holds_at_once_leaves_the_one_to_come() -> None:
    assert publish([NOW, THEN], NOW) == [3, 2]
    assert publish([NOW, THEN], NOW, effective_from=TODAY) == [3, 2]


def test_a_version_of_the_same_day_takes_the_place_of_the_one_to_come() -> None:
    assert publish([NOW, THEN], THEN, effective_from=DECEMBER) == [1, 3]


def test_a_version_to_come_can_be_moved_to_another_day_or_to_now() -> None:
    assert publish([NOW, THEN], THEN, effective_from=JANUARY) == [1, 3]
    assert publish([NOW, THEN], THEN) == [3]


def test_a_version_of_another_day_stands_with_those_before_and_after_it() -> None:
    assert publish([NOW, THEN], NOW, effective_from=JANUARY) == [1, 2, 3]
    assert publish([NOW, THEN], NOW, effective_from=date(2026, 11, 25)) == [1, 3, 2]
    assert publish([], None, effective_from=JANUARY) == [3]


def test_the_newest_is_the_one_that_was_published_last() -> None:
    assert newest_of([THEN, NOW]) == THEN
    assert newest_of([replace(NOW, version=3), THEN]).version == 3


def test_what_ended_holds_no_more_and_is_what_the_next_one_changes() -> None:
    ended = replace(NOW, effective_until=TODAY - timedelta(days=1))
    assert in_effect([ended], TODAY) is None
    assert standing_on([ended], TODAY) == (ended,)
    assert publish([ended], ended) == [3]


def test_without_a_word_the_version_of_the_same_day_is_changed_or_else_the_present_one() -> None:
    assert base_of([NOW, THEN], replace(THEN, version=3), TODAY) == THEN
    assert base_of([NOW, THEN], replace(NOW, version=3), TODAY) == NOW
    assert base_of([], NOW, TODAY) is None


@given(st.lists(st.none() | st.integers(0, 20), max_size=6), st.integers(0, 25))
def test_a_later_day_is_served_by_what_is_published_for_it_last(
    days: list[int | None], later: int
) -> None:
    standing: list[Item] = []
    for version, offset in enumerate(days, 1):
        first = None if offset is None else TODAY + timedelta(days=offset)
        new = replace(FOOD, version=version, effective_from=first)
        standing = succeeded(standing, new, base_of(standing, new, TODAY), TODAY)
        assert holding_on(standing, max(first or TODAY, TODAY)) == new
    assert len({max(each.effective_from or TODAY, TODAY) for each in standing}) == len(standing)
    assert len(coming(standing, TODAY)) >= len(standing) - 1
    if standing:
        day = TODAY + timedelta(days=later)
        begun = [each for each in standing if max(each.effective_from or TODAY, TODAY) <= day]
        assert in_effect(standing, day) == (begun[-1] if begun else None)
