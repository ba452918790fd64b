"""J1 in a real browser: Songjiang applies online, Hefei decides, on real node processes."""

from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.chromium import NEEDS_CHROMIUM
from tests.journeys.conftest import running
from tests.journeys.windows import SCREENS, Screen, Window, window

from tongban.app.demo.federation import Federation
from tongban.app.demo.once import Stage
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.words import Words

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.journey, pytest.mark.xdist_group("browser")]
SONGJIANG, HEFEI = "songjiang.g60.demo", "hefei.g60.demo"
#: What is typed; the rest is chosen.
TYPED = {
    "shop_name": "小满面馆（演示）",
    "shop_address": "合肥市蜀山区演示路8号",
    "area_square_metres": "60",
}
WISH = Words(zh="在合肥开饭店", en="open a restaurant in Hefei")
ANSWERS = {**TYPED, "business_kind": "restaurant", "online_sales": "no"}


@pytest.fixture(scope="module")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("j1"), SONGJIANG, HEFEI) as cities:
        yield cities


@pytest.fixture
def stage(federation: Federation) -> Stage:
    return Stage(federation=federation, intake=SONGJIANG, competent=HEFEI)


def apply(she: Window, item: Item, scan: Path) -> str:
    """From a question in plain words to the receipt; the case's number."""
    she.open("/")
    she.fill("要办的事", she.say(WISH))
    she.press("找一找")
    she.follow(item.name)
    she.says("可以。在%(here)s就能办，全程网上，不用去%(there)s。", **places(she))
    she.press("开始办")
    she.press("下一步")
    answer(she, item)
    for line in item.materials:
        if line.necessity is Necessity.REQUIRED:
            she.hand_in(line.name, scan)
    she.press("下一步")
    she.press("我确认属实，提交")
    expect(she.page.get_by_role("heading", name=she.say("收件凭证"))).to_be_visible()
    return she.page.url.rstrip("/").split("/")[-2]


def places(she: Window) -> dict[str, str]:
    chinese = she.say("下一步") == "下一步"
    return {"here": "松江", "there": "合肥"} if chinese else {"here": "Songjiang", "there": "Hefei"}


def answer(she: Window, item: Item) -> None:
    """One question a page, with a mistake on the way."""
    for asked in item.form.fields:
        if asked.name == "area_square_metres":
            she.fill(asked.label, "2")
            she.press("下一步")
            expect(she.page.get_by_role("alert")).to_be_visible()
        if asked.name in TYPED:
            she.fill(asked.label, TYPED[asked.name])
        elif asked.name in ANSWERS:
            she.page.locator(f"[name={asked.name}][value={ANSWERS[asked.name]}]").check()
        if asked.name in ANSWERS:
            she.press("下一步")


def decide(he: Window, case: str) -> None:
    """Find the case in the queue, accept it, grant it."""
    he.open("/desk/review/")
    he.page.get_by_role("row").filter(has_text=case).get_by_role("link").click()
    he.look()
    for act in ("予以受理", "决定准予"):
        he.unfold(act)
        he.press(act)
    he.says("准予的决定和结果已经发出。")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_j1_runs_from_the_question_to_the_rating(
    browser: Browser, stage: Stage, screen: Screen, scan: Path
) -> None:
    item = stage.item("食品经营许可")
    with ExitStack() as open_windows:
        she = open_windows.enter_context(window(browser, stage.federation, SONGJIANG, screen))
        he = open_windows.enter_context(window(browser, stage.federation, HEFEI, screen))
        she.log_in(stage.federation, SONGJIANG, "resident")
        case = apply(she, item, scan)
        she.follow("看办理进度")
        stage.await_stage(HEFEI, case, "dispatched")
        he.log_in(stage.federation, HEFEI, "officer1")
        decide(he, case)
        stage.await_stage(SONGJIANG, case, "delivered")
        she.open(f"/cases/{case}/")
        she.follow("查看结果")
        she.says("这是参考件，只供查看。有法律效力的是决定机关盖章的正本。")
        for name in ("decision", "application", "material:floor_plan"):
            she.open(f"/cases/{case}/documents/{name}/")
        she.open(f"/cases/{case}/rating/")
        she.press("提交评价")
        she.tick("非常满意")
        she.press("提交评价")
        she.says("谢谢，评价已经交给办理单位。")
        for path in ("/cases/", "/account/me/", "/search/?q=量子", f"/cases/{case}/receipt/"):
            she.open(path)
        he.open("/desk/review/ended/")
    assert stage.federation.ask(HEFEI, "case.show", case=case)["stage"] == "delivered"


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_pages_beside_the_way_say_what_happened_and_what_to_do(
    browser: Browser, federation: Federation, screen: Screen
) -> None:
    with window(browser, federation, SONGJIANG, screen) as she:
        for path in ("/", "/account/login/", "/cases/"):
            she.open(path)
        she.open("/nowhere/", HTTPStatus.NOT_FOUND)
        she.says("地址可能没有复制完整，或者这一页不是给您看的。")
        she.open("/account/link/used/", HTTPStatus.GONE)
        she.log_in(federation, SONGJIANG, "resident")
        for path in ("2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/set/", "logout/"):
            she.open(f"/account/{path}")
        she.open("/account/reauthenticate/", HTTPStatus.FORBIDDEN)
        she.says("您的账户现在不能做这一步，什么也没有改变。")
