"""Search by meaning adds guesses where words find nothing, and is never sure."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.search.entries import CATALOGUE, entry

from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.search.engines import load_engine
from tongban.search.entry import Entry
from tongban.search.finder import Finder, Match, Wanted
from tongban.search.index import Filters, SearchIndex
from tongban.search.meaning import Meaning, fit_by_both
from tongban.search.models.kept import KeptModel
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.written_reach import PlaceWords, WrittenReach

REGISTER, PLACES = load_divisions(), load_places()
NAMES, REACH = PlaceNames(REGISTER, PLACES), WrittenReach(PlaceWords(REGISTER, PLACES))
#: A question that shares no pair of characters with what it means.
SHOP = "铺子要开张"


class ShopsAreCompanies:
    """Knows one thing: 铺 means what 公司设立 says; counts how often it reads."""

    name = "shops 1"

    def __init__(self) -> None:
        self.readings = 0

    def vectors_of(self, texts: Sequence[str]) -> bytes:
        """A byte a text."""
        self.readings += 1
        return bytes("公司设立" in text for text in texts)

    def closeness(self, question: str, vectors: bytes) -> list[float]:
        """Everything is rather near, as with real models."""
        return [0.8 + 0.1 * (each and "铺" in question) for each in vectors]


class Slow(ShopsAreCompanies):
    """Reads only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()

    def vectors_of(self, texts: Sequence[str]) -> bytes:
        """Waits until it is let."""
        assert self.let.wait(60)
        return super().vectors_of(texts)


def _index(*entries: Entry) -> SearchIndex:
    return load_engine("fts5").write(entries or CATALOGUE, None)


def _finder(index: SearchIndex, meaning: Meaning) -> Finder:
    return Finder(index, NAMES, Colloquial({}), REACH, meaning=meaning)


@pytest.fixture(name="finder")
def _a_finder() -> Finder:
    index = _index()
    return _finder(index, Meaning(index, ShopsAreCompanies(), waits=True))


def test_what_shares_no_word_is_found_as_a_guess(finder: Finder) -> None:
    (result,) = finder.find(Wanted(text=SHOP)).results
    assert (result.entry.name.zh, result.match) == ("公司设立登记", Match.GUESS)


def test_what_words_find_surely_is_not_asked_of_the_model(finder: Finder) -> None:
    found = finder.find(Wanted(text="社会保障卡申领"))
    assert found.sure
    assert "公司设立登记" not in [each.entry.name.zh for each in found.results]


def test_nothing_is_guessed_where_nothing_stands_out(finder: Finder) -> None:
    assert finder.find(Wanted(text="天气好伐")).results == ()


def test_filters_hold_for_guesses(finder: Finder) -> None:
    assert finder.find(Wanted(text=SHOP, filters=Filters(audience="1"))).results == ()
    assert finder.find(Wanted(text=SHOP, filters=Filters(audience="2"))).results


def test_guesses_of_another_place_are_shown_unless_the_place_is_binding(finder: Finder) -> None:
    elsewhere = finder.find(Wanted(text=SHOP, there="330100"))
    assert [each.entry.place for each in elsewhere.results] == ["340100"]
    assert not elsewhere.offered
    assert finder.find(Wanted(text=SHOP, there="330100", binding=True)).results == ()


def test_an_item_found_both_ways_goes_before_others() -> None:
    index = _index(entry("铺面公示"), entry("铺位公司设立"), entry("公示"))
    finder = _finder(index, Meaning(index, ShopsAreCompanies(), waits=True))
    assert finder.find(Wanted(text="铺板装修")).results[0].entry.name.zh == "铺位公司设立"


def test_until_the_items_are_read_words_alone_are_answered() -> None:
    index, model = _index(), Slow()
    finder = _finder(index, Meaning(index, model, waits=False))
    assert finder.find(Wanted(text=SHOP)).results == ()
    assert finder.find(Wanted(text=SHOP)).results == ()
    model.let.set()
    readers = [each for each in threading.enumerate() if each.name == "meaning"]
    for reader in readers:
        reader.join(60)
    assert finder.find(Wanted(text=SHOP)).results
    assert model.readings == 1


def test_an_empty_catalogue_has_no_guesses() -> None:
    index = load_engine("fts5").write((), None)
    meaning = Meaning(index, ShopsAreCompanies(), waits=True)
    assert meaning.nearness(SHOP) == {}


def test_nothing_found_by_both_is_sure() -> None:
    assert fit_by_both(0.5999, 1.0) < 0.6


def test_vectors_are_kept_in_a_folder_until_texts_change(tmp_path: Path) -> None:
    model = ShopsAreCompanies()
    for texts in (["公司设立", "b"], ["公司设立", "b"], ["a"]):
        kept = KeptModel(model, tmp_path)
        assert kept.vectors_of(texts) == ShopsAreCompanies().vectors_of(texts)
    assert model.readings == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    model = ShopsAreCompanies()
    kept = KeptModel(model, tmp_path / "missing")
    assert kept.vectors_of(["公司设立"]) == b"\1"
    assert kept.closeness("铺", b"\1") == [pytest.approx(0.9)]
