"""J2 in a real browser: Suzhou's counter takes in for Hangzhou, with one correction."""

from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.counter_case import HANGZHOU, SUZHOU
from tests.journeys.windows import SCREENS, Screen, Window, window

from tongban.app.demo.federation import Federation
from tongban.app.demo.once import FUND_ANSWERS, Stage
from tongban.core.items.item import Item
from tongban.core.items.material import Material, Necessity
from tongban.core.words import Words

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.journey, pytest.mark.xdist_group("browser")]
ASKED_FOR = "purchase_contract"
WISH = Words(zh="公积金贷款证明", en="housing fund loan certificate")


@pytest.fixture
def stage(cities: Federation) -> Stage:
    return Stage(federation=cities, intake=SUZHOU, competent=HANGZHOU)


def take_in(clerk: Window, item: Item, scan: Path) -> str:
    """From the empty counter to the printed receipt; the case's number."""
    clerk.open("/desk/")
    clerk.follow("新收件")
    clerk.fill("事项，用平常的话说", clerk.say(WISH))
    clerk.press("找一找")
    clerk.press("开始收件", item.name)
    clerk.press("核对")
    clerk.says("请先核对人，再选核对的方式。")
    clerk.tick("读卡器读出身份证，与本人一致")
    for asked in item.form.fields:
        clerk.fill(asked.label, FUND_ANSWERS.get(asked.name, ""))
    for line in item.materials:
        if line.necessity is Necessity.REQUIRED:
            scan_in(clerk, line, scan)
    clerk.tick("到收件窗口领取")
    clerk.press("核对")
    clerk.press("收件，出凭证")
    expect(clerk.page.get_by_role("heading", name=clerk.say("收件凭证"))).to_be_visible()
    return clerk.page.url.rstrip("/").split("/")[-2]


def scan_in(clerk: Window, line: Material, scan: Path) -> None:
    """The original is in hand, and goes under the scanner."""
    in_hand = "original_seen" if line.original_check else "electronic"
    clerk.page.locator(f"[name=form-{line.code}]").select_option(in_hand)
    clerk.page.locator(f"[name=scan-{line.code}]").set_input_files(scan)


def ask_for_better(officer: Window, case: str) -> None:
    """Find the case, read the paper that is no good, and say so once and for all."""
    officer.open("/desk/review/")
    officer.page.get_by_role("row").filter(has_text=case).get_by_role("link").click()
    officer.look()
    officer.open(f"/desk/review/{case}/documents/material:{ASKED_FOR}/")
    officer.open(f"/desk/review/{case}/")
    officer.unfold("一次性告知补正")
    officer.press("一次性告知补正")
    expect(officer.page.get_by_role("alert")).to_be_visible()
    officer.page.locator(f"[name=defect-{ASKED_FOR}]").select_option("unreadable")
    officer.press("一次性告知补正")


def bring_better(clerk: Window, case: str, line: Material, scan: Path) -> None:
    """The applicant is back with a better paper."""
    clerk.open("/desk/")
    clerk.open(f"/desk/cases/{case}/documents/correction/")
    clerk.open(f"/desk/cases/{case}/")
    clerk.follow("收补正材料")
    clerk.press("收齐，发出")
    expect(clerk.page.get_by_role("alert")).to_be_visible()
    scan_in(clerk, line, scan)
    clerk.press("收齐，发出")


def decide(officer: Window, case: str) -> None:
    """受理, 准予."""
    officer.open(f"/desk/review/{case}/")
    for act in ("予以受理", "决定准予"):
        officer.unfold(act)
        officer.press(act)
    officer.says("准予的决定和结果已经发出。")


def hand_over(clerk: Window, case: str) -> None:
    """送达, and what the applicant says about it at the counter."""
    clerk.open(f"/desk/cases/{case}/")
    clerk.follow("办理送达")
    clerk.press("已经交给本人，办结")
    clerk.says("请先核对人，再选核对的方式。")
    clerk.tick("看过身份证原件，与本人一致")
    clerk.press("已经交给本人，办结")
    clerk.says("已经送达，办结。")
    clerk.follow("请申请人评价")
    clerk.tick("满意")
    clerk.press("提交评价")
    clerk.says("谢谢，评价已经交给办理单位。")
    expect(clerk.main).to_contain_text(f"{clerk.say('申请人评价')} {clerk.say('满意')}")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_j2_runs_from_the_counter_over_a_correction_to_the_rating(
    browser: Browser, stage: Stage, screen: Screen, scan: Path
) -> None:
    item = stage.item("出具贷款职工住房公积金")
    asked_for = item.material(ASKED_FOR)
    assert asked_for is not None
    with ExitStack() as open_windows:
        clerk = open_windows.enter_context(window(browser, stage.federation, SUZHOU, screen))
        officer = open_windows.enter_context(window(browser, stage.federation, HANGZHOU, screen))
        clerk.log_in(stage.federation, SUZHOU, "clerk")
        case = take_in(clerk, item, scan)
        stage.await_stage(HANGZHOU, case, "dispatched")
        officer.log_in(stage.federation, HANGZHOU, "officer1")
        ask_for_better(officer, case)
        stage.await_stage(SUZHOU, case, "correcting")
        bring_better(clerk, case, asked_for, scan)
        stage.await_stage(HANGZHOU, case, "corrected")
        decide(officer, case)
        stage.await_stage(SUZHOU, case, "decided")
        hand_over(clerk, case)
        for path in (
            "/desk/",
            "/desk/ended/",
            f"/desk/cases/{case}/documents/result/",
            f"/desk/cases/{case}/documents/application/",
        ):
            clerk.open(path)
        clerk.open("/desk/find/?number=0", HTTPStatus.NOT_FOUND)
        stage.await_stage(HANGZHOU, case, "delivered")
        officer.open("/desk/review/")
        officer.open(f"/desk/review/{case}/")
        officer.says("已办结")
