"""What a node opened to its partners it takes back from one alone, and gives to it again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tongban.catalogue import load_opened_items, load_processes
from tongban.core.catalogues.events import CataloguePublished, WithdrawalReason
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.faults import NotOpen, UnknownItem, UnknownPeer
from tongban.node.openings import Openings
from tongban.node.work import readable
from tongban.testing.applications import HEFEI, SONGJIANG, SUZHOU, online_application
from tongban.testing.memory_nodes import MemoryFederation

PROCESSES = list(load_processes().values())
ITEMS = load_opened_items("hefei")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Hefei has opened everything to Songjiang and Suzhou."""
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI, SUZHOU))
    publish(federation, *ITEMS)
    federation.settle()
    hefei(federation).open_to_all(item.code for item in ITEMS)
    tell(federation)
    yield federation
    federation.stop()


def publish(federation: MemoryFederation, *items: Item) -> None:
    node = federation.nodes[HEFEI]
    node.published = (items, PROCESSES)
    node.node.published.publish(items, PROCESSES)


def hefei(federation: MemoryFederation) -> Openings:
    return federation[HEFEI].openings


def tell(federation: MemoryFederation) -> None:
    hefei(federation).tell_all()
    federation.settle()


def knows(federation: MemoryFederation, name: str, code: str) -> bool:
    return code in {item.code for item in federation[name].items()}


@pytest.fixture
def code(three: MemoryFederation) -> str:
    return online_application(three).item


def test_what_is_taken_back_from_one_partner_stays_with_the_others(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code])
    tell(three)
    assert not knows(three, SONGJIANG, code)
    assert knows(three, SUZHOU, code)
    assert three[HEFEI].published.find(code) is not None
    assert hefei(three).tell_all() == 0


def test_the_partner_takes_nothing_new_in_and_its_case_goes_on_and_is_told(
    three: MemoryFederation, code: str
) -> None:
    early, late = online_application(three), online_application(three)
    assert not isinstance(three[SONGJIANG].execute(early), Refusal)
    three.settle()
    hefei(three).close_to(SONGJIANG, [code], reason=WithdrawalReason.SUSPENDED)
    tell(three)
    answer = three[SONGJIANG].execute(replace(late, taken_in_at=three.clock.now()))
    assert isinstance(answer, Refusal)
    assert answer.ground == "item_withdrawn"
    state = three[HEFEI].case_state(early.case)
    assert state is not None
    assert not state.ended
    told = three[SONGJIANG].withdrawal(state)
    assert told == three[HEFEI].withdrawal(state)
    assert told is not None
    assert told.reason == WithdrawalReason.SUSPENDED


def test_what_was_taken_back_is_given_again_in_the_same_version(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code], number="C7")
    tell(three)
    hefei(three).open_to(SONGJIANG, [code], number="C8")
    tell(three)
    assert knows(three, SONGJIANG, code)
    assert not isinstance(three[SONGJIANG].execute(online_application(three)), Refusal)
    assert hefei(three).tell_all() == 0
    assert officers(three)[-2:] == ["C7", "C8"]


def test_opening_to_all_means_those_too_from_whom_it_was_taken_back(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code])
    tell(three)
    hefei(three).open_to_all([code])
    tell(three)
    assert knows(three, SONGJIANG, code)


def test_neither_another_version_nor_a_restart_gives_it_again(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code])
    tell(three)
    publish(three, *(replace(item, version=item.version + 1) for item in ITEMS))
    tell(three)
    three.nodes[HEFEI].start()
    three.settle()
    tell(three)
    assert not knows(three, SONGJIANG, code)
    assert knows(three, SUZHOU, code)


def test_after_a_lost_disk_it_does_not_come_back_until_it_is_given_to_that_partner(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code])
    tell(three)
    three.nodes[HEFEI].lose_disk()
    three.introduce()
    three.settle()
    hefei(three).open_to_all([code])
    tell(three)
    assert not knows(three, SONGJIANG, code)
    hefei(three).open_to(SONGJIANG, [code])
    tell(three)
    assert knows(three, SONGJIANG, code)


def test_taking_back_from_a_later_day_lets_people_apply_until_then(
    three: MemoryFederation, code: str
) -> None:
    later = three[HEFEI].published.today() + timedelta(days=2)
    hefei(three).close_to(SONGJIANG, [code], from_day=later)
    tell(three)
    assert knows(three, SONGJIANG, code)
    three.clock.pass_days(2)
    assert not knows(three, SONGJIANG, code)
    assert knows(three, SUZHOU, code)


def test_what_was_taken_back_and_then_withdrawn_is_gone_for_all(
    three: MemoryFederation, code: str
) -> None:
    hefei(three).close_to(SONGJIANG, [code])
    three[HEFEI].published.withdraw([code], reason=WithdrawalReason.ABOLISHED)
    tell(three)
    assert not knows(three, SUZHOU, code)
    heard = three[SONGJIANG].openings.heard(HEFEI)
    assert heard is not None
    gone = heard.withdrawal(code)
    assert gone is not None
    assert gone.reason == WithdrawalReason.ABOLISHED


def test_a_partner_that_was_not_told_yet_never_learns_of_it(
    three: MemoryFederation, code: str
) -> None:
    newer = replace(ITEMS[0], code=f"{code[:-3]}999", handling_items=(), decisions=())
    publish(three, *ITEMS, newer)
    hefei(three).open_to_all([newer.code])
    hefei(three).close_to(SONGJIANG, [newer.code])
    tell(three)
    assert not knows(three, SONGJIANG, newer.code)
    assert knows(three, SUZHOU, newer.code)


def test_what_is_not_open_or_not_there_is_not_taken_back_and_nothing_is(
    three: MemoryFederation, code: str
) -> None:
    with pytest.raises(UnknownPeer):
        hefei(three).close_to("nobody.example", [code])
    with pytest.raises(UnknownItem):
        hefei(three).close_to(SONGJIANG, [code, "unknown"])
    hefei(three).close_to(SONGJIANG, [code])
    with pytest.raises(NotOpen):
        hefei(three).close_to(SONGJIANG, [code, *(item.code for item in ITEMS)])
    tell(three)
    assert [item.code for item in ITEMS if not knows(three, SONGJIANG, item.code)] == [code]


def test_a_node_says_what_it_took_back_from_whom(three: MemoryFederation, code: str) -> None:
    hefei(three).close_to(SONGJIANG, [code], number="C7")
    at = {each.peer: each for each in hefei(three).at_partners()}
    assert at[SONGJIANG].closed[code].number == "C7"
    assert code not in at[SONGJIANG].ways
    assert at[SUZHOU].closed == {}
    hefei(three).open_to(SONGJIANG, [code])
    assert {each.peer: each for each in hefei(three).at_partners()}[SONGJIANG].closed == {}


def officers(federation: MemoryFederation) -> list[str | None]:
    """Who said each version of Hefei's catalogue, as its journal has them."""
    kernel = federation[HEFEI].kernel
    with kernel.database.read() as connection:
        lines = kernel.store.journal(connection, 0, 10_000)
    return [
        entry.actor.number
        for line in lines
        if (entry := readable(line.data)) and isinstance(entry.event, CataloguePublished)
    ]
