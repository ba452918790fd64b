"""What negotiations cost, on a page: how long each took, and which clauses were fought over."""

from datetime import timedelta

import pytest
from tests.agreements.talking import CLAUSE, INBOX
from tests.agreements.test_agreement_pages import AGREEMENT, text
from tests.cities import Browser, Federation

from tongban.agreements.negotiations.figures import span_words
from tongban.testing.applications import SUZHOU

PAGE = f"{INBOX}statistics/"


def test_without_negotiations_the_page_says_so(joint_officer: Browser) -> None:
    assert "还没有磋商" in text(joint_officer, PAGE)
    assert PAGE in text(joint_officer, INBOX)


def test_each_says_how_long_it_took_and_what_was_fought_over(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    given = {"version": "1", "clause": CLAUSE.number, "words": "再想想。"}
    other_officer.post(f"{talk}comment/", given)
    federation.settle()
    federation.memory.clock.pass_days(2)
    page = text(officer, PAGE)
    assert AGREEMENT.title.zh in page
    assert "2 天" in page
    assert f"§{CLAUSE.number} {CLAUSE.title.zh}" in page
    assert "意见 1 条" in page
    assert "在谈 1" in page
    assert "还没有谈成的" in page


def test_what_was_agreed_gives_the_median(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    federation.memory.clock.pass_days(3)
    other_officer.post(f"{talk}accept/", {"version": "1"})
    federation.settle()
    page = text(officer, PAGE)
    assert "谈成 1" in page
    assert "还没有谈成的" not in page


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=59), "不到 1 小时"),
        (timedelta(hours=30), "1 天 6 小时"),
        (timedelta(days=2), "2 天"),
    ],
)
def test_a_span_is_said_in_days_and_hours(span: timedelta, words: str) -> None:
    assert span_words(span) == words


def test_whoever_is_not_logged_in_is_asked_to(federation: Federation) -> None:
    assert federation[SUZHOU].browser().get(PAGE).status_code == 302
