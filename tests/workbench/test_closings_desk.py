"""The catalogue officer takes items back from one partner, and gives them to it again."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cities import Browser, City, Federation
from tests.workbench.counters import Desks, at, text_of
from tests.workbench.test_catalogue_desk import left_in_chinese
from tests.workbench.test_openings_desk import (
    ITEM,
    city,
    desk,
    federation,
    knows,
    press_open,
    unopened,
)

from tongban.testing.applications import HANGZHOU, HEFEI, SUZHOU
from tongban.workbench.item_acts import EVERY_PARTNER

__all__ = ["city", "desk", "federation"]


def asked(*codes: str, partner: str = SUZHOU, **more: str) -> dict[str, Any]:
    return {"item": codes or (ITEM,), "partner": partner, **more}


def press_close(desk: Browser, *codes: str, reason: str = "closed", day: str = "2030-01-01") -> Any:
    posted = asked(*codes, reason=reason, from_day=day)
    return desk.post(at("close_items"), posted, follow=True)


def test_taking_back_says_first_who_is_affected(desk: Browser, federation: Federation) -> None:
    Desks(federation).case_at_hangzhou()
    for more in ({}, {"reason": "suspended", "from_day": "2030-01-01"}):
        page = text_of(desk.get(at("close_items"), asked(**more)))
        assert "从苏州收回 1 个事项" in page
        assert "1 件，照常办到底" in page
    assert "2030年1月1日" in page
    assert federation[HANGZHOU].act().node.openings.tell_all() == 0


def test_what_is_taken_back_is_gone_there_alone_and_can_be_given_again(
    desk: Browser, federation: Federation, city: City
) -> None:
    press_open(desk, EVERY_PARTNER, ITEM)
    federation.settle()
    today = str(city.act().node.published.today())
    page = text_of(press_close(desk, day=today))
    assert "收回的消息已经发出，等对方确认" in page
    assert "catalogue从苏州收回" in page
    federation.settle()
    assert "已经知道收回" in text_of(desk.get(at("catalogue_item", ITEM)))
    assert (knows(federation, SUZHOU, ITEM), knows(federation, HEFEI, ITEM)) == (False, True)
    press_open(desk, SUZHOU, ITEM)
    federation.settle()
    assert knows(federation, SUZHOU, ITEM)
    assert "收回的" not in text_of(desk.get(at("catalogue_item", ITEM)))


def test_of_the_chosen_items_those_that_are_open_are_taken_back(
    desk: Browser, city: City, federation: Federation
) -> None:
    other = unopened(city)[0]
    page = text_of(desk.get(at("close_items"), asked(ITEM, other)))
    assert "选中的另外 1 项没有向对方开放" in page
    press_close(desk, ITEM, other)
    federation.settle()
    assert not knows(federation, SUZHOU, ITEM)


@pytest.mark.parametrize(
    ("items", "partner", "words"),
    [
        ((ITEM,), "", "请选从哪个伙伴收回"),
        ((ITEM,), "nobody.example", "请选从哪个伙伴收回"),
        ((ITEM,), HEFEI, "什么也没有收回"),
        (("7",), SUZHOU, "什么也没有收回"),
    ],
)
def test_what_cannot_be_taken_back_is_said_and_takes_nothing_back(
    desk: Browser, federation: Federation, items: tuple[str, ...], partner: str, words: str
) -> None:
    posted = asked(*items, partner=partner, reason="closed", from_day="2030-01-01")
    assert words in text_of(desk.get(at("close_items"), posted, follow=True))
    assert words in text_of(desk.post(at("close_items"), posted, follow=True))
    federation.settle()
    assert knows(federation, SUZHOU, ITEM)


@pytest.mark.parametrize(
    ("reason", "day", "words"),
    [
        ("", "2030-01-01", "请选原因"),
        ("moved", "2030-01-01", "请选原因"),
        ("closed", "tomorrow", "请写从哪天起"),
        ("closed", "2020-01-01", "这一天已经过去"),
    ],
)
def test_what_is_not_filled_in_rightly_takes_nothing_back(
    desk: Browser, federation: Federation, reason: str, day: str, words: str
) -> None:
    answer = press_close(desk, reason=reason, day=day)
    assert answer.status_code == 422
    assert words in text_of(answer)
    federation.settle()
    assert knows(federation, SUZHOU, ITEM)


def test_the_pages_of_taking_back_speak_english(desk: Browser, city: City) -> None:
    desk.cookies["django_language"] = "en"
    later = str(city.act().node.published.today() + timedelta(days=9))
    pages = [
        desk.get(at("close_items"), asked(ITEM, unopened(city)[0])),
        desk.get(at("close_items"), asked(reason="closed", from_day=later)),
        desk.get(at("close_items"), asked(reason="")),
        press_close(desk, day=later),
    ]
    assert [left_in_chinese(text_of(page)) for page in pages] == [[] for _ in pages]
