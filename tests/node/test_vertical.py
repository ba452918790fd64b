"""An upper level publishes lists and advice to its partners, and can do nothing inside them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tongban.catalogue.regulation import load_mandates
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE, STANDARD
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import AdviceIssued, MandateIssued
from tongban.core.mandates.advice import Advice
from tongban.core.mandates.progress import progress_of
from tongban.core.words import Words
from tongban.logs.rows import LogKind
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.node import Node
from tongban.node.pair_evidence import pair_evidence
from tongban.node.rebuild import rebuild
from tongban.node.work import readable
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation

UPPER = "jiaxing.g60.demo"
LIST = load_mandates()[-1]
LONGER = replace(LIST, complete=False, lines_announced=20)
WORDS = Words(zh="演示", en="made up")
TEXT = Advice(
    number="G60/A-1",
    title=WORDS,
    issuer=WORDS,
    published_on=date(2026, 11, 23),
    text=WORDS,
    basic_code=LIST.lines[0].basic_codes[0],
    illustrative=True,
)
OFFICER = Actor(kind=ActorKind.OFFICER, role="joint_officer", number="J1")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI, UPPER))
    federation.settle()
    yield federation
    federation.stop()


def tell(federation: MemoryFederation) -> None:
    for name in federation.names:
        federation[name].openings.tell_all()
    federation.settle()


def home_events(node: Node, type_name: str) -> list[object]:
    store = node.kernel.store
    with node.kernel.database.read() as lent:
        log = store.find_log(lent, kind=LogKind.HOME, peer="")
        assert log is not None
        rows = store.entries_of(lent, log, type_name)
    return [entry.event for row in rows if (entry := readable(row.data)) is not None]


def published(federation: MemoryFederation) -> None:
    federation[UPPER].rules.issue(MANDATE, LIST, after=0, actor=OFFICER)
    federation[UPPER].rules.issue(ADVICE, TEXT, after=0, actor=OFFICER)
    tell(federation)


def test_partners_know_what_was_published_and_by_whom(three: MemoryFederation) -> None:
    published(three)
    for name in three.names:
        (mandate,) = three[name].rules.known(MANDATE)
        (advice,) = three[name].rules.known(ADVICE)
        assert mandate.rule.publisher == advice.rule.publisher == UPPER
        assert mandate.rule.lines == LIST.lines
        assert list(three[name].rules.known(STANDARD)) == []
        assert home_events(three[name], "outcome.disputed") == []


def test_who_published_stands_on_the_home_log(three: MemoryFederation) -> None:
    mandate = three[UPPER].rules.issue(MANDATE, LIST, after=0, actor=OFFICER)
    advice = three[UPPER].rules.issue(ADVICE, TEXT, after=0, actor=OFFICER)
    assert home_events(three[UPPER], "mandate.issued") == [
        MandateIssued(number=LIST.number, version=1, document=mandate.digest)
    ]
    assert home_events(three[UPPER], "advice.issued") == [
        AdviceIssued(number=TEXT.number, version=1, document=advice.digest)
    ]


def test_versions_grow_and_the_newest_stands(three: MemoryFederation) -> None:
    published(three)
    with pytest.raises(RuleUnchanged):
        three[UPPER].rules.issue(MANDATE, LIST, after=1, actor=OFFICER)
    with pytest.raises(RuleChanged):
        three[UPPER].rules.issue(MANDATE, LONGER, after=0, actor=OFFICER)
    three[UPPER].rules.issue(MANDATE, LONGER, after=1, actor=OFFICER)
    tell(three)
    (standing,) = three[HEFEI].rules.standing(MANDATE)
    assert (standing.rule.version, standing.rule.lines_announced) == (2, 20)
    assert len(three[HEFEI].rules.known(MANDATE)) == 2


def test_nothing_is_told_twice_and_a_rebuild_finds_the_same(three: MemoryFederation) -> None:
    published(three)
    before = [three[name].rules.known(MANDATE) for name in three.names]
    assert three[UPPER].openings.tell_all() == 0
    for name in three.names:
        rebuild(three[name].kernel)
    assert [three[name].rules.known(MANDATE) for name in three.names] == before


def test_two_places_compute_the_same_progress_of_an_upper_levels_list(
    three: MemoryFederation,
) -> None:
    published(three)
    found = []
    for name, peer in ((SONGJIANG, HEFEI), (HEFEI, SONGJIANG)):
        (known,) = three[name].rules.standing(MANDATE)
        both = pair_evidence(three[name].kernel, peer)
        lines = [progress_of(known.rule.lines, each, at=three.clock.now()) for each in both]
        found.append({(each.taker, each.line.number): each for one in lines for each in one})
    assert found[0] == found[1]
