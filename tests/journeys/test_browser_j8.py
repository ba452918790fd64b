"""J8 in a real browser: two cities come to a text, sign, amend and end it, all through pages."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.conftest import assert_finished, running
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.processes import within
from tests.journeys.windows import SCREENS, Screen, Window, window

from tongban.app.demo.federation import Federation
from tongban.catalogue import load_agreements
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.core.words import Words
from tongban.node.clock import SystemClock

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.journey, pytest.mark.xdist_group("browser")]
#: Made up, for this test alone.
PASSWORD = "运河十二桥下的夜雨声声入耳"
_PATIENCE_SECONDS = 30.0
#: Two minutes on each screen: `make test` sits at a desk, `make drill` at all of them.
_ON_SCREENS = [
    pytest.param(screen, id=name, marks=[] if name == "desk" else [pytest.mark.drill])
    for name, screen in SCREENS.items()
]
FIRST = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
INBOX = "/agreements/negotiations/"


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("j8"), SUZHOU, HANGZHOU) as cities:
        yield cities


@dataclass(frozen=True, kw_only=True, slots=True)
class Officer:
    """An agreement officer at a window of one city."""

    window: Window

    def may_sign(self) -> None:
        """Choose a password, which a demonstration's accounts do not have at first."""
        self.window.open("/account/password/set/")
        if self.window.page.url.endswith("/set/"):
            for control in ("password1", "password2"):
                self.window.page.locator(f"[name={control}]").fill(PASSWORD)
            with self.window.page.expect_navigation():
                self.window.main.locator("button[name=action]").click()
            assert not self.window.page.url.endswith("/set/")

    def change(self, number: str, field: str, text: str) -> None:
        """Change one field of a clause from the page of the draft."""
        self.go(f"/clauses/{number}/")
        self.window.unfold("各环节时限（工作日，不写就是不约定）")
        self.window.fill(field, text)
        self.window.press("存进草稿")

    def lay(self) -> str:
        """Lay the draft before the other; the address of the negotiation."""
        self.window.press("核对后提出")
        self.window.press("现在提出")
        self.window.says("文本已经放到桌上。")
        return self.window.page.url

    def go(self, end: str) -> None:
        """Follow the link to an address that ends so."""
        with self.window.page.expect_navigation():
            self.window.main.locator(f"a[href$='{end}']").first.click()
        self.window.look()

    def answer(self, number: int) -> None:
        """Wait in the inbox until it is this city's turn, and open the negotiation."""
        words = self.window.say("答复第 %(number)s 稿") % {"number": number}
        task = self.window.main.get_by_role("link", name=words)

        def there() -> bool:
            self.window.open(INBOX)
            return task.count() > 0

        assert within(_PATIENCE_SECONDS, there)
        with self.window.page.expect_navigation():
            task.first.click()
        self.window.look()

    def accept(self) -> None:
        """Agree to what lies on the table."""
        self.window.follow("同意这一稿")
        self.window.press("同意，交各方签署")
        self.window.says("已经同意这一稿。")

    def sign(self) -> str:
        """Wait until a text awaits the signature, and sign it; the address of its page."""
        task = self.window.main.locator("a[href$='/sign/']")

        def there() -> bool:
            self.window.open(INBOX)
            return task.count() > 0

        assert within(_PATIENCE_SECONDS, there)
        with self.window.page.expect_navigation():
            task.first.click()
        self.window.look()
        self.window.page.locator("#secret").fill(PASSWORD)
        self.window.press("签署")
        self.window.says("已经签署。")
        return self.window.page.url

    def sees(self, page: str, words: str | Words) -> None:
        """Wait until a page says this."""

        def there() -> bool:
            self.window.open(page)
            return self.window.say(words) in self.window.main.inner_text()

        assert within(_PATIENCE_SECONDS, there)


def both_sign(suzhou: Officer, hangzhou: Officer) -> str:
    pages = [each.sign() for each in (suzhou, hangzhou)]
    for officer, page in zip((suzhou, hangzhou), pages, strict=True):
        officer.sees(page, "生效中")
    return pages[0].partition("/agreements/")[2]


@pytest.mark.parametrize("screen", _ON_SCREENS)
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
        agreed = both_sign(suzhou, hangzhou)
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


def remark(officer: Officer, clause: str, words: str) -> None:
    """Say something on a clause, beside it."""
    line = officer.window.main.locator(f"li[id='clause-{clause}']")
    line.locator("summary").last.click()
    line.locator("textarea").fill(words)
    with officer.window.page.expect_navigation():
        line.get_by_role("button").click()
    officer.window.look()
    officer.window.says("意见已经记下。")


def amend(suzhou: Officer, hangzhou: Officer, agreed: str) -> str:
    """One clause is amended, and the other accepts at once; the new text's address."""
    hangzhou.window.open(f"/agreements/{agreed}")
    hangzhou.window.press("修改这份协议")
    hangzhou.change("4.1", "中文内容", "邮寄的费用由申请人承担。")
    hangzhou.lay()
    suzhou.answer(1)
    suzhou.accept()
    amended = both_sign(suzhou, hangzhou)
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


def capitalised(at: Window, words: str) -> str:
    """As a page shows a choice."""
    said = at.say(words)
    return said[:1].upper() + said[1:]
