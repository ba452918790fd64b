"""The search page: places in the question, narrowing down, and why something is not possible."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.standin import ITEMS, World

from tongban.demand.models import Demand, Lack
from tongban.pages.search import find_items
from tongban.search.finder import Wanted

pytestmark = pytest.mark.django_db


def _page(query: str) -> str:
    answer = Client().get(f"/search/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_place_in_the_question_is_the_competent_place() -> None:
    page = _page("q=在松江办合肥的营业执照")
    assert "内资企业设立登记" in page
    assert "合肥 ·" in page
    assert "杭州 ·" not in page


def test_each_item_is_listed_once_with_the_other_places_beside_it() -> None:
    page = _page("q=正常退休提取住房公积金")
    assert page.count(">正常退休提取住房公积金</a>") == 1
    assert "其他地方也有：" in page


def test_from_a_place_of_another_site_this_one_promises_and_denies_no_counter() -> None:
    page = _page("q=人在苏州，办合肥的购房提取住房公积金")
    assert "还没有建立连接" not in page
    assert "苏州的窗口" in page or "全程网上办理" in page
    assert Demand.objects.filter(lack=Lack.NOT_OPEN).count() == 0


def test_a_place_that_takes_no_part_is_named_and_not_numbered() -> None:
    page = _page("q=人在北京，办芜湖的船舶营业运输证换发")
    assert "北京还不能替芜湖收这件事的材料" in page
    assert "110000" not in page


def test_what_a_national_authority_does_itself_is_said_with_its_address() -> None:
    page = _page("q=商标注册")
    assert "商标注册：由国家知识产权局（商标局）办理" in page
    assert 'href="https://sbj.cnipa.gov.cn/"' in page
    assert "凭记忆" in page
    assert "没有完全对上的" in page or "没有找到" in page


def test_what_is_not_possible_says_why_and_what_to_do() -> None:
    page = _page("q=船舶营业运输证换发")
    assert "没有公布的文件规定可以代办" in page or "没有列入它的协议" in page
    assert "以后，就能在松江的窗口办" in page
    assert "直接向" in page


def test_a_place_without_such_an_item_is_named_and_others_are_shown() -> None:
    page = _page("q=苏州的公积金")
    assert "苏州还没有公布这样的事项" in page
    assert "公积金" in page


def test_a_guess_is_said_to_be_one_and_not_that_the_place_offers_nothing() -> None:
    page = _page("q=合肥的残疾证年检")
    assert "没有完全对上的，也许是下面的事项" in page
    assert "还没有公布这样的事项" not in page
    assert "没有完全对上的" not in _page("q=合肥的护照")


def test_what_is_near_is_said_not_to_be_the_same() -> None:
    page = _page("q=营业执照丢了")
    assert "这里的事项里没有您问的“补领、补办”" in page
    assert "相近，不是同一件事" in page


def test_a_province_stands_for_its_cities() -> None:
    page = _page("q=安徽的营业执照")
    assert "合肥 ·" in page
    assert "杭州 ·" not in page
    assert "还没有公布" not in page


def test_a_place_that_does_not_take_part_is_not_passed_over() -> None:
    assert "您问的地方还没有公布这样的事项" in _page("q=北京的营业执照")


def test_results_narrow_down_by_life_event_without_a_question() -> None:
    page = _page("event=retirement")
    assert "正常退休提取住房公积金" in page
    assert "无犯罪记录" not in page
    assert '<option value="retirement" selected>' in page


@pytest.mark.parametrize(
    "query", ["event=nonsense", "who=9", "mode=%27%22", "q=%00%ff", "q=" + "长" * 500]
)
def test_whatever_stands_in_the_address_the_page_answers(query: str) -> None:
    assert "找一找" in _page(query)


def test_the_index_follows_what_the_node_publishes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tuple(replace(item, keywords=(*item.keywords, "量子")) for item in ITEMS[:1])
    assert find_items(Wanted(text="量子")).results == ()
    monkeypatch.setattr(type(world.node), "items", lambda _: changed)
    assert [result.entry.item for result in find_items(Wanted(text="量子")).results] == [
        changed[0].code
    ]
