"""J8 in a real browser: two cities come to a text, sign, amend and end it, all through pages."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser, expect
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.agreement_officer import INBOX, PASSWORD, Officer, all_sign, capitalised, remark
from tests.journeys.conftest import assert_finished, running
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.windows import SCREENS, Screen, window

from tongban.app.demo.federation import Federation
from tongban.catalogue import load_agreements
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.node.clock import SystemClock

#: Two minutes on each screen, for the drill; `make test` plays test_browser_j8_joining.py.
pytestmark = [*NEEDS_CHROMIUM, pytest.mark.drill, pytest.mark.xdist_group("browser")]
FIRST = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("j8"), SUZHOU, HANGZHOU) as cities:
        yield cities


@pytest.mark.parametrize("screen", SCREENS.values(), ids=list(SCREENS))
def test_j8_runs_from_a_draft_to_the_end_of_the_agreement(
    browser: Browser, federation: Federation, screen: Screen
) -> None:
    with ExitStack() as opened:
        windows = {
            node: opened.enter_context(window(browser, federation, node, screen))
            for node in (SUZHOU, HANGZHOU)
        }
        for node, each in windows.items():
            each.log_in(federation, node, "agreement")
        suzhou, hangzhou = (Officer(window=windows[node]) for node in (SUZHOU, HANGZHOU))
        for officer in (suzhou, hangzhou):
            officer.may_sign()
        negotiate(suzhou, hangzhou, screen)
        agreed = all_sign(suzhou, hangzhou)
        with closing(CounterCase(federation)) as case:
            case.take_in()
            case.agreed("dispatched")
            amended = amend(suzhou, hangzhou, agreed)
            end(suzhou, hangzhou, amended, agreed)
            for press in PRESSES[1:]:
                press.act(case)
                case.agreed(press.stage)
            assert_finished(case)


def negotiate(suzhou: Officer, hangzhou: Officer, screen: Screen) -> None:
    """Three clauses are changed, one of them is changed back by the other, which is accepted."""
    suzhou.window.open(f"{INBOX}propose/")
    suzhou.window.open(f"/agreements/{document_digest(FIRST)}/")
    suzhou.window.press("修改这份协议")
    for part in ("head", "add", "opening", f"parties/{HANGZHOU}"):
        draft = suzhou.window.page.url.partition("#")[0]
        suzhou.window.open(f"{draft}{part}/")
        suzhou.window.follow("回到草稿")
    for clause in FIRST.clauses[:2]:
        suzhou.change(clause.number, "中文内容", f"{clause.text.zh}（{screen.size[0]}，新写的话）")
    suzhou.change("3.1", "审查决定", str(4 + list(SCREENS.values()).index(screen)))
    expect(suzhou.window.main.locator("ins").first).to_be_visible()
    talk = suzhou.lay()
    suzhou.window.says("现在轮到对方答复；本地可以提意见，也可以撤回自己的这一稿。")
    hangzhou.answer(1)
    expect(hangzhou.window.main.locator(".ag-beside ins").first).to_be_visible()
    remark(hangzhou, FIRST.clauses[0].number, "请写明邮寄的费用由谁承担。")
    hangzhou.window.press("修改后提回")
    hangzhou.change(
        FIRST.clauses[0].number, "中文内容", f"{FIRST.clauses[0].text.zh}费用由寄出方承担。"
    )
    hangzhou.lay()
    suzhou.answer(2)
    assert suzhou.window.page.url.partition("?")[0] == talk
    suzhou.window.says("请写明邮寄的费用由谁承担。")
    suzhou.accept()


def amend(suzhou: Officer, hangzhou: Officer, agreed: str) -> str:
    """One clause is amended, and the other accepts at once; the new text's address."""
    hangzhou.window.open(f"/agreements/{agreed}")
    hangzhou.window.press("修改这份协议")
    hangzhou.change("4.1", "中文内容", "邮寄的费用由申请人承担。")
    hangzhou.lay()
    suzhou.answer(1)
    suzhou.accept()
    amended = all_sign(suzhou, hangzhou)
    suzhou.sees(f"/agreements/{agreed}", words_for(AgreementGround.SUPERSEDED).why)
    return amended


def end(suzhou: Officer, hangzhou: Officer, amended: str, agreed: str) -> None:
    """It is ended from tomorrow on; the case that rests on the text before is shown there."""
    suzhou.window.open(f"/agreements/{agreed}")
    suzhou.window.says("在办的件")
    suzhou.window.open(f"/agreements/{amended}")
    suzhou.window.follow("终止协议")
    suzhou.window.press("核对")
    suzhou.window.says("请选终止的原因。")
    suzhou.window.tick(capitalised(suzhou.window, "没有需求了"))
    suzhou.window.fill("最后一天", china_day(SystemClock().now()).isoformat())
    suzhou.window.press("核对")
    suzhou.window.says("按协议的收尾规则，照常办完。")
    suzhou.window.page.locator("#secret").fill(PASSWORD)
    suzhou.window.press("现在终止")
    suzhou.window.says("已经终止。")
    tomorrow = suzhou.window.say("%(names)s终止，%(day)s是最后一天").partition("%(day)s")[2]
    hangzhou.sees(f"/agreements/{amended}", tomorrow)
