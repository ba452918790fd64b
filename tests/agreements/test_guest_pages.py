"""What a guest does about agreements, on the pages of its kept node and of its partner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoDbBlocker
from tests.agreements.conftest import PASSWORD
from tests.agreements.talking import begin, changed, lay, state_at, told
from tests.agreements.test_agreement_pages import DIGEST, text
from tests.cities import Browser, Federation, suzhou_and_hangzhou

from tongban.agreements.negotiations.words import REJECTION_GROUNDS
from tongban.channels.keepers import Keeper
from tongban.core.negotiations.state import NegotiationStanding
from tongban.testing.applications import HANGZHOU, SONGJIANG, SUZHOU

MARK = "单方记录：由松江代为签名"


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.7 made up", "application/pdf")


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    """Songjiang's people keep a node for Hangzhou."""
    cache.clear()
    keepers = {HANGZHOU: Keeper(node=SONGJIANG)}
    with django_db_blocker.unblock(), suzhou_and_hangzhou(tmp_path, keepers) as cities:
        yield cities


def accepted(federation: Federation, guest: Browser, talk: str) -> str:
    answer = guest.post(f"{talk}accept/", {"version": "1", "guest-paper": paper()})
    federation.settle()
    return told(guest, answer)


def test_a_guests_answer_needs_its_paper(
    federation: Federation, other_officer: Browser, talk: str
) -> None:
    assert "对方文书的扫描件" in text(other_officer, f"{talk}accept/")
    page = told(other_officer, other_officer.post(f"{talk}accept/", {"version": "1"}))
    assert "请附上扫描件" in page
    federation.settle()
    state = state_at(federation, SUZHOU, talk)
    assert state.standing(federation.memory.clock.now().date()) is NegotiationStanding.OPEN


def test_with_its_paper_both_see_the_mark_and_can_open_the_paper(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    accepted(federation, other_officer, talk)
    for browser in (officer, other_officer):
        page = text(browser, talk)
        assert MARK in page
        address = page.split('href="/agreements/papers/')[1].split('"')[0]
        answer = browser.get(f"/agreements/papers/{address}")
        assert answer.content.startswith(b"%PDF-1.7")
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_guest_signs_with_its_paper(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    accepted(federation, other_officer, talk)
    document = state_at(federation, SUZHOU, talk).accepted
    given = {"secret": PASSWORD, "guest-paper": paper()}
    other_officer.post(f"/agreements/{document}/sign/", given)
    federation.settle()
    page = text(officer, f"/agreements/{document}/")
    assert page.count(MARK) >= 2


def test_the_register_marks_what_a_keeper_signed(officer: Browser) -> None:
    assert "单方记录" in text(officer, "/agreements/")
    assert MARK in text(officer, f"/agreements/{DIGEST}/")


def test_a_guest_suspends_with_its_paper(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    asked = {"ground": "audit", "scope": "all"}
    page = f"/agreements/{DIGEST}/suspend/"
    assert "对方文书的扫描件" in other_officer.get(page, asked).content.decode()
    other_officer.post(page, {**asked, "secret": PASSWORD, "guest-paper": paper()})
    federation.settle()
    assert "全部中止" in text(officer, "/agreements/")


@pytest.mark.parametrize("kind", ["agreement", "case"])
def test_there_is_no_paper_where_none_came(officer: Browser, kind: str) -> None:
    assert officer.get(f"/agreements/papers/{kind}/{DIGEST}/no-such/").status_code == 404


def test_a_guest_rejects_with_its_paper(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    draft = begin(officer)
    changed(officer, draft)
    talk = str(lay(officer, draft).headers["location"])
    federation.settle()
    given = {"version": "1", "ground": next(iter(REJECTION_GROUNDS)), "guest-paper": paper()}
    other_officer.post(f"{talk}reject/", given)
    federation.settle()
    assert MARK in text(officer, talk)
