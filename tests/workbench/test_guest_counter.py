"""At the counter of a node that is kept for a guest, an intake rests on the guest's paper."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from tests.cities import suzhou_and_hangzhou
from tests.workbench.counters import (
    CERTIFICATE,
    Desks,
    act,
    at,
    begin,
    fill_in,
    papers_of,
    state_at,
    text_of,
)
from tests.workbench.test_guest_desk import paper

from tongban.channels.keepers import Keeper
from tongban.core.cases.state import CaseState
from tongban.testing.applications import SONGJIANG, SUZHOU


@pytest.fixture
def desks(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Desks]:
    """Songjiang's people keep a node for Suzhou."""
    keepers = {SUZHOU: Keeper(node=SONGJIANG)}
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path, keepers) as cities:
        yield Desks(cities)


def take_in(desks: Desks, **more: Any) -> Any:
    token = begin(desks.clerk)
    fill_in(desks.clerk, token)
    assert "对方文书的扫描件" in text_of(desks.clerk.get(at("check_intake", token)))
    answer = desks.clerk.post(at("take_in", token), more)
    desks.settle()
    return answer


def taken_in(desks: Desks) -> CaseState:
    assert take_in(desks, **{"guest-paper": paper()}).status_code == 302
    (state,) = desks.hangzhou.node.cases()
    return state


def test_an_intake_without_the_paper_is_not_taken_in(desks: Desks) -> None:
    answer = take_in(desks)
    assert "请附上扫描件" in text_of(answer)
    assert desks.hangzhou.node.cases() == []


def test_with_the_paper_it_arrives_and_the_authority_sees_the_mark(desks: Desks) -> None:
    state = taken_in(desks)
    room = text_of(desks.officer.get(at("room", state.id), follow=True))
    assert "单方记录：由松江代为签名" in room
    assert "单方记录" in text_of(desks.officer.get(at("review")))


def test_what_is_brought_after_a_list_needs_a_paper_as_well(desks: Desks) -> None:
    case = taken_in(desks).id
    code = CERTIFICATE.materials[0].code
    act(desks.officer, case, "notify_correction", **{f"defect-{code}": "unreadable"})
    desks.settle()
    page = at("correction", case)
    assert "对方文书的扫描件" in text_of(desks.clerk.get(page))
    brought = {name: value for name, value in papers_of(CERTIFICATE).items() if code in name}
    desks.clerk.post(page, {**brought, "guest-paper": paper()})
    desks.settle()
    assert state_at(desks.hangzhou, case).holder == state_at(desks.hangzhou, case).competent
