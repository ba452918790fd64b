"""Register, agreement, suspension and explanation in a real browser, over two whole nodes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.agreements.conftest import PASSWORD, agreement_officer
from tests.agreements.test_agreement_acts import INSTRUMENT, NEWER, NEWER_PAGE
from tests.agreements.test_agreement_pages import DIGEST, ITEM, PAGES
from tests.chromium import DESK, NEEDS_CHROMIUM, PHONE, launched
from tests.cities import City, Federation
from tests.workbench.serving import served

from tongban.accounts.links import issue_link
from tongban.core.agreements.document import document_bytes, document_digest
from tongban.core.china_time import china_day
from tongban.node import agreement_acts
from tongban.testing.applications import HANGZHOU, OFFICER, SUZHOU

pytestmark = NEEDS_CHROMIUM


class Window:
    """One agreement officer's page in one city."""

    def __init__(self, city: City, page: Page) -> None:
        self.page = page
        kernel = city.act().node.kernel
        link = issue_link(agreement_officer(city), kernel.clock.now(), kernel.randomness.draw)
        page.goto(link)
        self.press("登录")

    def press(self, words: str) -> None:
        """Press what says exactly this, button or link, and wait for the page it leads to."""
        main = self.page.get_by_role("main")
        with self.page.expect_navigation():
            main.get_by_role("button", name=words, exact=True).first.click()
        self.fits()

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.fits()

    def says(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def unfolds_its_menu(self) -> None:
        """On a phone the links of the room are behind one, elsewhere they stand there."""
        navigation = self.page.get_by_role("navigation")
        link = navigation.get_by_role("link", name="授权一览", exact=True)
        if self.page.evaluate("window.innerWidth") == PHONE[0]:
            expect(link).to_be_hidden()
            navigation.get_by_text("栏目").click()
        expect(link).to_be_visible()

    def fits(self) -> None:
        """No page is wider than its screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.evaluate("window.innerWidth"), self.page.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(params=[(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def windows(
    request: pytest.FixtureRequest, browser: Browser, federation: Federation
) -> Iterator[dict[str, Window]]:
    (width, height), script = request.param
    complaints: list[str] = []
    with served(federation.cities.values()) as addresses:
        found = {}
        for name, address in addresses.items():
            page = browser.new_page(
                base_url=address,
                viewport={"width": width, "height": height},
                java_script_enabled=script,
                locale="zh-CN",
            )
            page.on("console", lambda message: complaints.append(message.text))
            found[name] = Window(federation[name], page)
        yield found
        for window in found.values():
            window.page.close()
    # A form with a mistake is answered with 422, which the console mentions.
    assert [words for words in complaints if "422" not in words] == []


def test_an_agreement_goes_from_the_register_to_its_suspension_and_its_explanation(
    windows: dict[str, Window], federation: Federation
) -> None:
    ours, theirs = windows[SUZHOU], windows[HANGZHOU]
    ours.open("/agreements/")
    ours.unfolds_its_menu()
    ours.says("生效中")
    ours.page.get_by_role("main").get_by_role("link").filter(has_text="苏州—杭州").click()
    ours.says("系统照此执行")
    ours.press("中止代办")
    ours.press("核对")
    ours.says("请选中止的原因")
    ours.page.get_by_label("等待审计或者检查").check()
    ours.page.get_by_label("只有下面选中的").check()
    ours.page.locator(f"input[value='{ITEM}']").check()
    ours.press("核对")
    ours.says("会得到通知的伙伴")
    ours.page.get_by_label("再输入一次您的口令").fill(PASSWORD)
    ours.press("现在中止")
    ours.says("已经中止")
    ours.says("等对方回执")
    federation.settle()
    theirs.open(f"/agreements/{DIGEST}/")
    theirs.says("部分中止 1 项：苏州")
    ours.open(f"/agreements/explain/?item={ITEM}&partner={HANGZHOU}&mode=delegated_intake")
    ours.says("有条款，现在停着")
    ours.says("申请人自己的路，什么也关不上")


def test_an_agreement_is_offered_and_signed_by_both(
    windows: dict[str, Window], federation: Federation, tmp_path: Path
) -> None:
    ours, theirs = windows[SUZHOU], windows[HANGZHOU]
    file = tmp_path / "协议.json"
    content = json.loads(document_bytes(NEWER))
    for text, button in ((content | {"version": "一"}, "检查"), (content, "检查")):
        file.write_text(json.dumps(text), encoding="utf-8")
        ours.open("/agreements/offer/")
        ours.page.get_by_label("协议文本").set_input_files(file)
        ours.press(button)
        ours.says("version" if text is not content else "提交给其他缔约方")
    ours.press("提交给其他缔约方")
    federation.settle()
    for window in (ours, theirs):
        window.open("/agreements/")
        window.says("等本地签署")
        window.open(NEWER_PAGE)
        window.press("签署")
        window.page.get_by_label("再输入一次您的口令").fill("不对")
        window.press("签署")
        window.says("什么也没有做")
        window.page.get_by_label("再输入一次您的口令").fill(PASSWORD)
        window.press("签署")
        federation.settle()
    theirs.open(NEWER_PAGE)
    theirs.says("生效中")


def test_an_agreement_takes_effect_on_its_day_at_both_and_ends_by_a_press(
    windows: dict[str, Window], federation: Federation
) -> None:
    ours, theirs = windows[SUZHOU], windows[HANGZHOU]
    today = china_day(federation.memory.clock.now())
    later = replace(NEWER, valid_from=today + timedelta(days=2))
    page = f"/agreements/{document_digest(later)}/"
    agreement_acts.offer(federation[SUZHOU].node, later, OFFICER)
    federation.settle()
    for window in (ours, theirs):
        window.open(f"{page}sign/")
        window.page.get_by_label("再输入一次您的口令").fill(PASSWORD)
        window.press("签署")
        federation.settle()
    for days, words in ((0, "起生效"), (1, "起生效"), (1, "生效中")):
        federation.memory.clock.pass_days(days)
        for window in (ours, theirs):
            window.open(page)
            window.says(words)
    ours.press("终止协议")
    ours.page.get_by_label("没有需求了").check()
    last = today + timedelta(days=2 + later.notice_days)
    ours.page.get_by_label("最后一天").fill(last.isoformat())
    ours.press("核对")
    ours.page.get_by_label("再输入一次您的口令").fill(PASSWORD)
    ours.press("现在终止")
    ours.says("已经终止")
    federation.settle()
    federation.memory.clock.pass_days(later.notice_days + 1)
    theirs.open(page)
    theirs.says("苏州终止")


def test_the_pages_fit_and_are_complete_in_english(
    windows: dict[str, Window], federation: Federation, tmp_path: Path
) -> None:
    ours = windows[SUZHOU]
    ours.open("/agreements/instruments/cite/")
    file = tmp_path / "清单.json"
    file.write_bytes(document_bytes(INSTRUMENT))
    ours.page.get_by_label("文件文本").set_input_files(file)
    ours.page.get_by_label("与谁之间").select_option(HANGZHOU)
    ours.press("检查")
    ours.press("引用")
    federation.settle()
    with ours.page.expect_navigation():
        ours.page.get_by_role("button", name="English").click()
    for path in (*PAGES, "/agreements/offer/", f"/agreements/{DIGEST}/suspend/"):
        ours.open(path)
        ours.page.evaluate(
            "document.querySelectorAll('[lang^=zh]').forEach(e => {"
            " if (e !== document.documentElement) e.remove() })"
        )
        main = ours.page.get_by_role("main").inner_text()
        assert [letter for letter in main if "一" <= letter <= "鿿"] == [], path
