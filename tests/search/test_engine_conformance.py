"""Every engine keeps what the port promises (tongban/search/index.py)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.entries import CARD, CATALOGUE, entry

from tongban.search.engines import ENGINES, load_engine
from tongban.search.entry import Entry
from tongban.search.index import Filters, IndexUnreadable, SearchIndex
from tongban.search.tokens import tokens

Open = Callable[[Path], SearchIndex]


def _in_memory(name: str) -> Open:
    return lambda _: load_engine(name).write(CATALOGUE, None)


def _reopened(name: str) -> Open:
    def open_again(folder: Path) -> SearchIndex:
        load_engine(name).write(CATALOGUE, folder)
        return load_engine(name).open(folder)

    return open_again


@pytest.fixture(
    params=[*map(_in_memory, ENGINES), *map(_reopened, ENGINES)],
    ids=[*(f"{name} in memory" for name in ENGINES), *ENGINES],
)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    opened: SearchIndex = request.param(tmp_path)
    return opened


def _names(found: list[Entry]) -> list[str]:
    return [each.name.zh for each in found]


@pytest.mark.parametrize("word", ["社保", "营业", "公积", "company", "card"])
def test_a_word_of_two_characters_is_found(index: SearchIndex, word: str) -> None:
    found = index.candidates([word], Filters(), 10)
    assert bool(found) == (word != "company")
    assert all(word in tokens(" ".join(each.phrases)) for each in found)


def test_what_fits_more_tokens_comes_first(index: SearchIndex) -> None:
    found = index.candidates(tokens("公司注销"), Filters(), 10)
    assert _names(found) == ["公司注销登记", "公司设立登记"]


@pytest.mark.parametrize("name", ENGINES)
def test_a_name_weighs_more_than_a_description(name: str) -> None:
    described, named = entry("甲乙事项", summary="婚姻登记"), entry("婚姻登记丙")
    index = load_engine(name).write([described, named], None)
    assert index.candidates(tokens("婚姻登记"), Filters(), 1) == [named]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(places=("330100",)), 1),
        (Filters(places=("330100", "310117")), 2),
        (Filters(places=("110000",)), 0),
        (Filters(audience="1"), 3),
        (Filters(audience="2"), 0),
        (Filters(mode="all_online"), 1),
        (Filters(mode="all_online", places=("330100",)), 0),
        (Filters(theme="housing"), 0),
        (Filters(life_event="birth"), 0),
    ],
)
def test_filters_hold_exactly(index: SearchIndex, filters: Filters, count: int) -> None:
    assert len(index.candidates(tokens("社保卡"), filters, 10)) == count


def test_a_wording_that_many_places_share_is_looked_at_once(index: SearchIndex) -> None:
    found = index.candidates(tokens("社保卡"), Filters(first_wording=True), 10)
    assert sorted(each.place for each in found) == ["310117", "330100"]


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        (Filters(places=("340100",)), ["340100"]),
        (Filters(places=("340100", "310117")), ["310117", "340100"]),
        (Filters(places=("340100",), audience="1"), ["340100"]),
        (Filters(places=("340100",), mode="all_online"), []),
    ],
)
def test_a_wording_that_stands_first_elsewhere_is_found_in_the_places_that_are_named(
    index: SearchIndex, filters: Filters, places: list[str]
) -> None:
    found = index.candidates(tokens("社保卡"), replace(filters, first_wording=True), 10)
    assert sorted(each.place for each in found) == places


@pytest.mark.parametrize("name", ENGINES)
def test_a_wording_that_stands_first_where_it_is_not_online_is_found_where_it_is(name: str) -> None:
    shut = entry("婚姻登记", basic=CARD, place="330100")
    online = replace(shut, place="340100", modes=("all_online",))
    index = load_engine(name).write([shut, online], None)
    filters = Filters(mode="all_online", first_wording=True)
    assert index.candidates(tokens("婚姻"), filters, 10) == [online]


def test_no_token_finds_whatever_the_filters_leave(index: SearchIndex) -> None:
    assert len(index.candidates([], Filters(), 10)) == len(CATALOGUE)
    assert len(index.candidates([], Filters(audience="2"), 10)) == 2


def test_one_basic_item_is_found_in_the_places_that_are_named(index: SearchIndex) -> None:
    assert len(index.of_basic(CARD, (), 10)) == 3
    assert [each.place for each in index.of_basic(CARD, ("310117",), 10)] == ["310117"]
    assert index.of_basic("999999999999", (), 10) == []


def test_an_entry_comes_back_as_it_went_in(index: SearchIndex) -> None:
    assert index.of_basic(CARD, ("330100",), 1) == [CATALOGUE[0]]


def test_the_vocabulary_comes_back_with_the_index(index: SearchIndex) -> None:
    assert "社保" in index.vocabulary
    assert "社会保障卡" not in index.vocabulary


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(words=st.lists(st.text(max_size=8), max_size=4))
def test_no_text_is_read_as_a_query_language(index: SearchIndex, words: list[str]) -> None:
    found = index.candidates([f'{word}" OR *' for word in words], Filters(), 10)
    assert isinstance(found, list)


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_that_is_not_there_is_said_to_be_unreadable(name: str, tmp_path: Path) -> None:
    with pytest.raises(IndexUnreadable):
        load_engine(name).open(tmp_path / "nothing")


@pytest.mark.parametrize("name", ENGINES)
def test_an_entry_in_traditional_characters_is_found_by_simplified_ones(name: str) -> None:
    index = load_engine(name).write([entry("結婚登記")], None)
    assert _names(index.candidates(tokens("结婚"), Filters(), 1)) == ["結婚登記"]


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_of_nothing_finds_nothing(name: str) -> None:
    index = load_engine(name).write([], None)
    assert index.candidates(["社保"], Filters(), 5) == []


def test_both_engines_propose_the_same() -> None:
    many = [entry(f"{kind}登记{number}", str(number)) for kind in "甲乙丙" for number in range(9)]
    one, other = (load_engine(name).write(many, None) for name in ENGINES)
    found = [each.candidates(tokens("乙登记"), Filters(), 9) for each in (one, other)]
    assert set(_names(found[0])) == set(_names(found[1]))
