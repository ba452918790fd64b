"""The decision table of an item: which case is whose, and what a table may not leave open."""

from dataclasses import replace
from typing import Any

import pytest

from tongban.core.items.decision import DecisionRow, Given, asked_fields, decide
from tongban.core.items.document import find_problems, item_document, read_item
from tongban.core.items.form import Field, Form, Option
from tongban.core.items.handling import HandlingItem
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.words import Words

from .examples import FUND

WORDS = Words(zh="演示", en="made up")
SHOP, ONLINE = FUND.code + "01", FUND.code + "02"
HERE, THERE = {"where": "shop"}, {"where": "online"}


def field(name: str, *values: str) -> Field:
    options = tuple(Option(value=value, label=Words(zh=value, en=value)) for value in values)
    return Field(name=name, label=WORDS, options=options)


def item(
    *rows: DecisionRow, fields: tuple[Field, ...] = (field("where", "shop", "online"),)
) -> Item:
    """An item with two situations, whose form asks these fields alone."""
    properties = {each.name: {"enum": [o.value for o in each.options]} for each in fields}
    return replace(
        FUND,
        form=Form(schema={"type": "object", "properties": properties}, fields=fields),
        handling_items=tuple(HandlingItem(code=code, name=WORDS) for code in (SHOP, ONLINE)),
        lists=None,
        decisions=rows,
    )


def row(handling_item: str = "", says: Words | None = None, **when: str) -> DecisionRow:
    given = tuple(Given(field=name, values=tuple(v.split("|"))) for name, v in when.items())
    return DecisionRow(when=given, handling_item=handling_item, says=says)


def test_the_first_row_that_holds_counts() -> None:
    rows = (row(SHOP, where="shop"), row(ONLINE))
    assert decide(rows, HERE) is rows[0]
    assert decide(rows, THERE) is rows[1]
    assert decide(rows, {}) is rows[1]
    assert decide(rows[:1], THERE) is None
    assert decide((), HERE) is None


def test_a_row_holds_only_when_all_of_it_is_given() -> None:
    both = row(SHOP, where="shop|online", size="small")
    assert both.holds({"where": "online", "size": "small"})
    assert not both.holds({"where": "online", "size": "large"})
    assert not both.holds({"size": "small"})


def test_a_table_asks_what_the_form_asks_in_its_order() -> None:
    fields = (field("size", "small"), field("words"), field("where", "shop", "online"))
    table = (row(SHOP, where="shop"), row(ONLINE, size="small", words="x"))
    assert [each.name for each in asked_fields(table, Form(schema={}, fields=fields))] == [
        "size",
        "where",
    ]


def test_an_item_keeps_its_table_and_one_without_keeps_its_bytes() -> None:
    with_table = item(row(SHOP, where="shop"), row(says=WORDS))
    assert read_item(item_document(with_table)) == with_table
    assert b"decisions" not in item_document(item())


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        ([row(SHOP, size="small"), row(ONLINE)], "decisions[0].when", "no option size=small"),
        ([row(SHOP, where="mars"), row(ONLINE)], "decisions[0].when", "no option where=mars"),
        (
            [DecisionRow(when=(Given(field="where", values=()),), handling_item=SHOP), row(ONLINE)],
            "decisions[0].when",
            "no option where=",
        ),
        ([row(SHOP + "9")], "decisions[0].handling_item", "no handling item"),
        ([row(SHOP, where="shop"), row()], "decisions[1].says", "nobody says what is"),
        ([row(SHOP, where="shop")], "decisions", "no row is about (made up: online)"),
        ([row(SHOP), row(ONLINE, where="online")], "decisions[1]", "take all its cases"),
    ],
)
def test_a_table_that_leaves_something_open_is_not_published(
    rows: list[DecisionRow], where: str, said: str
) -> None:
    found = [(each.field, each.reason.en) for each in find_problems(item(*rows))]
    assert any(at == where and said in words for at, words in found), found


def test_a_situation_names_every_material_that_is_required() -> None:
    optional, required = (
        replace(FUND.materials[0], code=code, necessity=necessity)
        for code, necessity in (("a", Necessity.OPTIONAL), ("b", Necessity.REQUIRED))
    )
    situation = HandlingItem(code=SHOP, name=WORDS, materials=("a",))
    bad = replace(item(), materials=(optional, required), handling_items=(situation,))
    (found,) = find_problems(bad)
    assert (found.field, "material b is required" in found.reason.en) == (
        "handling_items[0].materials",
        True,
    )
    every = replace(situation, materials=("a", "b"))
    assert list(find_problems(replace(bad, handling_items=(every,)))) == []
    assert list(find_problems(replace(bad, handling_items=(replace(every, materials=()),)))) == []


def test_a_table_that_nobody_could_read_is_not_published() -> None:
    many: Any = tuple(field(f"f{n}", *"abcdefgh") for n in range(5))
    first = tuple(Given(field=each.name, values=("a",)) for each in many)
    table = (DecisionRow(when=first, handling_item=SHOP), row(ONLINE))
    (found,) = find_problems(item(*table, fields=many))
    assert "more cases than people can tell apart" in found.reason.en


def test_a_whole_table_is_published() -> None:
    whole = item(row(SHOP, where="shop"), row(says=WORDS, where="online"))
    assert list(find_problems(whole)) == []
