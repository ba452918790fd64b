"""What is exported and imported again is the same; what is changed is one version further."""

from dataclasses import fields, replace

import pytest
from tests.catalogue.sheets.files import (
    CITIES,
    HEFEI,
    book,
    changed,
    check,
    said,
    standing,
    without_rows,
)

from tongban.catalogue import load_items
from tongban.catalogue.sheets.checking import check_book
from tongban.catalogue.sheets.csv_writing import write_csv, write_csv_template
from tongban.catalogue.sheets.differences import differences_of
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.plans import PLANS
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.xlsx_writing import write_export, write_template
from tongban.core.items.item import Item

#: What no cell says: it follows from the node, or is referred to by name.
NOT_IN_CELLS = {"code", "competent", "form"}


def in_order(item: Item) -> Item:
    """Services stand in columns, which have an order of their own."""
    return replace(item, services=tuple(sorted(item.services)))


@pytest.mark.parametrize("city", CITIES)
def test_every_citys_items_come_back_from_csv_as_they_were(city: str) -> None:
    checked = check_book(open_book(write_csv(book_of(load_items(city)))), standing(city))
    assert checked.mistakes == ()
    assert checked.changes == ()
    assert checked.items == len(load_items(city))


def test_items_come_back_from_xlsx_as_they_were() -> None:
    checked = check(open_book(write_export(book(*HEFEI[:12]))))
    assert (checked.mistakes, checked.changes, checked.items) == ((), (), 12)


def test_a_catalogue_that_was_lost_comes_back_whole_from_its_export() -> None:
    checked = check(open_book(write_csv(book(*HEFEI))), empty=True)
    assert checked.mistakes == ()
    assert [in_order(change.item) for change in checked.changes] == [*map(in_order, HEFEI)]


def test_every_field_of_an_item_has_a_column() -> None:
    keys = {column.key.partition(".")[0] for column in PLANS["基本信息"].columns}
    keys |= {plan.field for plan in PLANS.values()} | {"further_fees", "further_results"}
    assert {field.name for field in fields(Item)} - keys == NOT_IN_CELLS


@pytest.mark.parametrize("data", [write_template(), write_csv_template()], ids=["xlsx", "csv"])
def test_the_template_itself_has_no_items_and_no_other_mistake(data: bytes) -> None:
    checked = check(open_book(data))
    assert (checked.items, checked.changes) == (0, ())
    assert said(checked) == [("基本信息", "", "the file has no items")]


def test_a_changed_cell_makes_the_next_version_of_that_item_alone() -> None:
    given = changed(book(*HEFEI[:3]), "基本信息", "咨询电话", "0551-1234", row=3)
    (change,) = check(given).changes
    assert change.before is HEFEI[1]
    assert change.item.version == HEFEI[1].version + 1
    (difference,) = differences_of(change)
    assert (difference.heading, difference.after) == ("咨询电话", "0551-1234")


def test_a_sheet_that_is_missing_leaves_what_stands() -> None:
    given = book()
    del given.tables["申请材料"], given.tables["常见问题"]
    assert check(given).changes == ()


def test_a_sheet_without_rows_takes_away_what_stood() -> None:
    (change,) = check(without_rows(book(), "常见问题")).changes
    assert change.item.questions == ()
    assert HEFEI[0].questions
    assert {each.after for each in differences_of(change)} == {""}


def test_one_sheet_alone_changes_only_the_items_that_it_names() -> None:
    whole = changed(book(*HEFEI[:3]), "办理窗口", "窗口电话", "0551-9", row=2)
    whole.tables = {"办理窗口": whole.tables["办理窗口"]}
    (change,) = check(whole).changes
    assert change.item.code == HEFEI[0].code
    assert change.item.materials == HEFEI[0].materials
