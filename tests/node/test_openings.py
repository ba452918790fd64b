"""A node tells its partners of the items that it decides, and they keep and use what they hear."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_opened_items, load_processes
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.items.document import item_digest
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HEFEI, SONGJIANG, online_application
from tongban.testing.memory_nodes import MemoryFederation

PROCESSES = list(load_processes().values())
ITEMS = load_opened_items("hefei")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Two nodes of which each knows its own items alone."""
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation, *ITEMS)
    federation.settle()
    yield federation
    federation.stop()


def publish(federation: MemoryFederation, *items: Item) -> None:
    node = federation.nodes[HEFEI]
    node.published = (items, PROCESSES)
    node.node.published.publish(items, PROCESSES)


def open_all(federation: MemoryFederation) -> None:
    """Hefei opens everything to everybody."""
    federation[HEFEI].openings.open_to_all(item.code for item in ITEMS)
    tell(federation)


def tell(federation: MemoryFederation) -> None:
    for name in federation.names:
        federation[name].openings.tell_all()
    federation.settle()


def known(federation: MemoryFederation) -> set[str]:
    return {item.code for item in federation[SONGJIANG].items()}


def test_what_is_opened_to_all_is_found_at_the_partner(pair: MemoryFederation) -> None:
    assert known(pair) == set()
    open_all(pair)
    assert known(pair) == {item.code for item in ITEMS}
    assert pair[SONGJIANG].item(ITEMS[0].code) == ITEMS[0]


def test_what_nothing_opens_is_not_told(pair: MemoryFederation) -> None:
    tell(pair)
    assert known(pair) == set()


def test_nothing_is_told_twice(pair: MemoryFederation) -> None:
    open_all(pair)
    assert pair[HEFEI].openings.tell_all() == 0
    pair.nodes[HEFEI].start()
    pair.settle()
    assert pair[HEFEI].openings.tell_all() == 0


def test_a_changed_item_takes_the_place_of_the_old(pair: MemoryFederation) -> None:
    open_all(pair)
    newer = replace(ITEMS[0], version=ITEMS[0].version + 1, visits=0, visits_reason=None)
    publish(pair, newer, *ITEMS[1:])
    tell(pair)
    assert pair[SONGJIANG].item(newer.code) == newer
    state = pair[SONGJIANG].openings.heard(HEFEI)
    assert state is not None
    line = state.line(newer.code)
    assert line is not None
    assert (line.document, line.version) == (item_digest(newer), 2)


def test_what_a_partner_told_survives_a_restart_and_a_rebuild(pair: MemoryFederation) -> None:
    open_all(pair)
    before = pair[SONGJIANG].openings.heard(HEFEI)
    pair.nodes[SONGJIANG].start()
    assert known(pair) == {item.code for item in ITEMS}
    rebuild(pair[SONGJIANG].kernel)
    assert pair[SONGJIANG].openings.heard(HEFEI) == before
    assert known(pair) == {item.code for item in ITEMS}


def test_what_a_partner_told_comes_back_after_a_lost_disk(pair: MemoryFederation) -> None:
    open_all(pair)
    before = pair[SONGJIANG].openings.heard(HEFEI)
    pair.nodes[SONGJIANG].lose_disk()
    pair.introduce()
    pair.settle()
    assert pair[SONGJIANG].openings.heard(HEFEI) == before
    assert known(pair) == {item.code for item in ITEMS}


def test_a_withdrawn_item_takes_no_new_applications(pair: MemoryFederation) -> None:
    open_all(pair)
    early, late = online_application(pair), online_application(pair)
    assert not isinstance(pair[SONGJIANG].execute(early), Refusal)
    pair[HEFEI].published.withdraw([early.item], reason=WithdrawalReason.ABOLISHED)
    tell(pair)
    answer = pair[SONGJIANG].execute(replace(late, taken_in_at=pair.clock.now()))
    assert isinstance(answer, Refusal)
    assert answer.ground == "item_withdrawn"
    state = pair[HEFEI].case_state(early.case)
    assert state is not None
    assert state.item_digest == item_digest(ITEMS[0]) or not state.ended
