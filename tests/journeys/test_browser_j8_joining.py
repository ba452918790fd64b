"""J8 in a real browser: from a template to an agreement of two cities, which a third one joins.

A case that began under the text of two finishes under it, and one city leaves in the end. That a
text takes effect on its day, for which a clock has to move, is in tests/agreements.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.agreement_officer import (
    INBOX,
    PASSWORD,
    Officer,
    all_sign,
    capitalised,
    remark,
)
from tests.journeys.conftest import assert_finished, running
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.windows import AT_A_DESK, window

from tongban.app.demo.federation import Federation
from tongban.app.demo.once import Stage
from tongban.catalogue import load_templates
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.template import template_digest
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.node.clock import SystemClock

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.journey, pytest.mark.xdist_group("browser")]
HEFEI = "hefei.g60.demo"
CITIES = (SUZHOU, HANGZHOU, HEFEI)
TEMPLATE = load_templates()["national"]
FIRST, SECURITY = TEMPLATE.clauses[0], "5.1"
POWERS = (Power.RECEIVE, Power.NOTIFY, Power.CHECK_ORIGINALS, Power.DELIVER)


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """Three cities between which nothing has been agreed yet."""
    with running(tmp_path_factory.mktemp("j8"), *CITIES, agreeing=False) as cities:
        yield cities


def test_j8_runs_from_a_template_over_a_third_city_to_an_exit(
    browser: Browser, federation: Federation
) -> None:
    with ExitStack() as opened:
        officers = []
        for node in CITIES:
            at = opened.enter_context(window(browser, federation, node, AT_A_DESK))
            at.log_in(federation, node, "agreement")
            officers.append(Officer(window=at))
            officers[-1].may_sign()
        suzhou, hangzhou, hefei = officers
        stage = Stage(federation=federation, intake=SUZHOU, competent=HANGZHOU)
        from_template(suzhou, stage.item("出具贷款职工住房公积金"))
        negotiate(suzhou, hangzhou)
        agreed = all_sign(suzhou, hangzhou)
        first = opened.enter_context(dispatched(federation))
        joined = let_join(suzhou, hangzhou, hefei, agreed)
        opened.enter_context(dispatched(federation))
        suzhou.window.open(f"/agreements/{agreed}")
        suzhou.window.says("在办的件")
        leave(suzhou, joined)
        hefei.sees(f"/agreements/{joined}", "要退出协议")
        for press in PRESSES[1:]:
            press.act(first)
            first.agreed(press.stage)
        assert_finished(first)


@contextmanager
def dispatched(federation: Federation) -> Iterator[CounterCase]:
    """A case that Suzhou took in and Hangzhou holds."""
    with closing(CounterCase(federation)) as case:
        case.take_in()
        case.agreed("dispatched")
        yield case


def from_template(suzhou: Officer, item: Item) -> None:
    """A draft with Hangzhou: who signs, what its owner lets it open, who may do what with it."""
    at, today = suzhou.window, this_day()
    at.open(f"{INBOX}propose/")
    choose(suzhou, "template", template_digest(TEMPLATE))
    choose(suzhou, "partner", HANGZHOU)
    form = at.main.locator("form", has=at.page.locator("input[name=from]"))
    for name, text in (
        ("number", "G60-2026-88"),
        ("first_day", today.isoformat()),
        ("last_day", (today + timedelta(days=700)).isoformat()),
    ):
        form.locator(f"[name={name}]").fill(text)
    at.press("用范本起草")
    draft = at.page.url.partition("#")[0]
    for node in (SUZHOU, HANGZHOU):
        name_the_office(suzhou, draft, node)
    at.open(f"{draft}opening/")
    choose(suzhou, "granter", HANGZHOU)
    at.main.locator("[name=given_on]").fill(today.isoformat())
    list_item(suzhou, item)
    at.press("存进草稿")
    at.open(f"{draft}clauses/2.1/grants/0/")
    choose(suzhou, "direction", f"{HANGZHOU}>{SUZHOU}")
    choose(suzhou, "mode", Mode.DELEGATED_INTAKE.value)
    for power in POWERS:
        choose(suzhou, "power", power.value)
    list_item(suzhou, item)
    at.press("存进草稿")


def negotiate(suzhou: Officer, hangzhou: Officer) -> None:
    """Three clauses depart from the template; one of them the other changes again."""
    suzhou.change(FIRST.number, "中文内容", f"{FIRST.text.zh}双方另外约定如下。")
    suzhou.change(SECURITY, "中文内容", "个人信息只用于办理本案，双方每季度核对一次查看记录。")
    suzhou.change("3.1", "审查决定", "6")
    expect(suzhou.window.main.locator("ins").first).to_be_visible()
    talk = suzhou.lay()
    hangzhou.answer(1)
    hangzhou.window.says("范本")
    remark(hangzhou, SECURITY, "请写明由谁核对。")
    hangzhou.window.press("修改后提回")
    hangzhou.change(SECURITY, "中文内容", "个人信息只用于办理本案，双方数据部门每季度核对记录。")
    expect(hangzhou.window.main.locator("ins").first).to_be_visible()
    hangzhou.lay()
    suzhou.answer(2)
    assert suzhou.window.page.url.partition("?")[0] == talk
    suzhou.window.says("请写明由谁核对。")
    suzhou.accept()


def let_join(suzhou: Officer, hangzhou: Officer, hefei: Officer, agreed: str) -> str:
    """Hefei joins by a new version that amends one clause, and that all three sign."""
    at = suzhou.window
    at.open(f"/agreements/{agreed}")
    at.press("修改这份协议")
    draft = at.page.url.partition("#")[0]
    at.follow("加缔约方")
    at.press("存进草稿")
    at.says("请选谁加入。")
    choose(suzhou, "partner", HEFEI)
    at.press("存进草稿")
    name_the_office(suzhou, draft, HEFEI)
    suzhou.change(SECURITY, "中文内容", "个人信息只用于办理本案，各方数据部门每季度核对记录。")
    suzhou.lay()
    for officer in (hangzhou, hefei):
        officer.answer(1)
        officer.accept()
    joined = all_sign(suzhou, hangzhou, hefei)
    suzhou.sees(f"/agreements/{agreed}", words_for(AgreementGround.SUPERSEDED).why)
    return joined


def leave(suzhou: Officer, joined: str) -> None:
    """Suzhou leaves after the days of notice; the case under way goes by the run-off rule."""
    at = suzhou.window
    at.open(f"/agreements/{joined}")
    at.follow("退出协议")
    at.tick(capitalised(at, "没有需求了"))
    at.fill("最后一天", (this_day() + timedelta(days=61)).isoformat())
    at.press("核对")
    at.says("按协议的收尾规则，照常办完。")
    at.page.locator("#secret").fill(PASSWORD)
    at.press("现在退出")
    at.says("已经声明退出。")


def name_the_office(officer: Officer, draft: str, node: str) -> None:
    """Whose holder signs for a city of which no agreement says it yet."""
    officer.window.open(f"{draft}parties/{node}/")
    officer.window.main.locator("[name=office_zh]").fill("演示审批局局长")
    officer.window.press("存进草稿")


def list_item(officer: Officer, item: Item) -> None:
    """Tick it where there are boxes, and write its code where there is a list."""
    box = officer.window.main.locator(f"input[name=item][value='{item.code}']")
    if box.count():
        box.check()
    else:
        officer.window.main.locator("[name=item_lines]").fill(item.code)


def choose(officer: Officer, name: str, value: str) -> None:
    officer.window.main.locator(f"input[name={name}][value='{value}']").check()


def this_day() -> date:
    return china_day(SystemClock().now())
