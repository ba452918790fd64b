"""English screens are complete: Chinese stands only where it is marked as Chinese."""

import re

import pytest
from tests.portal.journey import Applicant, accept, applicant, ask_for, grant
from tests.standin import FOOD_LICENCE, ITEMS, World

from tongban.core.cases.events import CorrectionLine

pytestmark = pytest.mark.django_db

MARKED = re.compile(r'<(\w+)[^>]*\slang="zh-Hans"[^>]*>.*?</\1>', re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]+")


@pytest.fixture
def she() -> Applicant:
    reader = applicant()
    reader.client.post("/i18n/setlang/", {"language": "en"})
    return reader


def left_in_chinese(page: str) -> list[str]:
    return CHINESE.findall(MARKED.sub("", page))


def test_every_page_before_applying(she: Applicant) -> None:
    for path in ("/", "/search/?q=restaurant", "/search/?q=nothing+fits", "/account/me/"):
        assert left_in_chinese(she.page(path)) == [], path
    for item in (FOOD_LICENCE, next(item for item in ITEMS if len(item.decisions) > 2)):
        assert left_in_chinese(she.page(f"/items/{item.code}/")) == []


def test_every_page_of_an_application(she: Applicant) -> None:
    draft = she.ready()
    she.client.post(f"{draft}/step/2/", {"shop_name": "Noodle house"})
    she.client.post(f"{draft}/step/3/", {"shop_address": "Demonstration road 8, Hefei"})
    for page in ("step/1/", "step/4/", "materials/", "check/"):
        assert left_in_chinese(she.page(f"{draft}/{page}")) == [], page


def test_what_is_wrong_is_said_in_english(she: Applicant) -> None:
    draft = she.begin()
    for number, answer in ((4, {}), (5, {"area_square_metres": "2"}), (1, {"phone": "1"})):
        page = she.client.post(f"{draft}/step/{number}/", answer).content.decode()
        assert left_in_chinese(page) == [], number
    page = she.client.post(f"{draft}/materials/", {}).content.decode()
    assert left_in_chinese(page) == []


def test_every_page_of_a_case(she: Applicant, world: World) -> None:
    case = she.apply()
    world.node.arrive(case)
    for page in ("", "receipt/", "withdraw/"):
        assert left_in_chinese(she.page(f"/cases/{case}/{page}")) == [], page
    ask_for(world.node, case, CorrectionLine(code="floor_plan", defect="unreadable"))
    assert left_in_chinese(she.page(f"/cases/{case}/correction/")) == []
    other = she.apply()
    world.node.arrive(other)
    accept(world.node, other)
    grant(world.node, other)
    for page in ("", "rating/", "documents/result/"):
        assert left_in_chinese(she.page(f"/cases/{other}/{page}")) == [], page


def test_pages_that_say_no(she: Applicant) -> None:
    page = she.client.get("/nowhere/").content.decode()
    assert left_in_chinese(page) == []
