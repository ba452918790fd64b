"""Officers see what people looked for here and did not get."""

from tests.cities import Browser, Federation
from tests.oversight.test_pages import text
from tests.workbench.test_catalogue_desk import left_in_chinese

from tongban.testing.applications import SUZHOU

PAGE = "/oversight/demand/"


def test_what_was_looked_for_in_vain_is_listed_most_wanted_first(
    federation: Federation, joint_officer: Browser
) -> None:
    assert "还没有。" in text(joint_officer, PAGE)
    for words in ("量子计算机", "船舶营业运输证换发", "人在北京船舶营业运输证换发", "量子计算机"):
        federation[SUZHOU].browser().get("/search/", {"q": words})
    page = text(joint_officer, PAGE)
    assert "目录里没有的说法" in page
    joint_officer.cookies["django_language"] = "en"
    assert left_in_chinese(text(joint_officer, PAGE)) == []


def test_the_demand_list_is_for_officers_alone(federation: Federation) -> None:
    assert federation[SUZHOU].browser().get(PAGE).status_code in {302, 403}
