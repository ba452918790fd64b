"""What a question is about, where the person is, and whose matter it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue import load_places
from tongban.catalogue.divisions import load_divisions
from tongban.search.question import Colloquial, PlaceNames, understand

NAMES = PlaceNames(load_divisions(), load_places())
SONGJIANG, HEFEI, SUZHOU, BEIJING = "310117", "340100", "320500", "110000"
JIAXING, JINHUA = "330400", "330700"


@pytest.mark.parametrize(
    ("text", "here", "there"),
    [
        ("在松江办合肥的营业执照", SONGJIANG, HEFEI),
        ("在合肥开饭店", "", HEFEI),
        ("我在松江想办社保卡", SONGJIANG, ""),
        ("人在苏州想办合肥的社保卡", SUZHOU, HEFEI),
        ("合肥的证明在松江能开吗", SONGJIANG, HEFEI),
        ("从合肥迁户口到苏州", HEFEI, SUZHOU),
        ("北京市的身份证", "", BEIJING),
        ("巢湖市的身份证", "", HEFEI),
        ("人在吴江区办松江区的证", SUZHOU, SONGJIANG),
        ("business licence in Hefei", "", HEFEI),
        ("在义乌办桐乡的营业执照", JINHUA, JIAXING),
        ("我在昆山，想办松江的营业执照", SUZHOU, SONGJIANG),
        ("张家港开公司", "", SUZHOU),
        ("在蘇州辦蕪湖的營業執照", SUZHOU, "340200"),
        ("乾安县的营业执照", "", "220723"),
        ("浦东的营业执照", "", "310115"),
        ("宝山区的营业执照", "", "310113"),
        ("都江堰的营业执照", "", "510181"),
        ("在江苏办浙江的营业执照", "320000", "330000"),
        ("营业执照", "", ""),
    ],
)
def test_a_place_is_where_the_person_is_or_whose_matter_it_is(
    text: str, here: str, there: str
) -> None:
    question = understand(text, NAMES)
    assert (question.here, question.there) == (here, there)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("在松江办合肥的营业执照", ("营业执照",)),
        ("我想在合肥开饭店", ("开饭店",)),
        ("怎么办理社保卡?", ("社保卡",)),
        ("how do I get a Passport", ("passport",)),
        ("13800138000 社保卡", ("社保卡",)),
        ("人在北京，办合肥的营业执照", ("营业执照",)),
        ("上海人在杭州结婚", ("结婚",)),
        ("换法人", ("换法人",)),
        ("人才落户", ("人才落户",)),
        ("补办身份证", ("补办身份证",)),
        ("補辦身份證", ("补办身份证",)),
        ("driver's license", ("driver", "license")),
        ("", ()),
    ],
)
def test_places_numbers_and_empty_words_are_not_the_matter(
    text: str, words: tuple[str, ...]
) -> None:
    assert understand(text, NAMES).words == words


@pytest.mark.parametrize(
    ("code", "members"),
    [
        (HEFEI, [HEFEI]),
        ("340181", [HEFEI]),
        ("310000", [SONGJIANG]),
        ("340000", [HEFEI, "340200", "341800"]),
        ("310115", ["310115"]),
        (BEIJING, [BEIJING]),
    ],
)
def test_a_county_stands_for_its_city_and_a_province_is_stood_for_by_its_cities(
    code: str, members: list[str]
) -> None:
    assert list(NAMES.members(code)) == members


@pytest.mark.parametrize(
    "text",
    ["去公安局开证明", "大学毕业", "新华书店", "和平里", "街上城管", "公积金东西", "海盐生产许可"],
)
def test_a_county_that_sounds_like_a_word_is_no_place(text: str) -> None:
    assert understand(text, NAMES).there == ""


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        ("身份证丢了", "身份证补领"),
        ("divorce papers", "离婚 papers"),
        ("divorced", "divorced"),
        ("结婚", "结婚"),
        ("咋结婚", " 结婚"),
        ("换了个新老板", "变更"),
    ],
)
def test_a_matter_is_also_said_as_the_catalogue_says_it(matter: str, said: str) -> None:
    words = {"丢了": "补领", "divorce": "离婚", "咋": "", "换…老板": "变更"}
    assert Colloquial(words).in_field_words(matter) == said


@given(st.text(max_size=200))
def test_any_text_can_be_understood(text: str) -> None:
    assert all(understand(text, NAMES).words)
