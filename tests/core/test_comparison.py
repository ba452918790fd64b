"""The same item in several places: what differs, how alike they are, who keeps a standard."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue import load_items
from tongban.catalogue.regulation import load_obstacles, load_standards
from tongban.core.cases.events import Mode
from tongban.core.faults import DocumentInvalid
from tongban.core.items.comparison import (
    Facet,
    basic_code_of,
    compare,
    differences,
    likeness,
    percent,
)
from tongban.core.items.explanation import Parameter, Unit
from tongban.core.items.handling import Condition, Fee
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.items.obstacle import parse_obstacle
from tongban.core.items.standard import conformance, parse_standard
from tongban.core.words import Words

EVERY = [item for city in ("hefei", "suzhou", "songjiang") for item in load_items(city)]
BY_BASIC = {
    code: [item for item in EVERY if basic_code_of(item) == code]
    for code in sorted({basic_code_of(item) for item in EVERY})
}
ITEM = EVERY[0]
WORDS = Words(zh="演示", en="made up")
any_item = st.sampled_from(EVERY)


def test_an_item_with_a_local_code_alone_is_like_no_other() -> None:
    first, second = (replace(ITEM, code=code, basic_code="") for code in ("SB-1", "SB-2"))
    assert basic_code_of(first) != basic_code_of(second)


@given(one=any_item, other=any_item)
def test_likeness_is_symmetric_and_between_nothing_and_all(one: Item, other: Item) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found.whole <= 1
    assert set(found.by_facet) == set(Facet)


@given(item=any_item)
def test_an_item_is_wholly_like_itself(item: Item) -> None:
    assert likeness(item, item).whole == 1
    assert differences(item, item) == ()


@given(one=any_item, other=any_item)
def test_only_what_has_no_difference_is_wholly_alike(one: Item, other: Item) -> None:
    assert (likeness(one, other).whole == 1) == (not differences(one, other))


def test_a_faster_promise_is_one_difference() -> None:
    limits = replace(ITEM.limits, promised_days=ITEM.limits.promised_days + 1)
    (row,) = differences(ITEM, replace(ITEM, limits=limits))
    assert (row.facet, row.key, row.same) == (Facet.LIMITS, "promised", False)
    assert percent(likeness(ITEM, replace(ITEM, limits=limits)).whole) < 100


def test_what_one_place_does_not_ask_is_an_empty_cell() -> None:
    (row,) = differences(ITEM, replace(ITEM, materials=ITEM.materials[1:]))
    assert row.cells[0] is not None
    assert row.cells[1] is None


def test_equal_materials_do_not_cure_different_rates() -> None:
    rates = (
        Parameter(code="rate", name=WORDS, value="60", unit=Unit.PERCENT),
        Parameter(code="rate", name=WORDS, value="70", unit=Unit.PERCENT),
    )
    one, other = (replace(ITEM, parameters=(rate,)) for rate in rates)
    (row,) = differences(one, other)
    assert row.facet is Facet.PARAMETERS
    assert row.cells == (Words(zh="60%", en="60%"), Words(zh="70%", en="70%"))


def test_fees_are_compared_by_what_they_are_for() -> None:
    fees = (Fee(amount_fen=1050, basis=WORDS), Fee(amount_fen=1000, basis=WORDS))
    one, other = (replace(ITEM, fee=fee, further_fees=()) for fee in fees)
    (row,) = differences(one, other)
    assert [cell.zh for cell in row.cells if cell] == ["10.50 元", "10 元"]


def test_three_places_stand_side_by_side() -> None:
    items = next(found for found in BY_BASIC.values() if len(found) == 3)
    rows = compare(items)
    assert rows
    assert {len(row.cells) for row in rows} == {3}


def test_a_place_that_asks_for_more_does_not_keep_the_standard() -> None:
    standard = next(each for each in load_standards() if BY_BASIC.get(each.basic_code))
    item = BY_BASIC[standard.basic_code][0]
    known = {material.code for material in standard.materials}
    kept = replace(item, materials=tuple(m for m in item.materials if m.code in known))
    assert conformance(kept, standard)[0].kept
    extra = replace(item.materials[0], code="extra", necessity=Necessity.REQUIRED)
    finding = conformance(replace(kept, materials=(*kept.materials, extra)), standard)[0]
    assert not finding.kept
    assert "1" in finding.found.en


def test_each_normative_field_is_looked_at() -> None:
    standard = load_standards()[0]
    slow = replace(
        ITEM,
        visits=standard.visits_max + 1,
        fee=Fee(amount_fen=standard.fee_fen_max + 1, basis=WORDS),
        modes=tuple(offer for offer in ITEM.modes if offer.mode is Mode.ALL_ONLINE),
    )
    findings = conformance(slow, replace(standard, modes=(), results=(), materials=()))
    assert [finding.kept for finding in findings][2:4] == [False, False]
    assert findings[4].asked == Words(zh="无", en="none")


def test_an_obstacle_stands_between_its_places_until_its_day() -> None:
    (deed,) = (each for each in load_obstacles() if each.places)
    one, other = deed.places
    assert deed.until is not None
    assert deed.stands(one, other, deed.until)
    assert not deed.stands(one, "330100", deed.until)
    assert not deed.stands(one, other, date(2030, 1, 1))
    everywhere = next(each for each in load_obstacles() if not each.places)
    assert everywhere.stands(one, "330100", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("change", "field"), [({"basic_code": "1"}, "basic_code"), ({"places": ["1"]}, "places")]
)
def test_a_wrong_code_in_the_register_is_named(change: dict[str, object], field: str) -> None:
    words = {"zh": "演示", "en": "made up"}
    written = {
        "code": "made-up",
        "basic_code": "000709002000",
        "kind": "economic",
        "law": words,
        "what": words,
        "changed_by": words,
        "origin": "illustrative",
    }
    with pytest.raises(DocumentInvalid) as caught:
        parse_obstacle(written | change)
    assert caught.value.field == field


def test_a_standard_names_a_basic_code() -> None:
    words = {"zh": "演示", "en": "made up"}
    written = {
        "number": "1",
        "version": 1,
        "title": words,
        "issuer": words,
        "published_on": "2026-03-01",
        "basic_code": "1",
        "materials": [],
        "promised_days_max": 1,
        "visits_max": 0,
        "fee_fen_max": 0,
        "results": [],
        "modes": [],
    }
    with pytest.raises(DocumentInvalid, match="basic"):
        parse_standard(written)


def test_a_place_that_names_itself_does_not_differ_by_that() -> None:
    hefei, suzhou = (
        replace(ITEM, place=place, conditions=(Condition(zh=f"住所在{zh}", en=f"seat in {en}"),))
        for place, zh, en in (("340100", "合肥", "Hefei"), ("320500", "苏州", "Suzhou"))
    )
    names = {"340100": Words(zh="合肥", en="Hefei"), "320500": Words(zh="苏州", en="Suzhou")}
    assert differences(hefei, suzhou)
    assert differences(hefei, suzhou, names) == ()
    assert likeness(hefei, suzhou, names).whole == 1
