"""What a node's catalogue says today, and what it said on a day before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tongban.catalogue import load_processes
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.node.published import Published
from tongban.testing.applications import HEFEI, all_items
from tongban.testing.memory_nodes import MemoryFederation

FOOD = next(item for item in all_items() if item.competent == HEFEI)


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[MemoryFederation]:
    made = MemoryFederation(tmp_path, (HEFEI,))
    yield made
    made.stop()


def publish(federation: MemoryFederation, *items: Item) -> Published:
    published = federation[HEFEI].published
    published.publish(items, load_processes().values())
    return published


def versions_on(published: Published, day: date) -> list[int]:
    return [item.version for _row, item in published.on(day)]


def test_a_new_version_takes_the_place_of_the_old_which_stays_readable(
    federation: MemoryFederation,
) -> None:
    published = publish(federation, FOOD)
    first = published.today()
    federation.clock.pass_days(10)
    publish(federation, replace(FOOD, version=2, visits=0))
    assert published.item(FOOD.code).version == 2
    assert versions_on(published, first + timedelta(days=9)) == [1]
    assert versions_on(published, first + timedelta(days=10)) == [1, 2]
    assert versions_on(published, first + timedelta(days=11)) == [2]
    (old, _), (new, _) = published.history(FOOD.code)
    assert old.digest == item_digest(FOOD) != new.digest


def test_publishing_the_same_again_changes_nothing(federation: MemoryFederation) -> None:
    published = publish(federation, FOOD)
    federation.clock.pass_days(1)
    publish(federation, FOOD)
    assert len(published.history(FOOD.code)) == 1


def test_a_version_waits_for_the_day_on_which_it_takes_effect(
    federation: MemoryFederation,
) -> None:
    today = federation[HEFEI].published.today()
    now = replace(FOOD, effective_until=today + timedelta(days=4))
    then = replace(FOOD, version=2, effective_from=today + timedelta(days=5))
    published = publish(federation, now, then)
    assert [item.version for item in published.items()] == [1]
    federation.clock.pass_days(5)
    assert [item.version for item in published.items()] == [2]
    assert published.item(FOOD.code).version == 2


def test_a_withdrawn_item_is_offered_no_more_and_still_stood_before(
    federation: MemoryFederation,
) -> None:
    published = publish(federation, FOOD)
    first = published.today()
    federation.clock.pass_days(3)
    published.withdraw([FOOD.code])
    assert published.find(FOOD.code) is None
    assert published.standing() == []
    assert versions_on(published, first) == [1]
    assert versions_on(published, first + timedelta(days=4)) == []
