"""The catalogue officer opens items to partners, sees what each knows, and withdraws."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.cities import Browser, City, Federation, leaving_django_where_it_was
from tests.workbench.counters import CERTIFICATE, Desks, at, text_of
from tests.workbench.test_catalogue_desk import left_in_chinese

from tongban.accounts.roles import Role
from tongban.catalogue import load_items, load_processes
from tongban.core.catalogues.events import CataloguePublished
from tongban.node.work import readable
from tongban.pages.whole_node import whole_node
from tongban.portal.drafts import begin_application
from tongban.portal.models import Draft
from tongban.testing.applications import HANGZHOU, HEFEI, SUZHOU
from tongban.workbench.item_acts import EVERY_PARTNER

ITEM = CERTIFICATE.code


@pytest.fixture
def federation(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Federation]:
    """Suzhou has an agreement on some of Hangzhou's items, Hefei has none."""
    with (
        django_db_blocker.unblock(),
        leaving_django_where_it_was(),
        translation.override("zh-hans"),
    ):
        cities = Federation(folder=tmp_path, names=(SUZHOU, HANGZHOU, HEFEI))
        cities.sign(SUZHOU, HANGZHOU)
        publish(cities[HANGZHOU])
        cities[HANGZHOU].node.openings.tell_all()
        cities.settle()
        yield cities


def publish(city: City) -> None:
    """Everything that ships, as a start of the product does."""
    city.act().node.published.publish(load_items("hangzhou"), load_processes().values())


@pytest.fixture
def city(federation: Federation) -> City:
    return federation[HANGZHOU]


@pytest.fixture
def desk(city: City) -> Browser:
    return city.browser(city.person("catalogue", Role.CATALOGUE_OFFICER))


def knows(federation: Federation, name: str, code: str) -> bool:
    """Whether the item is on Hangzhou's list as this city has it."""
    heard = federation[name].act().node.openings.heard(HANGZHOU)
    return heard is not None and heard.line(code) is not None


def press_open(desk: Browser, partner: str, *codes: str) -> Any:
    return desk.post(at("open_items"), {"item": codes, "partner": partner}, follow=True)


def press_withdraw(desk: Browser, reason: str = "suspended", day: str = "2030-01-01") -> Any:
    posted = {"reason": reason, "from_day": day}
    return desk.post(at("withdraw_item", ITEM), posted, follow=True)


def unopened(city: City) -> list[str]:
    """Items of which no partner knows."""
    opened = {code for each in city.act().node.openings.at_partners() for code in each.ways}
    return sorted(city.node.own.newest().keys() - opened)


def test_the_list_says_to_whom_each_item_is_open_and_narrows_down_by_it(
    desk: Browser, city: City
) -> None:
    def shown(narrowed: str) -> set[str]:
        pages = [
            text_of(desk.get(at("catalogue"), {"open": narrowed, "page": page})) for page in (1, 2)
        ]
        return {code for code in city.node.own.newest() if any(code in page for page in pages)}

    assert '<td data-label="开放给">苏州' in text_of(desk.get(at("catalogue")))
    assert ITEM in shown(f"open:{SUZHOU}")
    assert shown(f"open:{HEFEI}") == shown("untold") == shown("withdrawn") == set()
    assert shown("closed") == set(unopened(city)) == shown(f"closed:{SUZHOU}")
    assert shown("nonsense") == set(city.node.own.newest())


def test_opening_says_first_who_will_know_and_does_nothing_yet(
    desk: Browser, federation: Federation
) -> None:
    asked = {"item": ITEM, "partner": EVERY_PARTNER}
    page = text_of(desk.get(at("open_items"), asked))
    assert "合肥：新知道 1 项" in page
    assert "苏州：都已经开放，不会有变化" in page
    federation.settle()
    assert not knows(federation, HEFEI, ITEM)


def test_an_item_opened_to_one_partner_is_found_there_alone(
    desk: Browser, federation: Federation, city: City
) -> None:
    code = unopened(city)[0]
    for _ in range(2):
        page = text_of(press_open(desk, HEFEI, code))
        assert "已经开放" in page
        assert page.count("catalogue向合肥开放") == 1
    federation.settle()
    assert knows(federation, HEFEI, code)
    assert not knows(federation, SUZHOU, code)


def test_items_opened_to_all_are_found_everywhere(
    desk: Browser, federation: Federation, city: City
) -> None:
    codes = unopened(city)[:3]
    assert "已经开放" in text_of(press_open(desk, EVERY_PARTNER, *codes))
    federation.settle()
    assert all(knows(federation, name, code) for name in (SUZHOU, HEFEI) for code in codes)


def test_the_desk_says_what_has_reached_a_partner(
    desk: Browser, federation: Federation, city: City
) -> None:
    code = unopened(city)[0]
    assert "已经发出，等对方确认" in text_of(press_open(desk, HEFEI, code))
    assert "1 个伙伴还不知道" in text_of(desk.get(at("catalogue"), {"open": "untold"}))
    federation.settle()
    page = text_of(desk.get(at("catalogue_item", code)))
    assert "已经知道" in page
    assert "等对方确认" not in page


def test_what_waits_for_a_line_is_said_to_wait(
    desk: Browser, federation: Federation, city: City
) -> None:
    code = unopened(city)[0]
    federation.cut(HANGZHOU, HEFEI)
    federation.restart(HANGZHOU)
    publish(city)
    federation.settle()
    words = "线路不通，恢复以后自动告知"
    asked = {"item": code, "partner": HEFEI}
    assert words in text_of(desk.get(at("open_items"), asked))
    assert words in text_of(press_open(desk, HEFEI, code))


@pytest.mark.parametrize(
    ("items", "partner", "words"),
    [
        ([], EVERY_PARTNER, "请先选要开放的事项"),
        ([ITEM], "", "请选向谁开放"),
        ([ITEM], "nobody.example", "请选向谁开放"),
        ([ITEM, "7"], HEFEI, "什么也没有开放"),
    ],
)
def test_what_cannot_be_opened_is_said_and_opens_nothing(
    desk: Browser, city: City, items: list[str], partner: str, words: str
) -> None:
    asked = {"item": items, "partner": partner}
    assert words in text_of(desk.get(at("open_items"), asked, follow=True))
    assert words in text_of(desk.post(at("open_items"), asked, follow=True))
    assert city.act().node.openings.opened_by_officers() == []


def test_a_withdrawal_says_first_who_is_affected(desk: Browser, federation: Federation) -> None:
    Desks(federation).case_at_hangzhou()
    address = at("withdraw_item", ITEM)
    for asked in ({}, {"reason": "suspended", "from_day": "2030-01-01"}):
        page = text_of(desk.get(address, asked))
        assert "苏州收的 1 件" in page
        assert '会得到通知的伙伴</dt><dd class="govuk-summary-list__value">苏州</dd>' in page
    assert "2030年1月1日" in page
    assert federation[HANGZHOU].act().node.published.withdrawn() == ()


def test_a_withdrawal_counts_the_applications_that_residents_have_not_sent(
    desk: Browser, city: City
) -> None:
    address = at("withdraw_item", ITEM)
    assert "本地网上申请" not in text_of(desk.get(address))
    for name in ("zhang", "li"):
        begin_application(city.person(name, Role.RESIDENT), CERTIFICATE, "330100")
    page = text_of(desk.get(address))
    assert "有 2 份申请填了还没有提交" in page
    assert "zhang" not in page
    Draft.objects.update(sent_at=city.act().node.kernel.clock.now())
    assert "本地网上申请" not in text_of(desk.get(address))


@pytest.mark.parametrize(
    ("reason", "day", "words"),
    [
        ("", "2030-01-01", "请选原因"),
        ("because", "2030-01-01", "请选原因"),
        ("moved", "tomorrow", "请写从哪天起"),
        ("moved", "2020-01-01", "这一天已经过去"),
    ],
)
def test_a_withdrawal_that_is_not_filled_in_rightly_does_nothing(
    desk: Browser, city: City, reason: str, day: str, words: str
) -> None:
    asked = {"reason": reason, "from_day": day}
    for answer in (
        desk.get(at("withdraw_item", ITEM), asked),
        desk.post(at("withdraw_item", ITEM), asked),
    ):
        assert answer.status_code == 422
        assert words in text_of(answer)
    assert city.act().node.published.withdrawn() == ()


def test_a_withdrawal_counts_once_and_reaches_those_who_knew_the_item(
    desk: Browser, federation: Federation, city: City
) -> None:
    today = city.act().node.published.today()
    page = text_of(press_withdraw(desk, day=str(today)))
    assert "撤下的消息已经发出，等对方确认" in page
    again = text_of(press_withdraw(desk, reason="moved", day=str(today + timedelta(days=9))))
    assert "这个事项已经撤下" in again
    assert "暂停办理" in again
    federation.settle()
    assert "已经知道撤下" in text_of(desk.get(at("catalogue_item", ITEM)))
    assert not knows(federation, SUZHOU, ITEM)
    assert federation[HEFEI].act().node.openings.heard(HANGZHOU) is None
    assert press_open(desk, HEFEI, ITEM).redirect_chain[-1][0] == at("catalogue")


def test_a_withdrawal_for_a_later_day_is_shown_with_its_day(desk: Browser, city: City) -> None:
    later = city.act().node.published.today() + timedelta(days=9)
    page = text_of(press_withdraw(desk, day=str(later)))
    assert f"{later.month}月{later.day}日" in page
    assert "起撤下" in page
    assert city.act().node.published.find(ITEM) is not None


def test_who_opened_and_who_withdrew_stands_in_what_partners_are_told(
    desk: Browser, city: City
) -> None:
    code = unopened(city)[0]
    press_open(desk, HEFEI, code)
    press_withdraw(desk)
    number = city.person("catalogue", Role.CATALOGUE_OFFICER).number
    kernel = whole_node().kernel
    with kernel.database.read() as connection:
        lines = kernel.store.journal(connection, 0, 10_000)
    told = [
        entry.actor.number
        for line in lines
        if (entry := readable(line.data)) and isinstance(entry.event, CataloguePublished)
    ]
    assert told[-2:] == [number, number]


def test_an_item_that_is_not_there_has_no_page(desk: Browser) -> None:
    assert desk.get(at("catalogue_item", "7")).status_code == 404
    assert desk.get(at("withdraw_item", "7")).status_code == 404


def test_the_pages_speak_english(desk: Browser, federation: Federation, city: City) -> None:
    Desks(federation).case_at_hangzhou()
    press_open(desk, HEFEI, unopened(city)[0])
    desk.cookies["django_language"] = "en"
    asked = {"item": [ITEM, *unopened(city)], "partner": EVERY_PARTNER}
    withdrawal = {"reason": "moved", "from_day": "2030-01-01"}
    pages = [
        desk.get(at("catalogue")),
        desk.get(at("catalogue_item", ITEM)),
        desk.get(at("open_items"), asked),
        desk.get(at("withdraw_item", ITEM)),
        desk.get(at("withdraw_item", ITEM), withdrawal),
        desk.get(at("withdraw_item", ITEM), {"reason": ""}),
        press_withdraw(desk),
        press_open(desk, HEFEI, ITEM),
        press_open(desk, EVERY_PARTNER, *unopened(city)),
    ]
    assert [left_in_chinese(text_of(page)) for page in pages] == [[] for _ in pages]
