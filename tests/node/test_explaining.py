"""Whose item it is decides who would act for whom, also where no catalogue has the item."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tongban.catalogue import load_agreements, load_items, load_processes
from tongban.core.agreements.document import Agreement
from tongban.core.entry import Actor, ActorKind
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.node.explaining import explain_item
from tongban.testing.applications import HANGZHOU, SUZHOU
from tongban.testing.memory_nodes import MemoryFederation

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
