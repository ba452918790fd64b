"""From a basic entry and what a place says of it to the item that is published."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban import catalogue
from tongban.catalogue import load_places
from tongban.catalogue.citations import chinese_number, cite
from tongban.catalogue.expansion import Ground, expand
from tongban.catalogue.reading import load
from tongban.catalogue.shelf import read_shelf
from tongban.core.faults import DocumentInvalid
from tongban.core.items.document import parse_item
from tongban.core.items.item import Item

ROOT = Path(catalogue.__file__).parent
SHELF = read_shelf(ROOT / "national")
PLACES = {place.node.partition(".")[0]: place for place in load_places()}
DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
SIZES = {"千": 1000, "百": 100, "十": 10}


def implemented(city: str, basic: str, **says: Any) -> Item:
    """The item of a city that says this of a basic entry, and nothing else."""
    ground = Ground(place=PLACES[city], authorities=load(ROOT / city / "authorities.yaml"))
    written = {"basic": basic, "version": 1, **says}
    return parse_item(expand(written, basic, SHELF, ground))


def test_an_implementation_that_says_nothing_is_the_basic_entry_in_its_place() -> None:
    item = implemented("huzhou", "company_establishment")
    assert item.code.endswith(item.basic_code)
    assert item.organisation.name.zh == "湖州市市场监督管理局"
    assert item.summary.zh == "在湖州开办一家有限责任公司。"
    assert item.conditions[0].en == "The name is reserved and the seat is in Huzhou."
    assert item.limits.basis.zh == "市场主体登记管理条例第十九条"


def test_a_place_changes_leaves_out_and_adds_materials_by_their_codes() -> None:
    says = [
        {"code": "seat_proof", "absent": True},
        {"code": "authorisation", "necessity": "required"},
        "photo",
    ]
    item = implemented("huzhou", "company_establishment", materials=says)
    assert [line.code for line in item.materials] == [
        "articles",
        "shareholder_identity",
        "authorisation",
        "photo",
    ]
    assert item.materials[2].necessity == "required"
    assert item.materials[2].name.zh.startswith("授权委托书")


def test_conditions_of_a_place_come_after_those_of_the_nation() -> None:
    extra = {"zh": "乙", "en": "B", "basis": "行政许可法 38"}
    item = implemented("huzhou", "company_establishment", conditions=[extra])
    assert [condition.zh for condition in item.conditions][-1] == "乙"
    assert len(item.conditions) == 3


def test_a_step_without_a_basis_of_its_own_rests_on_the_law_that_sets_the_item_up() -> None:
    item = implemented("huzhou", "housing_fund_purchase")
    assert {step.basis for step in item.steps} == {item.legal_basis[0]}
    licence = implemented("huzhou", "company_establishment")
    assert licence.steps[0].basis != licence.legal_basis[0]


def test_a_figure_that_a_place_does_not_give_is_not_made_up() -> None:
    item = implemented("huzhou", "housing_fund_purchase", parameters={"withdrawal_share": 70})
    assert [(line.code, line.value) for line in item.parameters] == [("withdrawal_share", "70")]


def test_situations_have_codes_of_the_item_and_a_number() -> None:
    item = implemented("huzhou", "sole_trader_change")
    assert [line.code for line in item.handling_items] == [
        f"{item.code}{number}" for number in ("01", "02", "03")
    ]


def test_a_form_asks_only_where_nobody_provides_the_answer() -> None:
    zhejiang, anhui = (
        {field.name for field in implemented(city, "newborn_registration").form.fields}
        for city in ("huzhou", "wuhu")
    )
    assert anhui - zhejiang == {"birth_certificate_number"}


@pytest.mark.parametrize(
    ("says", "field"),
    [
        ({"authority": "post_office"}, "authority"),
        ({"legal_basis": ["诗经 1"]}, "basis"),
        ({"legal_basis": ["行政许可法 poem"]}, "basis"),
        ({"steps": "dance"}, "steps"),
        ({"lists": {"data_used": ["poems"]}}, "lists"),
    ],
)
def test_a_name_that_is_nowhere_is_said_with_its_field(says: dict[str, Any], field: str) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        implemented("huzhou", "company_establishment", **says)
    assert caught.value.field == field


def test_a_basic_entry_that_is_nowhere_is_said() -> None:
    with pytest.raises(DocumentInvalid, match="poem is not in the nation's folder"):
        implemented("huzhou", "poem")


def test_a_citation_is_read_in_both_languages() -> None:
    assert cite("行政许可法 42", SHELF.laws) == {
        "zh": "行政许可法第四十二条",
        "en": "Administrative Licensing Law, article 42",
    }
    assert cite("国办发〔2020〕35号", SHELF.laws)["zh"] == "国办发〔2020〕35号"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (19, "十九"),
        (42, "四十二"),
        (110, "一百一十"),
        (1049, "一千零四十九"),
    ],
)
def test_an_article_is_numbered_as_statutes_write_it(number: int, words: str) -> None:
    assert chinese_number(number) == words


@given(st.integers(1, 1999))
def test_no_two_articles_have_the_same_number_in_words(number: int) -> None:
    total, digit = 0, 0
    for sign in chinese_number(number):
        if sign in SIZES:
            total += (digit or 1) * SIZES[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    assert total + digit == number
