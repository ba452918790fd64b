"""J1's own part in a real browser: on a phone without JavaScript, and at a desk with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.accounts.people import resident
from tests.portal.journey import PDF, accept, grant
from tests.standin import World

from tongban.accounts.links import issue_link

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="SKIPPED CHECKS: no chromium here"),
]
PHONE, DESK = (390, 844), (1280, 900)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )


@pytest.fixture(params=[(PHONE, False), (DESK, True)], ids=["phone", "desk"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    (width, height), script = request.param
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        java_script_enabled=script,
        locale="zh-CN",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    # A form with a mistake is answered with 422, which the console mentions.
    assert [words for words in complaints if "422" not in words] == []
    context.close()


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def answer(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    press(page, "下一步")


def test_a_resident_applies_follows_and_rates(page: Page, world: World, tmp_path: Path) -> None:
    world_link = issue_link(resident(), world.clock.now(), world.randomness.draw)
    paper = tmp_path / "材料.pdf"
    paper.write_bytes(PDF)

    page.goto(world_link)
    press(page, "登录")
    page.get_by_label("要办的事").fill("在合肥开饭店")
    press(page, "找一找")
    # Other places have it too; the place that was asked about comes first.
    page.get_by_role("link", name="食品经营许可（新办）").first.click()
    expect(page.get_by_role("main")).to_contain_text("可以。在松江就能办")
    press(page, "开始办")

    press(page, "下一步")
    answer(page, "店铺名称", "小满面馆")
    answer(page, "经营场所地址", "合肥市包河区演示路 8 号")
    page.get_by_label("餐饮（饭店、小吃店）").check()
    press(page, "下一步")
    answer(page, "经营场所面积（平方米）", "2")
    expect(page.get_by_role("alert")).to_contain_text("不能小于 5")
    answer(page, "经营场所面积（平方米）", "60")
    page.get_by_label("否").check()
    press(page, "下一步")

    for material in ("营业执照", "经营场所平面布局图和操作流程", "保证食品安全的规章制度目录"):
        page.get_by_label(material).set_input_files(paper)
    press(page, "下一步")
    press(page, "我确认属实，提交")
    expect(page.get_by_role("heading", name="收件凭证")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="看办理进度").first.click()
    expect(page.get_by_role("main")).to_contain_text("已发出，等待对方接收")

    case = page.url.rstrip("/").rpartition("/")[2]
    world.node.arrive(case)
    accept(world.node, case)
    grant(world.node, case)
    page.reload()
    page.get_by_role("link", name="查看结果").or_(
        page.get_by_role("button", name="查看结果")
    ).click()
    expect(page.get_by_role("main")).to_contain_text("参考件")
    page.goto(f"/cases/{case}/rating/")
    page.get_by_label("非常满意").check()
    press(page, "提交评价")
    expect(page.get_by_role("main")).to_contain_text("谢谢")
    assert world.node.states[case].grade == "very_satisfied"


def test_no_page_is_wider_than_the_screen(page: Page, world: World) -> None:
    page.goto(issue_link(resident(), world.clock.now(), world.randomness.draw))
    press(page, "登录")
    for path in ("/", "/search/?q=公积金", "/account/me/", "/cases/"):
        page.goto(path)
        box = page.locator("body").bounding_box()
        viewport = page.viewport_size
        assert box is not None
        assert viewport is not None
        assert box["width"] <= viewport["width"]
