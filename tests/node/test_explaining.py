"""Whose item it is decides who would act for whom, also where no catalogue has the item."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements, load_items, load_processes
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.entry import Actor, ActorKind
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.node.decision_powers import MissingPower
from tongban.node.explaining import Cure, cures_of, explain_directions, explain_item
from tongban.testing.applications import HANGZHOU, SUZHOU
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation

OFFICER = Actor(kind=ActorKind.OFFICER, role="legal_representative")
FIRST = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
#: In nobody's catalogue.
UNKNOWN = f"{FIRST.consents[0].organisation}3332099999000"


def text() -> Agreement:
    """The demonstration's agreement with a grant more: of an item that nobody has listed."""
    first, *others = FIRST.clauses
    grant = replace(
        next(grant for clause in FIRST.clauses for grant in clause.grants),
        granter=SUZHOU,
        grantee=HANGZHOU,
        items=(UNKNOWN,),
    )
    more = replace(first, grants=(*first.grants, grant))
    consent = replace(FIRST.consents[0], granter=SUZHOU, items=(UNKNOWN,), item_names=())
    return replace(FIRST, clauses=(more, *others), consents=(*FIRST.consents, consent))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    federation.settle()
    yield federation
    federation.stop()


def test_an_own_item_that_no_catalogue_has_is_explained_as_ours(pair: MemoryFederation) -> None:
    answers = agreement_acts.offer(pair[SUZHOU], text(), OFFICER)
    assert [each.detail for each in answers.values() if isinstance(each, Refusal)] == []
    pair.settle()
    for node, partner in ((SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)):
        found = explain_item(pair[node], UNKNOWN, partner)
        assert (found.direction.granter, found.direction.grantee) == (SUZHOU, HANGZHOU)
        assert not found.withdrawn


def test_a_withdrawn_own_item_stays_ours_and_is_said_to_be_withdrawn(
    pair: MemoryFederation,
) -> None:
    first, *_ = items = load_items("suzhou")
    pair[SUZHOU].published.publish(items, load_processes().values())
    pair[SUZHOU].published.withdraw([first.code])
    found = explain_item(pair[SUZHOU], first.code, HANGZHOU)
    assert found.direction.granter == SUZHOU
    assert found.withdrawn


def test_an_item_that_both_grant_is_explained_both_ways(pair: MemoryFederation) -> None:
    known = next(grant for clause in FIRST.clauses for grant in clause.grants)
    back = replace(known, granter=known.grantee, grantee=known.granter, items=(UNKNOWN,))
    forth = replace(known, items=(UNKNOWN,))
    clauses = (replace(FIRST.clauses[0], grants=(back, forth)), *FIRST.clauses[1:])
    consents = tuple(
        replace(FIRST.consents[0], granter=granter, items=(UNKNOWN,), item_names=())
        for granter in (SUZHOU, HANGZHOU)
    )
    both = replace(FIRST, clauses=clauses, consents=(*FIRST.consents, *consents))
    agreement_acts.offer(pair[SUZHOU], both, OFFICER)
    pair.settle()
    for node, partner in ((SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)):
        found = explain_directions(pair[node], UNKNOWN, partner)
        assert [each.direction.granter for each in found] == [node, partner]
    (only,) = explain_directions(pair[SUZHOU], known.items[0], HANGZHOU)
    assert only.direction.granter == known.granter


def test_a_missing_power_is_resolved_while_a_clause_gives_it(pair: MemoryFederation) -> None:
    clause = next(
        each for each in FIRST.clauses if each.grants and each.grants[0].granter == HANGZHOU
    )
    item, node = clause.grants[0].items[0], pair[SUZHOU]
    for power in ("receive", "of_the_moon"):
        node.decision_powers.report_missing(item=item, partner=HANGZHOU, power=power, actor=OFFICER)
    stranger = MissingPower(at=BEGINNING, item=item, partner="x.example", power="receive")
    reports = [*node.decision_powers.missing(), stranger]
    assert cures_of(node, reports) == [None, None, None]
    agreement_acts.offer(node, FIRST, OFFICER)
    pair.settle()
    for name in (SUZHOU, HANGZHOU):
        agreement_acts.sign(pair[name], FIRST, OFFICER)
        pair.settle()
    cure = Cure(digest=document_digest(FIRST), title=FIRST.title, clause=clause.number)
    assert cures_of(node, reports) == [None, cure, None]
    agreement_acts.suspend(node, FIRST, OFFICER, ground="flood", items=(item,))
    assert cures_of(node, reports) == [None, None, None]
