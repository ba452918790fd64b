"""Three answers alike: the inbox suggests a clause, and one press opens the draft that has it."""

from typing import Any

import pytest
from tests.agreements.conftest import PASSWORD
from tests.agreements.talking import CLAUSE, INBOX, changed, lay, told
from tests.agreements.test_agreement_pages import DIGEST, ITEM, text
from tests.cities import Browser, Federation

from tongban.core.body import Body
from tongban.core.entry import Actor, ActorKind
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    InquiryCommand,
    WithdrawAnswer,
)
from tongban.core.refusal import Refusal
from tongban.testing.applications import HANGZHOU, SUZHOU

PRESS = f"{INBOX}propose/answers/"
OFFICER = Actor(kind=ActorKind.OFFICER, role="liaison_officer", number="L1")


def do(federation: Federation, node: str, command: InquiryCommand) -> None:
    partner = HANGZHOU if node == SUZHOU else SUZHOU
    answer = federation[node].act().node.execute(command, partner=partner)
    assert not isinstance(answer, Refusal)
    federation.settle()


def body(name: str, words: str) -> tuple[Body, ...]:
    return (Body(name=name, media="text/plain", content=words.encode()),)


@pytest.fixture
def answered(federation: Federation) -> list[str]:
    """Names of three inquiries of Suzhou that Hangzhou answered alike."""
    names = [federation[SUZHOU].node.inquiries.fresh_name() for _ in range(3)]
    for number, name in enumerate(names, 1):
        asked = body("question", "电子章行吗？")
        said = body("answer", f"第{number}答：电子章有效。")
        do(
            federation,
            SUZHOU,
            AskQuestion(inquiry=name, actor=OFFICER, bodies=asked, item=ITEM),
        )
        do(
            federation,
            HANGZHOU,
            AnswerQuestion(
                inquiry=name, actor=OFFICER, bodies=said, from_day="2026-01-01", topic="seal"
            ),
        )
    return names


def press(officer: Browser, **changes: str) -> Any:
    given = {"partner": HANGZHOU, "item": ITEM, "topic": "seal", "answerer": HANGZHOU}
    return officer.post(PRESS, given | changes)


@pytest.mark.usefixtures("answered")
def test_the_inbox_leads_by_one_press_to_a_draft_with_the_clause(officer: Browser) -> None:
    page = text(officer, INBOX)
    assert "杭州已有 3 条相同的答复" in page
    assert "起草修改稿" in page
    draft = press(officer).headers["location"]
    shown = text(officer, draft)
    assert "统一口径" in shown
    assert "第2答：电子章有效。" in shown
    assert "替代一份已有的协议" in shown


@pytest.mark.usefixtures("answered")
def test_pressed_twice_the_clause_is_written_once(officer: Browser) -> None:
    draft = press(officer).headers["location"]
    assert press(officer).headers["location"] == draft
    assert text(officer, draft).count("第1答：电子章有效。") == 1
    assert "打开写好的草稿" in text(officer, INBOX)


@pytest.mark.usefixtures("answered")
def test_a_draft_that_a_colleague_began_keeps_his_words(officer: Browser) -> None:
    begun = str(officer.post(f"/agreements/{DIGEST}/amend/").headers["location"])
    changed(officer, begun, "同事的话。")
    assert press(officer).headers["location"] == begun
    assert "同事的话。" in text(officer, f"{begun}clauses/{CLAUSE.number}/")
    assert "第3答：电子章有效。" in text(officer, begun)


@pytest.mark.usefixtures("answered")
def test_what_lies_on_the_table_is_not_drafted_again(
    federation: Federation, officer: Browser
) -> None:
    page = lay(officer, press(officer).headers["location"]).headers["location"]
    federation.settle()
    assert "已经在磋商里" in text(officer, INBOX)
    assert press(officer).headers["location"] == page


def test_without_three_answers_nothing_is_drafted(
    federation: Federation, officer: Browser, answered: list[str]
) -> None:
    assert "没有相同" not in text(officer, INBOX)
    found = federation[HANGZHOU].act().node.inquiries.find(answered[0])
    assert found is not None
    (line,) = found[1].answers()
    gone = WithdrawAnswer(
        inquiry=answered[0], actor=OFFICER, answer=line.entry, ground="law_changed"
    )
    do(federation, HANGZHOU, gone)
    assert "相同的答复" not in text(officer, INBOX)
    assert "不用起草" in told(officer, press(officer))
    assert "不用起草" in told(officer, press(officer, topic="other"))


@pytest.mark.usefixtures("answered")
def test_the_joint_office_sees_the_suggestion_and_drafts_nothing(joint_officer: Browser) -> None:
    page = text(joint_officer, INBOX)
    assert "杭州已有 3 条相同的答复" in page
    assert PRESS not in page
    assert press(joint_officer).status_code == 404


@pytest.mark.usefixtures("answered")
def test_without_an_agreement_in_force_none_is_amended(
    federation: Federation, officer: Browser
) -> None:
    given = {"ground": "audit", "scope": "all", "secret": PASSWORD}
    officer.post(f"/agreements/{DIGEST}/suspend/", given)
    federation.settle()
    assert "没有生效的双方协议可以修改" in text(officer, INBOX)
    assert "请先起草一份协议" in told(officer, press(officer))
