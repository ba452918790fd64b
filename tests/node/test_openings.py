"""A node tells its partners of the items that it decides, and they keep and use what they hear."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tongban.catalogue import load_opened_items, load_processes
from tongban.core.cases.process import process_digest
from tongban.core.catalogues.changes import ChangeKind
from tongban.core.catalogues.commands import Publish
from tongban.core.catalogues.events import CataloguePublished, PublishedLine, WithdrawalReason
from tongban.core.catalogues.opening import Opening
from tongban.core.catalogues.telling import Telling
from tongban.core.home.events import OutcomeDisputed
from tongban.core.items.document import item_digest, item_document
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.logs.rows import JournalLine
from tongban.node.asked import Command
from tongban.node.desk import Beside, Desk, Executed
from tongban.node.faults import UnknownItem, UnknownPeer
from tongban.node.node import Node
from tongban.node.openings import Openings
from tongban.node.pair_evidence import pair_evidence
from tongban.node.rebuild import rebuild
from tongban.node.work import readable
from tongban.testing.applications import HEFEI, OFFICER, SONGJIANG, SUZHOU, online_application
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


class Interrupted(Desk):
    """Lets something else happen just before the first command is carried out."""

    def __init__(self, node: Node, meanwhile: Callable[[], object]) -> None:
        super().__init__(node.kernel, node.published, lambda _peer: None)
        self._meanwhile = [meanwhile]

    def execute(
        self, command: Command, *, partner: str = "", beside: Beside | None = None
    ) -> Executed | Refusal:
        while self._meanwhile:
            self._meanwhile.pop()()
        return super().execute(command, partner=partner, beside=beside)


def test_two_who_tell_at_the_same_moment_say_nothing_twice(pair: MemoryFederation) -> None:
    node = pair[HEFEI]
    node.openings.open_to_all(item.code for item in ITEMS)
    desk = Interrupted(node, node.openings.tell_all)
    racing = Openings(node.kernel, node.published, node.rules, desk)
    assert racing.tell_all() == 0
    pair.settle()
    changes = pair[SONGJIANG].openings.changes(HEFEI)
    assert [change.kind for change in changes] == [ChangeKind.ADDED] * len(ITEMS)
    assert {change.version for change in changes} == {1}


def test_who_looked_before_a_change_does_not_take_it_back(pair: MemoryFederation) -> None:
    node, newer = pair[HEFEI], replace(ITEMS[0], version=ITEMS[0].version + 1)

    def change() -> None:
        publish(pair, newer, *ITEMS[1:])
        node.openings.tell_all()

    node.openings.open_to_all(item.code for item in ITEMS)
    Openings(node.kernel, node.published, node.rules, Interrupted(node, change)).tell_all()
    pair.settle()
    assert pair[SONGJIANG].item(newer.code) == newer
    assert len(pair[SONGJIANG].openings.changes(HEFEI)) == len(ITEMS)


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
    assert not state.ended
    assert pair[SONGJIANG].withdrawal(state) == pair[HEFEI].withdrawal(state) is not None


def test_an_application_that_crosses_a_withdrawal_is_refused_alike_on_both_sides(
    pair: MemoryFederation,
) -> None:
    open_all(pair)
    pair[HEFEI].published.withdraw([online_application(pair).item])
    pair[HEFEI].openings.tell_all()
    late = online_application(pair)
    assert not isinstance(pair[SONGJIANG].execute(late), Refusal)
    pair.settle()
    assert pair[HEFEI].case_state(late.case) is None
    state = pair[SONGJIANG].case_state(late.case)
    assert state is not None
    assert state.returned == "item_withdrawn"
    assert disputes(pair) == []


def test_a_withdrawal_for_a_later_day_lets_people_apply_until_then(
    pair: MemoryFederation,
) -> None:
    open_all(pair)
    code = online_application(pair).item
    first = pair[HEFEI].published.today() + timedelta(days=2)
    pair[HEFEI].published.withdraw([code], from_day=first)
    tell(pair)
    assert code in known(pair)
    assert not isinstance(pair[SONGJIANG].execute(online_application(pair)), Refusal)
    pair.clock.pass_days(2)
    assert code not in known(pair)
    assert isinstance(pair[SONGJIANG].execute(online_application(pair)), Refusal)


def test_a_withdrawal_for_a_later_day_says_the_same_after_a_restart(
    pair: MemoryFederation,
) -> None:
    open_all(pair)
    later = pair[HEFEI].published.today() + timedelta(days=2)
    pair[HEFEI].published.withdraw([ITEMS[0].code], from_day=later)
    tell(pair)
    pair.nodes[HEFEI].start()
    pair.settle()
    assert pair[HEFEI].published.find(ITEMS[0].code) == ITEMS[0]
    pair.clock.pass_days(2)
    assert pair[HEFEI].published.find(ITEMS[0].code) is None


def test_who_withdraws_an_item_twice_said_it_once(pair: MemoryFederation) -> None:
    open_all(pair)
    later = pair[HEFEI].published.today() + timedelta(days=2)
    for reason in (WithdrawalReason.MERGED, WithdrawalReason.MOVED):
        pair[HEFEI].published.withdraw([ITEMS[0].code], reason=reason, from_day=later)
        tell(pair)
    assert pair[HEFEI].published.find(ITEMS[0].code) == ITEMS[0]
    (gone,) = pair[HEFEI].published.withdrawn()
    assert gone.reason == WithdrawalReason.MERGED


def test_a_withdrawn_item_stays_so_over_a_restart_until_it_has_another_version(
    pair: MemoryFederation,
) -> None:
    open_all(pair)
    pair[HEFEI].published.withdraw([ITEMS[0].code])
    tell(pair)
    pair.nodes[HEFEI].start()
    pair.settle()
    assert pair[HEFEI].published.find(ITEMS[0].code) is None
    publish(pair, replace(ITEMS[0], version=ITEMS[0].version + 1), *ITEMS[1:])
    tell(pair)
    assert ITEMS[0].code in known(pair)


def test_no_version_that_stood_opens_a_withdrawn_item_again(pair: MemoryFederation) -> None:
    later = pair[HEFEI].published.today() + timedelta(days=9)
    then = replace(ITEMS[0], version=ITEMS[0].version + 1, effective_from=later)
    publish(pair, *ITEMS, then)
    pair[HEFEI].published.withdraw([ITEMS[0].code])
    pair.nodes[HEFEI].start()
    assert pair[HEFEI].published.find(ITEMS[0].code) is None


def test_after_a_lost_disk_a_withdrawn_item_does_not_come_back_by_itself(
    pair: MemoryFederation,
) -> None:
    open_all(pair)
    pair[HEFEI].published.withdraw([ITEMS[0].code])
    tell(pair)
    pair.nodes[HEFEI].lose_disk()
    pair.introduce()
    pair.settle()
    open_all(pair)
    assert ITEMS[0].code not in known(pair)


def test_a_large_catalogue_is_told_in_many_versions(pair: MemoryFederation) -> None:
    many = [copy_of(ITEMS[0], number) for number in range(120)]
    publish(pair, *many)
    pair[HEFEI].openings.open_to_all(item.code for item in many)
    assert pair[HEFEI].openings.tell_all() > 2
    pair.settle()
    assert len(known(pair)) == 120
    assert disputes(pair) == []


def test_an_item_that_another_authority_decides_is_refused(pair: MemoryFederation) -> None:
    foreign = replace(ITEMS[0], competent=SONGJIANG)
    with pair[HEFEI].kernel.database.write() as connection:
        document = pair[HEFEI].kernel.library.put(connection, item_document(foreign))
    line = PublishedLine(item=foreign.code, document=document, processes=())
    command = Publish(publisher=HEFEI, actor=OFFICER, published=(line,))
    answer = pair[HEFEI].execute(command, partner=SONGJIANG)
    assert isinstance(answer, Refusal)
    assert answer.ground == "not_competent_for_item"


def test_only_own_items_are_opened(pair: MemoryFederation) -> None:
    with pytest.raises(UnknownItem):
        pair[HEFEI].openings.open_to_all(["unknown"])


def test_what_is_opened_to_one_partner_stays_unknown_to_the_others(tmp_path: Path) -> None:
    three = MemoryFederation(tmp_path, (SONGJIANG, HEFEI, SUZHOU))
    publish(three, *ITEMS)
    three.settle()
    three[HEFEI].openings.open_to(SONGJIANG, [ITEMS[0].code], number="C7")
    tell(three)
    assert known(three) == {ITEMS[0].code}
    assert three[SUZHOU].items() == ()
    three.stop()


def test_nothing_is_opened_to_somebody_who_is_no_partner(pair: MemoryFederation) -> None:
    with pytest.raises(UnknownPeer):
        pair[HEFEI].openings.open_to(SUZHOU, [ITEMS[0].code])


def test_the_officer_who_opened_an_item_stands_in_the_version_that_tells_of_it(
    pair: MemoryFederation,
) -> None:
    pair[HEFEI].openings.open_to(SONGJIANG, [ITEMS[0].code], number="C7")
    pair[HEFEI].openings.open_to_all([ITEMS[1].code])
    tell(pair)
    newer = replace(ITEMS[0], version=ITEMS[0].version + 1)
    publish(pair, newer, *ITEMS[1:])
    tell(pair)
    told = [
        (entry.actor.number, [line.item for line in entry.event.published])
        for line in journal(pair, HEFEI)
        if (entry := readable(line.data)) and isinstance(entry.event, CataloguePublished)
    ]
    assert told == [(None, [ITEMS[1].code]), ("C7", [ITEMS[0].code]), (None, [ITEMS[0].code])]


def test_a_node_says_what_each_partner_knows_of_its_items(pair: MemoryFederation) -> None:
    first, second = ITEMS[:2]
    pair[HEFEI].openings.open_to(SONGJIANG, [first.code])
    (before,) = pair[HEFEI].openings.at_partners()
    tell(pair)
    (after,) = pair[HEFEI].openings.at_partners()
    assert (after.peer, after.reachable) == (SONGJIANG, True)
    assert after.ways == {first.code: (Opening.TO_PARTNER,)}
    digest = item_digest(first)
    assert before.known.of_item(first.code, digest) is Telling.NOT_YET
    assert after.known.of_item(first.code, digest) is Telling.TOLD
    assert second.code not in after.ways


def test_both_nodes_hold_the_same_evidence_of_what_is_opened(pair: MemoryFederation) -> None:
    open_all(pair)
    _, ours = pair_evidence(pair[HEFEI].kernel, SONGJIANG)
    theirs, _ = pair_evidence(pair[SONGJIANG].kernel, HEFEI)
    assert ours == theirs
    assert {item.code for item in ours.items} == {item.code for item in ITEMS}


def copy_of(item: Item, number: int) -> Item:
    """An item with a code of its own; it is made up."""
    code = f"{item.code[:-3]}{number:03d}"
    return replace(item, code=code, handling_items=(), decisions=())


def disputes(federation: MemoryFederation) -> list[str]:
    """What either node recorded of outcomes that it computed otherwise."""
    return [
        entry.event.theirs
        for name in federation.names
        for line in journal(federation, name)
        if (entry := readable(line.data)) and isinstance(entry.event, OutcomeDisputed)
    ]


def journal(federation: MemoryFederation, name: str) -> Sequence[JournalLine]:
    kernel = federation[name].kernel
    with kernel.database.read() as connection:
        return kernel.store.journal(connection, 0, 10_000)


def line_of(item: Item) -> PublishedLine:
    digests = {process.name: process_digest(process) for process in PROCESSES}
    names = dict.fromkeys(offer.process for offer in item.modes)
    return PublishedLine(
        item=item.code,
        document=item_digest(item),
        processes=tuple(digests[name] for name in names),
    )


def test_versions_that_wait_for_a_closed_line_follow_on_each_other(
    pair: MemoryFederation,
) -> None:
    first, second = (line_of(item) for item in ITEMS[:2])
    pair.nodes[HEFEI].start()
    for line in (first, second):
        told = Publish(publisher=HEFEI, actor=OFFICER, published=(line,))
        assert not isinstance(pair[HEFEI].execute(told, partner=SONGJIANG), Refusal)
    assert pair[HEFEI].openings.told(SONGJIANG) is None
    pair.settle()
    assert known(pair) == {item.code for item in ITEMS[:2]}
