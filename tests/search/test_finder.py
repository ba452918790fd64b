"""From a question to results: fit, the nearest place, and why it works from here or not."""

from dataclasses import replace

import pytest
from tests.search.entries import CARD, CATALOGUE, entry

from tongban.catalogue import load_places
from tongban.catalogue.acts import load_acts
from tongban.catalogue.divisions import load_divisions
from tongban.catalogue.other_authorities import load_other_matters
from tongban.core.words import Words
from tongban.search.acts import Acts
from tongban.search.elsewhere import Elsewhere
from tongban.search.engines import ENGINES, load_engine
from tongban.search.entry import Entry, Opening
from tongban.search.finder import SURELY, Finder, Found, Match, Wanted
from tongban.search.index import Filters
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.standing import Way
from tongban.search.written_reach import PlaceWords, WrittenReach

SONGJIANG, HANGZHOU, HEFEI, SUZHOU = "310117", "330100", "340100", "320500"
REGISTER, PLACES = load_divisions(), load_places()
NAMES, REACH = PlaceNames(REGISTER, PLACES), WrittenReach(PlaceWords(REGISTER, PLACES))


def _finder(*entries: Entry, engine: str = "tantivy") -> Finder:
    index = load_engine(engine).write(entries or CATALOGUE, None)
    return Finder(index, NAMES, Colloquial({"医保卡": "社保卡", "丢了": "补领"}), REACH)


def _names(found: Found) -> list[str]:
    return [result.entry.name.zh for result in found.results]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("社保卡", "社会保障卡申领"),
        ("社会保章卡", "社会保障卡申领"),
        ("营业执造", "公司设立登记"),
        ("买房提公积金", "购房提取住房公积金"),
        ("公几金", "购房提取住房公积金"),
        ("scial security", "社会保障卡申领"),
        ("医保卡", "社会保障卡申领"),
        ("卡", "社会保障卡申领"),
        ("營業執照", "公司设立登记"),
        ("買房提公積金", "购房提取住房公积金"),
    ],
)
def test_plain_words_and_mistyped_ones_find_the_item(engine: str, text: str, first: str) -> None:
    assert _names(_finder(engine=engine).find(Wanted(text=text)))[0] == first


def test_a_short_form_finds_what_it_is_short_for() -> None:
    names = _names(_finder().find(Wanted(text="营照")))
    assert names[:1] == ["公司设立登记"]


def test_a_word_of_another_authority_is_not_taken_for_a_mistyped_one() -> None:
    index = load_engine("tantivy").write(CATALOGUE, None)
    elsewhere = Elsewhere(load_other_matters())
    finder = Finder(index, NAMES, Colloquial({}), REACH, elsewhere=elsewhere)
    found = finder.find(Wanted(text="商标登记"))
    assert [each.authority.zh for each in found.elsewhere] == ["国家知识产权局（商标局）"]
    assert not found.sure
    assert finder.find(Wanted(text="社保卡")).elsewhere == ()


ACTS = Acts(load_acts())


def _found_by_act(text: str, *entries: Entry) -> Found:
    index = load_engine("tantivy").write(entries, None)
    words = Colloquial({"丢了": "补领", "驾照": "驾驶证"})
    return Finder(index, NAMES, words, REACH, acts=ACTS).find(Wanted(text=text))


@pytest.mark.parametrize(
    "text", ["排污许可证延续", "补办排污许可证", "排污许可证丢了", "申请排污许可证注销"]
)
def test_an_item_for_another_act_on_the_same_thing_is_near_and_never_sure(text: str) -> None:
    found = _found_by_act(text, entry("排污许可证核发", "排污许可证"))
    assert [each.match for each in found.results] == [Match.NEAR]
    assert not found.sure
    assert found.not_in_the_list is not None


@pytest.mark.parametrize(
    "text", ["排污许可证", "排污许可证核发", "申请排污许可证", "排污许可证多少钱"]
)
def test_an_item_is_what_was_asked_for_where_no_other_act_is_named(text: str) -> None:
    (result,) = (found := _found_by_act(text, entry("排污许可证核发", "排污许可证"))).results
    assert (result.near, found.not_in_the_list, found.not_the_same(result)) == (False, None, None)


def test_an_item_for_the_right_act_goes_before_a_near_one() -> None:
    found = _found_by_act("驾照到期", entry("驾驶证公证"), entry("驾驶证期满换领", "驾照到期"))
    assert _names(found)[0] == "驾驶证期满换领"
    assert found.sure


def test_the_right_act_on_another_thing_is_no_sure_answer_either() -> None:
    others = entry("排污许可证核发", "排污许可证"), entry("生产许可证延续", "许可证延续")
    found = _found_by_act("排污许可证延续", *others)
    assert [each.fit < SURELY for each in found.results] == [True, True]


def test_a_question_of_an_act_alone_is_answered_with_guesses() -> None:
    card, plate = entry("身份证补领", "补办身份证"), entry("号牌补发", "补领车牌")
    assert not _found_by_act("丢了", card, plate).sure
    assert _found_by_act("补办身份证", card, plate).sure


def test_an_item_that_names_no_act_is_not_told_apart() -> None:
    (result,) = _found_by_act("电子监控违法投诉", entry("电子监控违法处理")).results
    assert not result.near


def test_what_is_near_says_what_was_asked_for() -> None:
    found = _found_by_act("营业执照丢了", entry("公司设立登记", "营业执照"))
    told = found.not_the_same(found.results[0])
    assert told is not None
    assert "补领、补办" in told.zh


def test_each_basic_item_is_found_once_in_the_own_place() -> None:
    found = _finder().find(Wanted(text="社保卡", here=HANGZHOU))
    (result,) = found.results
    assert (result.entry.place, result.standing.way) == (HANGZHOU, Way.OWN_PLACE)
    assert {each.place for each in result.others} == {HEFEI, SONGJIANG}


def test_what_is_nobodys_own_is_found_where_it_works_from_here() -> None:
    (result,) = _finder().find(Wanted(text="社保卡", here=SUZHOU)).results
    assert (result.entry.place, result.standing.way) == (SONGJIANG, Way.ONLINE)


def test_the_items_of_a_place_alone_are_found_for_it() -> None:
    found = _finder().find(Wanted(text="社保卡", there=HEFEI))
    assert [result.entry.place for result in found.results] == [HEFEI]
    assert found.offered


def test_a_place_in_the_text_goes_before_the_place_that_was_chosen() -> None:
    found = _finder().find(Wanted(text="杭州的社保卡", there=HEFEI))
    assert [result.entry.place for result in found.results] == [HANGZHOU]


def test_where_the_place_offers_nothing_others_are_shown_and_it_is_said() -> None:
    found = _finder().find(Wanted(text="苏州的社保卡"))
    assert not found.offered
    assert [result.entry.basic for result in found.results] == [CARD]


def test_a_province_stands_for_its_cities() -> None:
    found = _finder().find(Wanted(text="安徽的社保卡"))
    assert found.offered
    assert [result.entry.place for result in found.results] == [HEFEI]


def test_of_the_cities_of_a_province_each_item_comes_once() -> None:
    wuhu = replace(CATALOGUE[1], item="w", place="340200", modes=("all_online",))
    (result,) = _finder(CATALOGUE[1], wuhu).find(Wanted(text="社保卡", there="340000")).results
    assert (result.entry, result.others) == (wuhu, (CATALOGUE[1],))


def test_who_is_in_a_province_of_several_cities_is_told_where_the_counters_are() -> None:
    door = Opening(place=HANGZHOU, mode="delegated_intake", basis=Words(zh="甲", en=""))
    opened = replace(entry("婚姻登记"), openings=(door,))
    (result,) = _finder(opened).find(Wanted(text="人在浙江，婚姻登记")).results
    assert "在杭州的跨省通办窗口" in result.standing.why.zh


def test_what_fits_a_little_is_a_guess_and_still_of_the_place() -> None:
    found = _finder().find(Wanted(text="合肥的公司船舶年检"))
    assert found.offered
    assert not found.sure


def test_a_binding_place_goes_before_the_text_and_nothing_else_is_found() -> None:
    finder = _finder()
    found = finder.find(Wanted(text="合肥的社保卡", there=HANGZHOU, binding=True))
    assert [result.entry.place for result in found.results] == [HANGZHOU]
    assert finder.find(Wanted(text="社保卡", there=SUZHOU, binding=True)).results == ()


def test_a_binding_place_where_the_person_is_goes_before_the_text() -> None:
    found = _finder().find(Wanted(text="人在合肥，社保卡", here=HANGZHOU, binding=True))
    assert (found.here, found.results[0].standing.way) == (HANGZHOU, Way.OWN_PLACE)


def test_of_what_fits_alike_the_possible_comes_first() -> None:
    closed, online = entry("登记甲事"), entry("登记乙事", modes=("all_online",))
    found = _finder(closed, online).find(Wanted(text="登记", here=SUZHOU))
    assert _names(found) == ["登记乙事", "登记甲事"]


def test_to_somebody_who_is_nowhere_what_is_possible_is_no_better() -> None:
    closed, online = entry("登记甲乙丙丁戊己"), entry("登记甲乙丙丁戊己庚", modes=("all_online",))
    finder = _finder(closed, online)
    assert _names(finder.find(Wanted(text="登记")))[0] == "登记甲乙丙丁戊己"
    assert _names(finder.find(Wanted(text="登记", here=SUZHOU)))[0] == "登记甲乙丙丁戊己庚"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_or_an_alias_comes_before_a_keyword_even_if_that_is_possible(engine: str) -> None:
    typed = entry("公积金信息变更", keywords=("身份证", "身份证号"), modes=("all_online",))
    named, called = entry("居民身份证换领"), entry("证件补领", "补身份证")
    found = _finder(typed, named, called, engine=engine).find(Wanted(text="身份证", here=SUZHOU))
    assert _names(found)[2] == "公积金信息变更"


def test_a_keyword_alone_finds_its_item_surely() -> None:
    (result,) = _finder(entry("失业登记", keywords=("失业金",))).find(Wanted(text="失业金")).results
    assert result.fit >= SURELY


def test_a_mistyped_keyword_finds_its_item() -> None:
    assert _names(_finder(entry("登记", keywords=("失业保险金",))).find(Wanted(text="失业保佥金")))


def test_an_empty_word_in_an_alias_counts_as_little_as_in_a_question() -> None:
    change, new = entry("甲", "营业执照变更"), entry("乙", "营业执照办理")
    assert _names(_finder(change, new).find(Wanted(text="办营业执照")))[0] == "乙"


def test_a_colloquial_word_is_understood_though_it_holds_an_empty_one() -> None:
    found = _finder(entry("身份证补领"), entry("身份证首领")).find(Wanted(text="身份证丢了"))
    assert _names(found)[0] == "身份证补领"


def test_what_fits_better_comes_before_what_is_possible() -> None:
    closed, online = entry("婚姻登记"), entry("失业登记", modes=("all_online",))
    assert _names(_finder(closed, online).find(Wanted(text="婚姻登记", here=SUZHOU)))[0] == (
        "婚姻登记"
    )


def test_a_counter_with_a_basis_is_possible_and_names_it() -> None:
    basis = Words(zh="《甲乙协议》第 2.1 条", en="Agreement, clause 2.1")
    door = Opening(place=SUZHOU, mode="delegated_intake", basis=basis)
    opened = replace(entry("婚姻登记"), openings=(door,))
    standing = _finder(opened).find(Wanted(text="婚姻登记", here=SUZHOU)).results[0].standing
    assert standing.way is Way.COUNTER
    assert "《甲乙协议》第 2.1 条" in standing.why.zh


def test_what_is_not_open_says_why_what_would_open_it_and_the_direct_way() -> None:
    standing = (
        _finder(entry("婚姻登记")).find(Wanted(text="婚姻登记", here=SUZHOU)).results[0].standing
    )
    assert not standing.possible
    assert "没有列入它的协议" in standing.why.zh
    assert standing.remedy is not None
    assert "协议里列入" in standing.remedy.zh
    assert standing.direct is not None
    assert "12345" in standing.direct.zh


@pytest.mark.parametrize("text", ["驾驶航天飞机", "今天天气怎么样", "13800138000", "？？？"])
def test_what_nobody_offers_is_not_found(text: str) -> None:
    assert _finder().find(Wanted(text=text)).results == ()


def test_a_place_alone_lists_what_it_offers() -> None:
    found = _finder().find(Wanted(text="杭州"))
    assert [result.entry.place for result in found.results] == [HANGZHOU]


def test_no_question_lists_everything_that_the_filters_leave() -> None:
    found = _finder().find(Wanted(text="", filters=Filters(audience="2")))
    assert sorted(_names(found)) == ["公司注销登记", "公司设立登记"]


def test_what_other_places_offer_is_found_though_a_place_left_out_words_it_first() -> None:
    others = Filters(places=(HEFEI, SONGJIANG))
    (result,) = _finder().find(Wanted(text="社保卡", here=HANGZHOU, filters=others)).results
    assert {result.entry.place, *(each.place for each in result.others)} == {HEFEI, SONGJIANG}


def test_of_everything_the_possible_is_among_the_few_that_are_wanted() -> None:
    many = [entry(f"登记{number}", basic=f"{number:012d}") for number in range(60)]
    online = entry("婚姻登记", basic="999999999999", modes=("all_online",))
    found = _finder(*many, online).find(Wanted(text="", here=SUZHOU, limit=1))
    assert _names(found) == ["婚姻登记"]


def test_no_more_results_than_wanted() -> None:
    assert len(_finder().find(Wanted(text="登记", limit=1)).results) == 1
