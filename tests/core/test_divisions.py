"""Divisions by code and name, their parents, and codes that are gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.divisions import load_divisions
from tongban.core.divisions.division import Division, DivisionChange, DivisionLevel
from tongban.core.divisions.register import DivisionRegister

CHINA = load_divisions()
CODES = st.sampled_from([each.code for each in CHINA])


@pytest.mark.parametrize(
    ("level", "count"), [("province", 34), ("prefecture", 333), ("county", 2847)]
)
def test_every_level_is_complete(level: str, count: int) -> None:
    assert len([each for each in CHINA if each.level == level]) == count


def test_a_district_of_a_municipality_stands_directly_under_it() -> None:
    songjiang = CHINA.get("310117")
    assert songjiang is not None
    assert songjiang.level is DivisionLevel.COUNTY
    assert [each.name for each in CHINA.ancestors("310117")] == ["上海市"]


def test_a_county_city_stands_under_its_prefecture_and_province() -> None:
    assert [each.name for each in CHINA.ancestors("340181")] == ["合肥市", "安徽省"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("松江", "310117"),
        ("松江区", "310117"),
        ("合肥", "340100"),
        ("合肥市", "340100"),
        ("内蒙古", "150000"),
        ("延边", "222400"),
        ("神农架", "429021"),
        ("赵县", "130133"),
        ("万柏林", "140109"),
        ("东乡族自治县", "622926"),
    ],
)
def test_a_division_is_found_by_its_full_or_short_name(name: str, code: str) -> None:
    assert CHINA.named(name)[0].code == code


def test_of_divisions_with_one_name_the_higher_comes_first() -> None:
    assert [each.name for each in CHINA.named("朝阳")] == ["朝阳市", "朝阳区", "朝阳县", "朝阳区"]


def test_a_name_that_nobody_bears_finds_nothing() -> None:
    assert CHINA.named("航天") == ()


@pytest.mark.parametrize(
    ("gone", "today"), [("310227", "松江区"), ("329018", "吴江区"), ("542400", "那曲市")]
)
def test_a_code_that_is_gone_leads_to_what_replaced_it(gone: str, today: str) -> None:
    successor = CHINA.successor(gone)
    assert CHINA.get(gone) is None
    assert successor is not None
    assert successor.name == today


def test_a_change_says_when_and_what_it_was() -> None:
    (change,) = CHINA.changes_of("310227")
    assert (change.year, change.kind, change.new.code) == (1998, "撤县设区", "310117")


def test_a_division_knows_the_codes_it_had() -> None:
    assert [change.old.code for change in CHINA.changes_to("310117")] == ["310227"]


def test_a_code_that_never_was_leads_nowhere() -> None:
    assert CHINA.successor("990000") is None


def test_changes_that_turn_in_a_circle_lead_nowhere() -> None:
    one, other = Division(code="110198", name="甲县"), Division(code="110199", name="乙县")
    changes = [
        DivisionChange(year=1990, kind="更名", old=one, new=other),
        DivisionChange(year=1991, kind="更名", old=other, new=one),
    ]
    assert DivisionRegister((), lambda: changes).successor("110198") is None


@given(CODES)
def test_whatever_exists_is_its_own_successor(code: str) -> None:
    assert CHINA.successor(code) == CHINA.get(code)


@given(CODES)
def test_every_division_is_a_child_of_its_parent(code: str) -> None:
    parent = CHINA.parent(code)
    assert (parent is None) == code.endswith("0000")
    assert parent is None or code in {each.code for each in CHINA.children(parent.code)}


@given(CODES)
def test_every_division_bears_its_short_name(code: str) -> None:
    division = CHINA.get(code)
    assert division is not None
    assert division in CHINA.named(division.short)
