"""口径咨询 at the desks: asked on the case's page, answered by whose item it is, found again."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cities import Browser
from tests.workbench.counters import FUND_CENTRE, Desks, at

from tongban.accounts.roles import Role
from tongban.core.entry import Actor, ActorKind
from tongban.core.inquiries.powers import DecisionPower
from tongban.core.inquiries.state import InquiryStanding, InquiryState
from tongban.testing.applications import HANGZHOU, SUZHOU

PAPER = DecisionPower(
    number="WT-9",
    office=Role.CASE_OFFICER.value,
    items=frozenset(),
    from_day=date(2026, 1, 1),
    until_day=date(2026, 12, 31),
)
QUESTION = "借款人在境外，能否视频核验？"


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def known(desks: Desks, name: str = SUZHOU) -> InquiryState:
    """The one inquiry, as a place knows it."""
    desks.federation.settle()
    ((_, state),) = desks.federation[name].act().node.inquiries.every()
    return state


@pytest.fixture
def asked(desks: Desks) -> str:
    """A question of the counter about a case; its name."""
    number = desks.case_at_hangzhou()
    file = SimpleUploadedFile("张三的信.txt", b"a letter", "text/plain")
    given: dict[str, Any] = {"words": QUESTION, "attachment": file}
    answer = desks.clerk.post(at("ask", number), given)
    assert answer.headers["location"] == at("counter_case", number)
    return known(desks).id


def test_a_clerk_asks_from_the_page_of_the_case(desks: Desks, asked: str) -> None:
    case = known(desks).lines[0].case
    text = page(desks.clerk, at("counter_case", case))
    assert at("ask", case) in text
    assert at("inquiry", asked) in text
    assert "待答复" in text
    assert QUESTION in page(desks.clerk, at("inquiry", asked))


def test_a_question_without_words_is_not_asked(desks: Desks) -> None:
    number = desks.case_at_hangzhou()
    answer = desks.clerk.post(at("ask", number), {"words": " "})
    assert answer.status_code == 422
    assert "请写上内容" in answer.content.decode()


def test_whose_item_it_is_answers_and_the_next_clerk_finds_it(desks: Desks, asked: str) -> None:
    assert asked in page(desks.officer, at("inquiries"))
    assert QUESTION in page(desks.officer, at("inquiry", asked))
    given = {"words": "可以，须留存录像。", "from_day": "2026-11-23"}
    desks.officer.post(at("say", asked, "answer"), given)
    assert known(desks).standing is InquiryStanding.ANSWERED
    next_number = desks.case_at_hangzhou()
    assert "须留存录像" in page(desks.clerk, at("ask", next_number))
    assert "须留存录像" in page(desks.clerk, at("inquiries") + "?q=视频")
    assert "须留存录像" not in page(desks.clerk, at("inquiries") + "?q=邮寄")


def test_that_it_was_read_is_seen_by_who_asked(desks: Desks, asked: str) -> None:
    assert "对方还没有读完" in page(desks.clerk, at("inquiry", asked))
    page(desks.officer, at("inquiry", asked))
    known(desks)
    assert "对方都已读" in page(desks.clerk, at("inquiry", asked))


def test_one_case_is_decided_under_a_recorded_paper(desks: Desks, asked: str) -> None:
    assert "没有登记" in page(desks.officer, at("inquiry", asked))
    given = {"words": "本件同意。", "authority": "WT-9"}
    desks.officer.post(at("say", asked, "decide"), given)
    assert known(desks).standing is InquiryStanding.OPEN
    node = desks.federation[HANGZHOU].act().node
    node.decision_powers.record(PAPER, actor=Actor(kind=ActorKind.SYSTEM))
    desks.officer.post(at("say", asked, "decide"), given)
    assert known(desks).standing is InquiryStanding.ANSWERED
    assert "WT-9" in page(desks.clerk, at("inquiry", asked))


def test_an_answer_is_taken_back_and_so_is_a_question(desks: Desks, asked: str) -> None:
    given = {"words": "可以。", "from_day": "2026-11-23"}
    desks.officer.post(at("say", asked, "answer"), given)
    text = page(desks.officer, at("inquiry", asked))
    found = re.search(r'name="answer" value="(\w+)"', text)
    assert found
    desks.officer.post(at("retract", asked), {"answer": found[1]})
    assert known(desks).standing is InquiryStanding.OPEN
    desks.clerk.post(at("retract", asked))
    assert known(desks).standing is InquiryStanding.WITHDRAWN


def test_a_message_and_an_attachment_come_through(desks: Desks, asked: str) -> None:
    desks.officer.post(at("say", asked, "message"), {"words": "请补一页。"})
    state = known(desks)
    assert "请补一页" in page(desks.clerk, at("inquiry", asked))
    entry = state.lines[0].entry
    answer = desks.officer.get(at("inquiry_attachment", asked, entry, "attachment:1"))
    assert answer.content == b"a letter"
    assert "attachment" in answer.headers["content-disposition"]
    assert desks.officer.get(at("inquiry_attachment", asked, entry, "question")).status_code == 404


@pytest.mark.parametrize(
    ("act", "given", "why"),
    [
        ("answer", {"words": ""}, "请写上内容"),
        ("answer", {"words": "可以。", "from_day": "soon"}, "从哪天起"),
        ("message", {"words": ""}, "请写上内容"),
    ],
)
def test_what_cannot_be_taken_is_said(
    desks: Desks, asked: str, act: str, given: dict[str, str], why: str
) -> None:
    answer = desks.officer.post(at("say", asked, act), given)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_an_officer_of_another_authority_finds_nothing(desks: Desks, asked: str) -> None:
    city = desks.federation[HANGZHOU]
    other = city.person("other", Role.CASE_OFFICER, organisation=f"{FUND_CENTRE[:-1]}9")
    browser = city.browser(other)
    assert asked not in page(browser, at("inquiries"))
    assert browser.get(at("inquiry", asked)).status_code == 404
    assert browser.get(at("inquiry", "nothing")).status_code == 404
