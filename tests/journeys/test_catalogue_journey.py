"""Two real nodes: Hangzhou's catalogue officer at work, and what Suzhou sees of it each time."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import partial

import pytest
from tests.journeys.catalogue_office import CatalogueOffice, kept_by_place, rows_of
from tests.journeys.counter_case import HANGZHOU, SUZHOU, CounterCase
from tests.journeys.processes import within

from tongban.app.control import OperationRefused
from tongban.app.demo.federation import Federation
from tongban.app.demo.visitor import Visitor

_PATIENCE_SECONDS = 30.0

#: An item that Hangzhou did not have before; name and code are made up.
NEW: Mapping[str, str] = {
    "实施编码": "1233010047011355223332099009000",
    "基本编码": "",
    "事项名称": "住房公积金贷款资格说明（演示）",
}
PARTNERS_LIST = f"/oversight/partners/{HANGZHOU}/"

pytestmark = pytest.mark.journey


@pytest.fixture
def hangzhou(cities: Federation) -> Iterator[CatalogueOffice]:
    with closing(CatalogueOffice(federation=cities, node=HANGZHOU)) as office:
        yield office


@pytest.fixture
def suzhou(cities: Federation) -> Iterator[Visitor]:
    with closing(CatalogueOffice(federation=cities, node=SUZHOU)) as office:
        yield office.officer


def reads(visitor: Visitor, path: str, *words: str) -> bool:
    visitor.open(path)
    return all(each in visitor.text for each in words)


def comes_to_read(visitor: Visitor, path: str, *words: str) -> bool:
    return within(_PATIENCE_SECONDS, partial(reads, visitor, path, *words))


def test_the_catalogue_officers_work_reaches_the_partner(
    cities: Federation, hangzhou: CatalogueOffice, suzhou: Visitor, case: CounterCase
) -> None:
    case.take_in()
    item = case.item
    exported = hangzhou.export()

    hangzhou.hand_in(rows_of(exported, item.code, {"承诺办结时限": "一天"}, new=NEW))
    (mistake,) = hangzhou.mistakes()
    assert mistake[:2] == ["基本信息 AA2 第 2 行", "承诺办结时限"]
    assert "“一天”不是整数" in mistake[2]
    assert not hangzhou.officer.offers("/publish/")

    hangzhou.hand_in(rows_of(exported, item.code, {"承诺办结时限": "1"}, new=NEW))
    hangzhou.publish()
    assert "新增 1 项，修改 1 项" in hangzhou.officer.summary()

    assert comes_to_read(suzhou, PARTNERS_LIST, '<ins lang="zh-Hans">1</ins>')
    assert reads(suzhou, f"/items/{item.code}/", "1 个工作日")
    compared = f"/oversight/compare/?item={item.basic_code}&place=320500&place=330100"
    assert reads(suzhou, compared, "有 1 处不同", "2 个工作日", "1 个工作日")
    shown = cities.ask(SUZHOU, "item.show", item=item.code)
    assert [each["version"] for each in shown["versions"]] == [1, 2]

    hangzhou.set_standard(item.basic_code, number="G60/S-9", days="1")
    assert comes_to_read(suzhou, "/oversight/standards/", "杭州发布 · G60/S-9 · 第 1 版")
    seen = [kept_by_place(each, HANGZHOU, "G60/S-9") for each in (suzhou, hangzhou.officer)]
    assert seen[0] == seen[1]
    assert "✗ 承诺办结时限（工作日） 2 标准：不超过 1" in seen[0]["苏州"]
    assert "✓ 承诺办结时限（工作日） 1" in seen[0]["杭州"]

    found = f"/search/?q={NEW['事项名称']}"
    assert not reads(suzhou, found, f"/items/{NEW['实施编码']}/")
    hangzhou.open_to(SUZHOU, NEW["实施编码"])
    assert comes_to_read(suzhou, found, f"/items/{NEW['实施编码']}/")
    assert comes_to_read(hangzhou.officer, f"/desk/catalogue/items/{NEW['实施编码']}/", "已经知道")

    hangzhou.ask_to_withdraw(item.code, reason="suspended")
    assert "苏州收的 1 件" in hangzhou.officer.summary()
    hangzhou.officer.press()
    assert comes_to_read(suzhou, PARTNERS_LIST, "暂停办理；从")
    assert reads(case.clerk, f"/desk/cases/{case.number}/", "有权机关撤下了这个事项")
    case.clerk.open(f"/desk/intake/?city={item.place}")
    assert not case.clerk.offers(f"/intake/items/{item.code}/")
    assert comes_to_read(hangzhou.officer, f"/desk/catalogue/items/{item.code}/", "已经知道撤下")
    with pytest.raises(OperationRefused):
        cities.ask(HANGZHOU, "item.withdraw", item=item.code, reason="suspended")
