"""What officers publish counts at once, is on the home log, and is there after a start."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tongban.app.pages import publish_catalogue
from tongban.catalogue import load_items, load_processes
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import ItemsPublished
from tongban.core.items.item import Item
from tongban.logs.rows import LogKind
from tongban.node import own_items
from tongban.node.faults import ItemsChanged
from tongban.node.node import Node
from tongban.node.ports import Connection
from tongban.node.work import readable
from tongban.testing.applications import HEFEI
from tongban.testing.memory_nodes import MemoryFederation

FIRST, SECOND = load_items("hefei")[:2]
OFFICER = Actor(kind=ActorKind.OFFICER, role="catalogue_officer", number="C7")


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[MemoryFederation]:
    made = MemoryFederation(tmp_path, (HEFEI,))
    made.publish([FIRST], list(load_processes().values()))
    yield made
    made.stop()


def next_version(item: Item, **changes: object) -> Item:
    return replace(item, version=item.version + 1, **changes)  # type: ignore[arg-type] # any field


def told(node: Node) -> list[tuple[ItemsPublished, Actor]]:
    """Every publication on the home log, with who made it."""
    store = node.kernel.store
    with node.kernel.database.read() as lent:
        log = store.find_log(lent, kind=LogKind.HOME, peer="")
        assert log is not None
        rows = store.entries_of(lent, log, "items.published")
    entries = [readable(row.data) for row in rows]
    return [
        (entry.event, entry.actor)
        for entry in entries
        if entry is not None and isinstance(entry.event, ItemsPublished)
    ]


def test_a_publication_counts_at_once_and_says_who_made_it(federation: MemoryFederation) -> None:
    node = federation[HEFEI]
    node.own.publish([next_version(FIRST, visits=0), SECOND], actor=OFFICER)
    assert node.item(FIRST.code).version == 2
    assert node.item(SECOND.code) == SECOND
    ((event, actor),) = told(node)
    assert (event.items, len(event.listings)) == (2, 1)
    assert actor == OFFICER


def test_what_was_published_takes_the_place_of_what_ships_after_a_start(
    federation: MemoryFederation,
) -> None:
    second = next_version(FIRST, visits=0)
    federation[HEFEI].own.publish([second], actor=OFFICER)
    federation[HEFEI].own.publish([next_version(second)], actor=OFFICER)
    federation.nodes[HEFEI].start()
    node = federation[HEFEI]
    publish_catalogue(node)
    assert node.item(FIRST.code) == next_version(second)
    assert node.item(SECOND.code) == SECOND


def test_a_version_that_does_not_follow_on_what_stands_is_not_published(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    with pytest.raises(ItemsChanged, match="version 1 of"):
        node.own.publish([SECOND, replace(FIRST, version=3)], actor=OFFICER)
    assert told(node) == []
    assert node.published.find(SECOND.code) is None


def test_nothing_is_published_when_what_stands_beside_it_fails(
    federation: MemoryFederation,
) -> None:
    def fail(_connection: Connection) -> None:
        raise ItemsChanged

    node = federation[HEFEI]
    with pytest.raises(ItemsChanged):
        node.own.publish([next_version(FIRST)], actor=OFFICER, beside=fail)
    assert node.item(FIRST.code) == FIRST
    assert told(node) == []


def test_a_version_of_a_later_day_stands_beside_the_one_that_holds_until_then(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    later = next_version(FIRST, effective_from=node.published.today() + timedelta(days=5))
    node.own.publish([later], actor=OFFICER)
    assert node.item(FIRST.code) == FIRST
    assert node.own.newest()[FIRST.code] == later
    assert node.own.recall() == [FIRST, later]
    federation.clock.pass_days(5)
    assert node.item(FIRST.code) == later
    assert [item for item in node.items() if item.code == FIRST.code] == [later]


def test_a_change_of_today_leaves_the_version_to_come_also_after_a_start(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    later = next_version(FIRST, effective_from=node.published.today() + timedelta(days=5))
    node.own.publish([later], actor=OFFICER)
    third = replace(FIRST, version=3, visits=0)
    node.own.publish([third], actor=OFFICER, bases={FIRST.code: 1})
    assert node.own.versions()[FIRST.code] == (third, later)
    assert node.own.newest()[FIRST.code] == third
    federation.nodes[HEFEI].start()
    node = federation[HEFEI]
    publish_catalogue(node)
    assert node.item(FIRST.code) == third
    federation.clock.pass_days(5)
    assert node.item(FIRST.code) == later


def test_a_version_to_come_is_moved_and_not_left_where_it_was(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    first = node.published.today() + timedelta(days=5)
    later = next_version(FIRST, effective_from=first)
    node.own.publish([later], actor=OFFICER)
    moved = next_version(later, effective_from=first + timedelta(days=5))
    node.own.publish([moved], actor=OFFICER, bases={FIRST.code: 2})
    assert node.own.versions()[FIRST.code] == (FIRST, moved)


def test_a_version_whose_first_day_passed_before_it_was_published_is_refused(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    planned = next_version(FIRST, effective_from=node.published.today())
    federation.clock.pass_days(1)
    with pytest.raises(ItemsChanged, match="has passed before it was published"):
        node.own.publish([planned], actor=OFFICER)
    assert node.item(FIRST.code) == FIRST


def test_a_withdrawn_item_comes_back_with_the_new_version_alone(
    federation: MemoryFederation,
) -> None:
    node = federation[HEFEI]
    node.published.withdraw([FIRST.code])
    later = next_version(FIRST, effective_from=node.published.today() + timedelta(days=5))
    node.own.publish([later], actor=OFFICER)
    assert node.own.versions()[FIRST.code] == (later,)
    assert node.own.recall() == [later]


def test_a_large_publication_is_listed_in_several_documents(
    federation: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_items, "_LINES_MAX", 2)
    node = federation[HEFEI]
    items = load_items("hefei")[1:6]
    node.own.publish(items, actor=OFFICER)
    ((event, _),) = told(node)
    assert (event.items, len(event.listings)) == (5, 3)
    assert node.own.recall() == list(items)
