"""Inbox, comparison and acts of negotiations."""

from datetime import timedelta

import pytest
from tests.agreements.conftest import PASSWORD
from tests.agreements.talking import (
    CLAUSE,
    INBOX,
    begin,
    changed,
    day,
    lay,
    revision,
    state_at,
    told,
)
from tests.agreements.test_agreement_pages import AGREEMENT, DIGEST, text
from tests.cities import Browser, Federation

from tongban.core.negotiations.state import NegotiationStanding
from tongban.testing.applications import HANGZHOU, SUZHOU


def test_an_amendment_is_written_looked_at_and_laid(
    federation: Federation, officer: Browser, other_officer: Browser
) -> None:
    draft = begin(officer)
    assert begin(officer) == draft
    changed(officer, draft)
    assert "<ins>" in text(officer, draft)
    looked = text(officer, f"{draft}lay/?answer_by={day(officer, 7)}")
    assert "现在提出" in looked
    talk = str(lay(officer, draft).headers["location"])
    federation.settle()
    assert "等杭州答复" in text(officer, talk)
    assert "轮到本地答复" in text(other_officer, talk)
    assert "改了 1 条：§" in text(other_officer, INBOX)
    assert talk in text(other_officer, "/agreements/")


def test_a_renewal_goes_on_where_the_agreement_ends(officer: Browser) -> None:
    assert f"/agreements/{DIGEST}/renew/" in text(officer, f"/agreements/{DIGEST}/")
    draft = str(officer.post(f"/agreements/{DIGEST}/renew/").headers["location"])
    first = AGREEMENT.valid_until + timedelta(days=1)
    last = first + (AGREEMENT.valid_until - AGREEMENT.valid_from)
    page = text(officer, f"{draft}head/")
    assert f'value="{first}"' in page
    assert f'value="{last}"' in page
    assert str(officer.post(f"/agreements/{DIGEST}/renew/").headers["location"]) == draft


def test_laying_twice_lays_once(federation: Federation, officer: Browser) -> None:
    draft = begin(officer)
    given = {"answer_by": day(officer, 7), "revision": revision(officer, draft)}
    for _ in range(2):
        answer = officer.post(f"{draft}lay/", given)
    assert "没有重复办" in told(officer, answer)
    talk = draft.removesuffix("draft/")
    assert len(state_at(federation, SUZHOU, talk).versions) == 1


def test_acts_are_shown_only_to_whom_they_are_open(
    talk: str, officer: Browser, other_officer: Browser, joint_officer: Browser
) -> None:
    ours, theirs, read = (text(each, talk) for each in (officer, other_officer, joint_officer))
    for act in ("accept/", "counter/", "reject/"):
        assert f"{talk}{act}" in theirs
        assert f"{talk}{act}" not in ours
    assert f"{talk}withdraw/" in ours
    for act in ("accept/", "counter/", "reject/", "withdraw/", "comment/"):
        assert f"{talk}{act}" not in read
        assert joint_officer.post(f"{talk}{act}").status_code in {302, 404}
    assert joint_officer.get(f"{talk}accept/").status_code == 404
    assert joint_officer.get("/agreements/negotiations/propose/").status_code == 404


def test_a_counter_is_compared_with_what_it_answers_and_with_what_is_in_force(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    other_officer.post(f"{talk}counter/")
    changed(other_officer, f"{talk}draft/", "又改过的话。")
    lay(other_officer, f"{talk}draft/")
    federation.settle()
    page = text(officer, talk)
    assert "轮到本地答复" in page
    assert "第 1 稿（苏州）" in page
    in_force = text(officer, f"{talk}?against={DIGEST}")
    assert "现在生效的" in in_force
    assert [version.by for version in state_at(federation, SUZHOU, talk).versions] == [
        SUZHOU,
        HANGZHOU,
    ]


def test_a_comment_stands_beside_its_clause_once(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    given = {"version": "1", "clause": CLAUSE.number, "words": "请写明费用。"}
    for _ in range(2):
        answer = other_officer.post(f"{talk}comment/", given)
        federation.settle()
    assert "没有重复办" in told(other_officer, answer)
    page = text(officer, talk)
    assert page.count("请写明费用。") == 2  # beside the clause, and in the history
    assert "对方有 1 条新意见" in text(officer, INBOX)


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_who_comments_on_what_has_ended_meanwhile_keeps_the_words(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser, end: str
) -> None:
    other_officer.post(f"{talk}{end}/", {"version": "1", "ground": "no_capacity"})
    federation.settle()
    given = {"version": "1", "clause": CLAUSE.number, "words": "写了很久的话。"}
    answer = officer.post(f"{talk}comment/", given)
    assert answer.status_code == 422
    assert "写了很久的话。" in answer.content.decode()
    assert "这次磋商已经结束" in answer.content.decode()


def test_an_empty_comment_is_told_plainly(talk: str, officer: Browser) -> None:
    given = {"version": "1", "clause": CLAUSE.number, "words": " "}
    answer = officer.post(f"{talk}comment/", given)
    assert answer.status_code == 422
    assert "评注没有内容" in answer.content.decode()


def test_what_is_accepted_goes_to_signature_and_takes_the_place_of_the_old(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    assert "同意，交各方签署" in text(other_officer, f"{talk}accept/")
    for _ in range(2):
        answer = other_officer.post(f"{talk}accept/", {"version": "1"})
    assert "没有重复办" in told(other_officer, answer)
    federation.settle()
    agreed = state_at(federation, SUZHOU, talk).accepted
    for one in (officer, other_officer):
        assert f"/agreements/{agreed}/sign/" in text(one, talk)
        one.post(f"/agreements/{agreed}/sign/", {"secret": PASSWORD})
        federation.settle()
    assert "生效中" in text(officer, talk)
    assert talk in text(officer, f"/agreements/{agreed}/")
    assert "协议已经由新的文本替代" in text(officer, f"/agreements/{DIGEST}/")


def test_a_rejection_needs_a_ground_and_ends_it(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    assert other_officer.post(f"{talk}reject/", {"version": "1"}).status_code == 422
    for _ in range(2):
        other_officer.post(f"{talk}reject/", {"version": "1", "ground": "no_capacity"})
    federation.settle()
    assert "杭州拒绝了：目前没有力量承办" in text(officer, talk)
    closing = state_at(federation, SUZHOU, talk).closing
    assert closing is not None
    assert closing.standing is NegotiationStanding.REJECTED


def test_an_act_on_a_version_that_is_gone_is_told_plainly(
    federation: Federation, talk: str, officer: Browser, other_officer: Browser
) -> None:
    officer.post(f"{talk}withdraw/", {"version": "1"})
    federation.settle()
    page = told(other_officer, other_officer.post(f"{talk}accept/", {"version": "1"}))
    assert "这次磋商已经结束" in page
    assert "苏州撤回了" in page
    assert "先走了一步" in text(other_officer, f"{talk}accept/")


def test_what_is_done_while_the_line_is_closed_waits(
    federation: Federation, officer: Browser, other_officer: Browser, talk: str
) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    federation.restart(HANGZHOU)
    for _ in range(2):
        answer = other_officer.post(f"{talk}accept/", {"version": "1"})
    assert "没有重复办" in told(other_officer, answer)
    assert "等线路恢复" in text(other_officer, INBOX)
    federation.mend()
    federation.settle()
    assert "提交签署" in text(other_officer, INBOX)
    assert "交各方签署" in text(other_officer, f"{talk}offer/")
    other_officer.post(f"{talk}offer/")
    federation.settle()
    assert "/sign/" in text(officer, talk)


def test_a_proposal_waits_for_the_line(federation: Federation, officer: Browser) -> None:
    federation.cut(SUZHOU, HANGZHOU)
    federation.restart(SUZHOU)
    draft = begin(officer)
    assert lay(officer, draft).headers["location"] == INBOX
    assert "已经记下，连上后自动发出" in text(officer, INBOX)
    federation.mend()
    federation.settle()
    assert "等杭州答复" in text(officer, INBOX)
