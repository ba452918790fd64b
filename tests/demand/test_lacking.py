"""What a search did not give: nothing at all, not in that place, or not from here."""

from dataclasses import replace

from tests.search.entries import CARD, CATALOGUE, entry

from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.demand.counting import Lacking, lacking
from tongban.demand.models import Lack
from tongban.search.engines import load_engine
from tongban.search.finder import Finder, Wanted
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.written_reach import PlaceWords, WrittenReach

SONGJIANG, HANGZHOU, SUZHOU = "310117", "330100", "320500"
REGISTER, PLACES = load_divisions(), load_places()
INDEX = load_engine("tantivy").write([*CATALOGUE, entry("婚姻登记", basic="000000000002")], None)
FINDER = Finder(
    INDEX,
    PlaceNames(REGISTER, PLACES),
    Colloquial({}),
    WrittenReach(PlaceWords(REGISTER, PLACES)),
)


def _lacking(text: str, here: str) -> Lacking | None:
    return lacking(FINDER.find(Wanted(text=text, here=here)), INDEX.vocabulary)


def test_nothing_found_keeps_the_words_that_the_catalogue_has() -> None:
    lack = _lacking("量子注册", SONGJIANG)
    assert lack is not None
    assert (lack.lack, lack.basic, lack.words.words) == (Lack.NOTHING_FOUND, "", "注册")


def test_an_item_that_the_place_does_not_offer_is_lacking_there() -> None:
    lack = _lacking("苏州的社保卡", SONGJIANG)
    assert lack == Lacking(lack=Lack.NOT_OFFERED, here=SONGJIANG, there=SUZHOU, basic=CARD)


def test_an_item_that_no_counter_takes_in_is_lacking_from_here() -> None:
    lack = _lacking("婚姻登记", SUZHOU)
    assert lack == Lacking(lack=Lack.NOT_OPEN, here=SUZHOU, there="340100", basic="000000000002")


def test_what_is_possible_lacks_nothing() -> None:
    assert _lacking("社保卡", HANGZHOU) is None
    assert _lacking("", HANGZHOU) is None


def test_a_guess_of_the_place_does_not_hide_that_only_another_surely_offers_it() -> None:
    found = FINDER.find(Wanted(text="苏州的社保卡", here=SONGJIANG))
    guess = replace(found.results[0], entry=entry("市民卡换发", place=SUZHOU), fit=0.4)
    guessed = replace(found, results=(*found.results, guess))
    assert guessed.offered
    assert lacking(guessed, INDEX.vocabulary) == lacking(found, INDEX.vocabulary)


def test_of_a_province_the_city_is_counted_whose_item_it_is() -> None:
    lack = _lacking("浙江的社保卡", SONGJIANG)
    assert lack == Lacking(lack=Lack.NOT_OPEN, here=SONGJIANG, there=HANGZHOU, basic=CARD)
