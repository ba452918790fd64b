"""The one sentence on top of every case."""

import pytest

from tongban.catalogue import load_places
from tongban.core.cases.commands import ConfirmWithdrawal, RequestWithdrawal
from tongban.core.cases.events import Delivery, Verdict
from tongban.core.cases.sentence import sentence
from tongban.core.cases.successor import changed
from tongban.core.deadlines.deadline import Deadline
from tongban.core.deadlines.running import deadlines_of
from tongban.core.words import Language

from .examples import (
    APPLICANT,
    CALENDAR,
    CASE,
    CLERK,
    FOOD,
    FUND,
    OFFICER,
    accept,
    complete,
    counter,
    dispatch,
    notify,
    online,
    refuse_acceptance,
    settle_it,
    take_in,
)
from .line import Line

PLACES = {place.node: place.short for place in load_places()}


def first(line: Line) -> Deadline | None:
    state = line.intake.state
    assert state is not None
    return next(iter(deadlines_of(state, line.item, CALENDAR)), None)


def said(line: Line, language: Language = Language.CHINESE, remaining: int | None = None) -> str:
    state = line.intake.state
    assert state is not None
    return sentence(state, line.item, first(line), PLACES, language, remaining=remaining)


def accepted() -> Line:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    line.do(line.competent, accept())
    return line


def decided(delivery: Delivery) -> Line:
    line = counter()
    line.do(line.intake, take_in(FUND, delivery=delivery))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    return line


def test_it_follows_a_case_from_intake_to_acceptance() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    assert said(line) == "松江已收件，等待发往决定机关，11 月 3 日前"
    line.ask(line.intake, dispatch())
    assert said(line) == "已发出，等待对方接收；在此之前由松江负责"
    line.push(line.intake)
    line.push(line.competent)
    assert said(line) == "等待合肥市市场监督管理局受理，11 月 9 日前"
    line.do(line.competent, notify("floor_plan", "safety_rules"))
    assert said(line) == "需要补正 2 处，请在松江一次补齐"
    line.do(line.intake, complete("floor_plan", "safety_rules"))
    assert said(line) == "已补正，等待合肥市市场监督管理局受理，11 月 9 日前"


@pytest.mark.parametrize(
    ("remaining", "chinese", "english"),
    [
        (None, "11 月 12 日前", "by 12 November"),
        (3, "还剩 3 个工作日（11 月 12 日前）", "3 working days left (by 12 November)"),
        (1, "还剩 1 个工作日（11 月 12 日前）", "1 working day left (by 12 November)"),
        (0, "今天到期（11 月 12 日）", "due today (12 November)"),
        (
            -2,
            "已超过期限 2 个工作日（11 月 12 日到期）",
            "overdue by 2 working days (it was due on 12 November)",
        ),
    ],
)
def test_it_counts_working_days(remaining: int | None, chinese: str, english: str) -> None:
    line = accepted()
    office = "Hefei Administration for Market Regulation"
    assert said(line, remaining=remaining) == f"现由合肥市市场监督管理局审查，{chinese}"
    expected = f"Under review by {office}, {english}"
    assert said(line, Language.ENGLISH, remaining) == expected


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        (Delivery.COUNTER, "已作出决定，结果由苏州窗口交给申请人"),
        (Delivery.POST, "已作出决定，由苏州邮寄送达"),
    ],
)
def test_it_says_how_the_result_comes(delivery: Delivery, words: str) -> None:
    assert said(decided(delivery)) == words


def test_it_says_that_a_result_comes_online() -> None:
    line = decided(Delivery.COUNTER)
    state = line.intake.state
    assert state is not None
    online_state = changed(state, delivery=Delivery.ONLINE, holder=FUND.competent)
    words = sentence(online_state, FUND, None, PLACES, Language.CHINESE)
    assert words == "已作出决定，由杭州在网上送达"


def test_it_says_how_a_case_ended() -> None:
    granted = accepted()
    granted.do(granted.competent, settle_it())
    assert said(granted) == "已办结，结果已送达"
    refused = accepted()
    refused.do(refused.competent, settle_it(Verdict.REFUSED))
    assert said(refused) == "不予办理的决定已送达，已办结"
    rejected = online()
    rejected.do(rejected.intake, take_in(FOOD))
    rejected.do(rejected.intake, dispatch())
    rejected.do(rejected.competent, refuse_acceptance())
    assert said(rejected) == "不予受理，已办结"
    withdrawn = accepted()
    withdrawn.do(withdrawn.intake, RequestWithdrawal(case=CASE, actor=APPLICANT))
    withdrawn.do(withdrawn.competent, ConfirmWithdrawal(case=CASE, actor=OFFICER))
    assert said(withdrawn) == "已按申请人的要求撤回"


def test_a_place_without_a_name_is_called_by_its_node() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    state = line.intake.state
    assert state is not None
    words = sentence(state, FOOD, None, {}, Language.ENGLISH)
    assert words.startswith("Taken in by songjiang.g60.demo")
