"""Warnings of agreements that end soon."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.entry import Actor, ActorKind
from tongban.node import agreement_acts
from tongban.node.node import Node
from tongban.supervision.expiries import expiry_warnings, note_warning, warn_of_expiries
from tongban.testing.applications import HEFEI, LEGAL_REPRESENTATIVE, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation

OFFICER = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def day_of(pair: MemoryFederation) -> date:
    return pair[SONGJIANG].kernel.clock.now().date()


def concluded(pair: MemoryFederation, *, days: int, signed: bool = True) -> Agreement:
    """An agreement that ends in so many days."""
    known = next(each for each in load_agreements() if each.nodes == {SONGJIANG, HEFEI})
    agreement = replace(known, valid_until=day_of(pair) + timedelta(days=days))
    agreement_acts.offer(pair[SONGJIANG], agreement, OFFICER)
    pair.settle()
    for name in (SONGJIANG, HEFEI) if signed else ():
        agreement_acts.sign(pair[name], agreement, LEGAL_REPRESENTATIVE)
        pair.settle()
    return agreement


def warnings(node: Node) -> list[tuple[int, int]]:
    return [(each.warning, each.days_left) for each in expiry_warnings(node)]


def test_each_warning_is_raised_once_at_both(pair: MemoryFederation) -> None:
    concluded(pair, days=100)
    for passing, fresh in ((0, 0), (10, 1), (5, 0), (55, 1), (23, 1), (3, 0)):
        pair.clock.pass_days(passing)
        for name in pair.names:
            assert warn_of_expiries(pair[name]) == fresh
            assert warn_of_expiries(pair[name]) == 0


def test_warnings_name_the_most_urgent_first_and_end_with_the_agreement(
    pair: MemoryFederation,
) -> None:
    concluded(pair, days=60)
    concluded(pair, days=20)
    assert warnings(pair[HEFEI]) == [(30, 20), (90, 60)]
    pair.clock.pass_days(21)
    assert warnings(pair[HEFEI]) == [(90, 39)]


def test_what_was_seen_to_is_a_task_again_at_the_next_warning(pair: MemoryFederation) -> None:
    digest = document_digest(concluded(pair, days=60))
    node = pair[SONGJIANG]
    note_warning(node, digest, 90)
    assert [each.noted for each in expiry_warnings(node)] == [True]
    pair.clock.pass_days(31)
    assert [each.noted for each in expiry_warnings(node)] == [False]


@pytest.mark.parametrize(("gap", "warned"), [(1, 0), (2, 1)])
def test_what_goes_on_without_a_gap_is_warned_of_no_more(
    pair: MemoryFederation, gap: int, warned: int
) -> None:
    first = concluded(pair, days=20)
    renewal = replace(
        first,
        version=first.version + 1,
        supersedes=document_digest(first),
        valid_from=first.valid_until + timedelta(days=gap),
        valid_until=first.valid_until + timedelta(days=400),
    )
    agreement_acts.offer(pair[SONGJIANG], renewal, OFFICER)
    pair.settle()
    assert len(warnings(pair[HEFEI])) == 1
    for name in (SONGJIANG, HEFEI):
        agreement_acts.sign(pair[name], renewal, LEGAL_REPRESENTATIVE)
        pair.settle()
    assert [len(warnings(pair[name])) for name in pair.names] == [warned, warned]


def test_what_nobody_concluded_gives_no_warning(pair: MemoryFederation) -> None:
    concluded(pair, days=20, signed=False)
    assert warnings(pair[SONGJIANG]) == []


def test_what_is_suspended_is_warned_of_all_the_same(pair: MemoryFederation) -> None:
    agreement = concluded(pair, days=20)
    agreement_acts.suspend(pair[HEFEI], agreement, OFFICER, ground="audit", items=())
    pair.settle()
    assert warnings(pair[SONGJIANG]) == [(30, 20)]


def renewed(pair: MemoryFederation, old: Agreement, first: date, last: date) -> Agreement:
    newer = replace(
        old, version=9, supersedes=document_digest(old), valid_from=first, valid_until=last
    )
    agreement_acts.offer(pair[SONGJIANG], newer, OFFICER)
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        agreement_acts.sign(pair[name], newer, LEGAL_REPRESENTATIVE)
        pair.settle()
    return newer


def test_a_renewal_that_begins_after_an_early_end_leaves_a_gap_to_be_warned_of(
    pair: MemoryFederation,
) -> None:
    old = concluded(pair, days=400)
    renewed(pair, old, day_of(pair) + timedelta(days=401), day_of(pair) + timedelta(days=800))
    early = day_of(pair) + timedelta(days=max(old.notice_days, 1) + 5)
    agreement_acts.terminate(
        pair[SONGJIANG], old, LEGAL_REPRESENTATIVE, ground="policy", last_day=early
    )
    pair.settle()
    left = (early - day_of(pair)).days
    assert [days for _, days in warnings(pair[HEFEI])] == [left]


def test_a_text_without_an_end_breaks_no_warning(pair: MemoryFederation) -> None:
    old = concluded(pair, days=(date.max - day_of(pair)).days)
    renewed(pair, old, day_of(pair), date.max)
    assert warnings(pair[SONGJIANG]) == []
