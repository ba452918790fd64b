"""J2 in a real browser: on a phone without JavaScript, and at a desk with it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from tests.catalogue.sheets.files import changed
from tests.cities import City, Federation
from tests.workbench.counters import ANSWERS, CERTIFICATE, at, clerk_of, officer_of, scan
from tests.workbench.serving import served

from tongban.accounts.links import issue_link
from tongban.accounts.models import Person
from tongban.accounts.roles import Role
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export
from tongban.core.items.material import Necessity
from tongban.testing.applications import HANGZHOU, SUZHOU

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="SKIPPED CHECKS: no chromium here"),
]
PHONE, DESK = (390, 844), (1280, 900)


@dataclass(kw_only=True)
class BrowserDesk:
    """One officer's page in one city."""

    city: City
    page: Page

    def log_in(self, person: Person) -> None:
        self.city.act()
        kernel = self.city.node.kernel
        self.page.goto(issue_link(person, kernel.clock.now(), kernel.randomness.draw))
        self.press("登录")

    def press(self, words: str) -> None:
        """Press the button of the page's content that says exactly this."""
        self.leave(self.page.get_by_role("main").get_by_role("button", name=words, exact=True))

    def leave(self, way: Locator) -> None:
        """Wait for the page that it leads to: one still on its way has nothing to look at."""
        with self.page.expect_navigation():
            way.click()

    def open(self, name: str, *args: str) -> None:
        self.page.goto(at(name, *args))
        self.fits()

    def says(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def fits(self) -> None:
        """No page is wider than its screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.evaluate("window.innerWidth"), self.page.url


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.png"
    path.write_bytes(scan().read())
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )


@pytest.fixture(params=[(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def desks(
    request: pytest.FixtureRequest, browser: Browser, federation: Federation
) -> Iterator[dict[str, BrowserDesk]]:
    (width, height), script = request.param
    complaints: list[str] = []
    contexts: list[BrowserContext] = []
    found = {}
    with served(federation.cities.values()) as addresses:
        for name, address in addresses.items():
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                java_script_enabled=script,
                locale="zh-CN",
            )
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            found[name] = BrowserDesk(city=federation[name], page=page)
        yield found
        for context in contexts:
            context.close()
    # A form with a mistake is answered with 422, which the console mentions.
    assert [words for words in complaints if "422" not in words] == []


def take_in(clerk: BrowserDesk, scanned: Path) -> str:
    page = clerk.page
    page.goto(f"{at('choose_item')}?city=330100")
    clerk.leave(page.get_by_role("button", name=f"收件 {CERTIFICATE.name.zh}"))
    clerk.press("核对")
    clerk.says("请先核对人")
    page.get_by_label("读卡器读出身份证，与本人一致").check()
    for field in CERTIFICATE.form.fields:
        page.locator(f"[name={field.name}]").fill(ANSWERS[field.name])
    for line in CERTIFICATE.materials:
        if line.necessity is Necessity.REQUIRED:
            page.locator(f"[name=form-{line.code}]").select_option("original_seen")
            page.locator(f"[name=scan-{line.code}]").set_input_files(scanned)
    page.get_by_label("到收件窗口领取").check()
    clerk.fits()
    clerk.press("核对")
    clerk.fits()
    clerk.press("收件，出凭证")
    expect(page.get_by_role("heading", name="收件凭证")).to_be_visible()
    clerk.fits()
    return page.url.rstrip("/").rsplit("/", 2)[-2]


def do(officer: BrowserDesk, case: str, code: str, button: str) -> None:
    """Press an act whose form needs nothing more."""
    officer.open("act", case, code)
    officer.press(button)


def test_j2_runs_through_both_desks(
    desks: dict[str, BrowserDesk], federation: Federation, scanned: Path
) -> None:
    clerk, officer = desks[SUZHOU], desks[HANGZHOU]
    clerk.log_in(clerk_of(clerk.city))
    officer.log_in(officer_of(officer.city))
    case = take_in(clerk, scanned)
    federation.settle()

    officer.open("room", case)
    officer.open("act", case, "notify_correction")
    officer.page.get_by_label("购房合同或者购房意向书", exact=True).select_option("incomplete")
    officer.press("一次性告知补正")
    officer.says("补正告知已经发给收件地")
    federation.settle()

    clerk.open("correction", case)
    clerk.page.locator("[name=form-purchase_contract]").select_option("original_seen")
    clerk.page.locator("[name=scan-purchase_contract]").set_input_files(scanned)
    clerk.press("收齐，发出")
    clerk.says("现在必须受理")
    federation.settle()

    do(officer, case, "accept", "予以受理")
    do(officer, case, "grant", "决定准予")
    officer.says("准予的决定和结果已经发出")
    federation.settle()

    clerk.open("delivery", case)
    clerk.page.get_by_label("看过身份证原件，与本人一致").check()
    clerk.press("已经交给本人，办结")
    clerk.says("已办结，结果已送达")
    state = clerk.city.node.case_state(case)
    assert state is not None
    assert state.ended


def test_a_catalogue_officer_mends_a_spreadsheet_and_publishes_it(
    desks: dict[str, BrowserDesk], tmp_path: Path
) -> None:
    officer = desks[HANGZHOU]
    officer.log_in(officer.city.person("catalogue", Role.CATALOGUE_OFFICER))
    file, item = tmp_path / "事项.xlsx", CERTIFICATE.code
    for promise, phone in (("三天", "1"), (str(CERTIFICATE.limits.promised_days), "0571-12345")):
        officer.city.act()
        own = [officer.city.node.own.newest()[item]]
        given = changed(book_of(own), "基本信息", "承诺办结时限", promise)
        file.write_bytes(write_export(changed(given, "基本信息", "咨询电话", phone)))
        officer.open("catalogue")
        officer.page.get_by_label("表格文件").set_input_files(file)
        officer.press("检查，没有问题就存为草稿")
        officer.fits()
        officer.says("“三天”不是整数" if phone == "1" else "0571-12345")
    officer.press("发布")
    officer.says("从现在起按新的版本办理")
    officer.fits()
    assert officer.city.node.item(item).version == CERTIFICATE.version + 1


def test_a_catalogue_officer_opens_an_item_to_all_and_withdraws_it(
    desks: dict[str, BrowserDesk],
) -> None:
    officer = desks[HANGZHOU]
    officer.log_in(officer.city.person("catalogue", Role.CATALOGUE_OFFICER))
    officer.open("catalogue")
    officer.page.get_by_label(f"选中{CERTIFICATE.name.zh}").check()
    officer.page.get_by_label("选中的事项，开放给或者收回自").select_option("所有伙伴")
    officer.press("看看影响谁，再开放")
    officer.fits()
    officer.press("确认开放")
    officer.says("catalogue向所有伙伴开放")
    officer.fits()
    officer.leave(officer.page.get_by_role("button", name="撤下这个事项"))
    officer.press("核对")
    officer.says("请选原因")
    officer.page.get_by_label("暂停办理").check()
    officer.press("核对")
    officer.fits()
    officer.press("撤下这个事项")
    officer.says("在办的件照常办")
    officer.fits()
    assert CERTIFICATE.code not in {item.code for item in officer.city.act().node.items()}


@pytest.mark.parametrize("desks", [(DESK, True)], indirect=True, ids=["desk"])
def test_keys_walk_the_queue(desks: dict[str, BrowserDesk], scanned: Path) -> None:
    clerk = desks[SUZHOU]
    clerk.log_in(clerk_of(clerk.city))
    case = take_in(clerk, scanned)
    clerk.open("counter")
    clerk.page.keyboard.press("j")
    focused = clerk.page.evaluate("document.activeElement.pathname")
    assert focused == at("counter_case", case)
    clerk.page.keyboard.press("/")
    assert clerk.page.evaluate("document.activeElement.id") == "find-number"


def test_the_desks_are_complete_in_english(desks: dict[str, BrowserDesk], scanned: Path) -> None:
    clerk = desks[SUZHOU]
    clerk.log_in(clerk_of(clerk.city))
    case = take_in(clerk, scanned)
    clerk.leave(clerk.page.get_by_role("button", name="English"))
    for name, args in (("counter", ()), ("counter_case", (case,)), ("receipt", (case,))):
        clerk.open(name, *args)
        clerk.page.evaluate(
            "document.querySelectorAll('[lang^=zh]').forEach(e => {"
            " if (e !== document.documentElement) e.remove() })"
        )
        main = clerk.page.get_by_role("main").inner_text()
        assert [letter for letter in main if "一" <= letter <= "鿿"] == []
