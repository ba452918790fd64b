"""Finding items in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.standin import FOOD_LICENCE, ITEMS

from tongban.pages.search import find


@pytest.mark.parametrize(
    "asked",
    [
        "开饭店",
        "我要开饭店",
        "怎么办食品经营许可证",
        "餐饮许可",
        "开小吃店",
        "卫生许可证",
        "restaurant",
    ],
)
def test_plain_words_find_the_food_licence_first(asked: str) -> None:
    assert find(ITEMS, asked, place="340100")[0].item == FOOD_LICENCE


@pytest.mark.parametrize("asked", ["公积金", "买房贷款"])
def test_a_two_character_word_is_found(asked: str) -> None:
    assert "公积金" in find(ITEMS, asked)[0].item.name.zh


def test_what_nobody_offers_is_not_found() -> None:
    assert find(ITEMS, "驾驶航天飞机") == []


def test_items_of_the_chosen_place_come_first() -> None:
    places = [found.item.place for found in find(ITEMS, "公积金", place="330100")]
    assert places[0] == "330100"


def test_no_question_lists_everything() -> None:
    assert len(find(ITEMS, "")) == len(ITEMS)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert all(0 <= found.score <= 1 for found in find(ITEMS, text))
