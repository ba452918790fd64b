"""An officer sets common standards, and every partner learns of each version."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue.regulation import load_standards
from tongban.core.catalogues.rule_forms import STANDARD
from tongban.core.entry import Actor, ActorKind
from tongban.core.faults import DocumentInvalid
from tongban.core.home.events import StandardIssued
from tongban.logs.rows import LogKind
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.node.work import readable
from tongban.testing.applications import HEFEI, SONGJIANG
from tongban.testing.memory_nodes import MemoryFederation

DRAFT = load_standards()[0]
FASTER = replace(DRAFT, promised_days_max=0)
OFFICER = Actor(kind=ActorKind.OFFICER, role="catalogue_officer", number="C7")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    federation.settle()
    yield federation
    federation.stop()


def tell(federation: MemoryFederation) -> None:
    for name in federation.names:
        federation[name].openings.tell_all()
    federation.settle()


def known(node: Node) -> list[tuple[str, str, int, str]]:
    return [
        (each.rule.publisher, each.rule.number, each.rule.version, each.digest)
        for each in node.rules.known(STANDARD)
    ]


def home_events(node: Node, type_name: str) -> list[object]:
    store = node.kernel.store
    with node.kernel.database.read() as lent:
        log = store.find_log(lent, kind=LogKind.HOME, peer="")
        assert log is not None
        rows = store.entries_of(lent, log, type_name)
    return [entry.event for row in rows if (entry := readable(row.data)) is not None]


def test_a_version_is_dated_and_signed_by_who_published_it(pair: MemoryFederation) -> None:
    node = pair[HEFEI]
    issued = node.rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    assert issued.rule.publisher == HEFEI
    assert issued.rule.published_on == node.published.today()
    assert home_events(node, "standard.issued") == [
        StandardIssued(number=DRAFT.number, version=1, document=issued.digest)
    ]


def test_the_partner_knows_each_version_and_who_published_it(pair: MemoryFederation) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    pair[HEFEI].rules.issue(STANDARD, FASTER, after=1, actor=OFFICER)
    tell(pair)
    assert [each[:3] for each in known(pair[SONGJIANG])] == [
        (HEFEI, DRAFT.number, 1),
        (HEFEI, DRAFT.number, 2),
    ]
    assert known(pair[SONGJIANG]) == known(pair[HEFEI])
    for name in pair.names:
        assert home_events(pair[name], "outcome.disputed") == []


def test_nothing_is_told_twice_also_after_a_start(pair: MemoryFederation) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    tell(pair)
    assert pair[HEFEI].openings.tell_all() == 0
    pair.nodes[HEFEI].start()
    pair.settle()
    assert pair[HEFEI].openings.tell_all() == 0
    assert len(known(pair[HEFEI])) == 1


def test_who_worked_on_an_older_version_publishes_nothing(pair: MemoryFederation) -> None:
    node = pair[HEFEI]
    node.rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    with pytest.raises(RuleChanged, match="version 1 of G60/S-1 stands now"):
        node.rules.issue(STANDARD, FASTER, after=0, actor=OFFICER)
    assert len(known(node)) == 1


def test_what_makes_no_sense_is_not_published(pair: MemoryFederation) -> None:
    with pytest.raises(DocumentInvalid):
        pair[HEFEI].rules.issue(STANDARD, replace(DRAFT, visits_max=-1), after=0, actor=OFFICER)
    assert known(pair[HEFEI]) == []


def test_two_publishers_may_use_one_number(pair: MemoryFederation) -> None:
    for name in pair.names:
        pair[name].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    tell(pair)
    assert {each[0] for each in known(pair[SONGJIANG])} == set(pair.names)
    assert known(pair[SONGJIANG]) == known(pair[HEFEI])


def test_a_rebuild_finds_the_same_standards(pair: MemoryFederation) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    tell(pair)
    before = [known(pair[name]) for name in pair.names]
    for name in pair.names:
        rebuild(pair[name].kernel)
    assert [known(pair[name]) for name in pair.names] == before


def test_after_a_lost_disk_versions_go_on_where_partners_know_them(
    pair: MemoryFederation,
) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    tell(pair)
    before = known(pair[HEFEI])
    pair.nodes[HEFEI].lose_disk()
    pair.introduce()
    pair.settle()
    assert known(pair[HEFEI]) == before
    pair[HEFEI].rules.issue(STANDARD, FASTER, after=1, actor=OFFICER)
    tell(pair)
    assert known(pair[SONGJIANG]) == known(pair[HEFEI])


def test_what_says_the_same_is_no_next_version(pair: MemoryFederation) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    with pytest.raises(RuleUnchanged):
        pair[HEFEI].rules.issue(STANDARD, DRAFT, after=1, actor=OFFICER)


def test_what_a_partner_was_told_stands_against_what_was_set_on_an_old_backup(
    pair: MemoryFederation, tmp_path: Path
) -> None:
    pair[HEFEI].rules.issue(STANDARD, DRAFT, after=0, actor=OFFICER)
    tell(pair)
    pair.nodes[HEFEI].copy_to(tmp_path / "old")
    pair[HEFEI].rules.issue(STANDARD, FASTER, after=1, actor=OFFICER)
    tell(pair)
    told = known(pair[SONGJIANG])
    pair.nodes[HEFEI].put_back(tmp_path / "old")
    pair[HEFEI].rules.issue(STANDARD, replace(DRAFT, visits_max=9), after=1, actor=OFFICER)
    tell(pair)
    tell(pair)
    assert known(pair[HEFEI]) == known(pair[SONGJIANG]) == told
