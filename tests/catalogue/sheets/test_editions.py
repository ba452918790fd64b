"""Where versions are planned, a file says which one it changes, and none is lost or backdated."""

from dataclasses import replace
from datetime import date

import pytest
from tests.catalogue.sheets.files import HEFEI, TODAY, book, changed, said, standing

from tongban.catalogue.sheets.checking import Checked, check_book
from tongban.catalogue.sheets.tables import Book
from tongban.core.items.item import Item

BASIC = "基本信息"
DAY = date(2026, 2, 1)
NOW = HEFEI[0]
THEN = replace(NOW, version=2, visits=0, effective_from=DAY)


def check(given: Book, *versions: Item) -> Checked:
    return check_book(given, replace(standing(), own={NOW.code: versions or (NOW, THEN)}))


def summary(given: Book, **cells: str) -> Book:
    """The book with another summary, and other cells."""
    for heading, text in {"事项简介": "改过的", **cells}.items():
        changed(given, BASIC, heading, text)
    return given


def test_a_row_of_the_present_version_changes_that_and_leaves_the_one_to_come() -> None:
    (change,) = check(summary(book(NOW))).changes
    assert change.before == NOW
    assert (change.item.version, change.item.effective_from) == (3, None)
    assert change.later == (THEN,)


def test_a_row_of_the_version_to_come_changes_that() -> None:
    (change,) = check(summary(book(THEN))).changes
    assert (change.before, change.later) == (THEN, ())
    assert (change.item.version, change.item.effective_from) == (3, DAY)


@pytest.mark.parametrize(("day", "base"), [(str(TODAY), NOW), (str(DAY), THEN)])
def test_a_row_without_a_version_means_the_one_of_its_day(day: str, base: Item) -> None:
    given = summary(book(base), 事项版本="", 计划生效日期=day)
    (change,) = check(given).changes
    assert change.before == base
    assert str(change.item.effective_from) == day


def test_a_row_that_says_neither_is_asked_which_version_it_means() -> None:
    ((sheet, cell, what),) = said(check(summary(book(NOW), 事项版本="")))
    assert (sheet, cell) == (BASIC, "D2")
    assert "version 1 holds now, version 2 holds from 2026-02-01 on" in what
    alone = book(NOW)
    alone.tables = {"办理窗口": changed(alone, "办理窗口", "窗口电话", "110").tables["办理窗口"]}
    assert "which version" in said(check(alone))[0][2]


@pytest.mark.parametrize("base", [NOW, THEN])
def test_what_stands_is_no_change_whichever_version_it_is(base: Item) -> None:
    for number in ("", str(base.version)):
        checked = check(changed(book(base), BASIC, "事项版本", number))
        assert (checked.mistakes, checked.changes) == ((), ())


def test_the_present_version_does_not_silently_take_the_day_of_the_one_to_come() -> None:
    ((_, cell, what),) = said(check(summary(book(NOW), 计划生效日期=str(DAY))))
    assert cell
    assert what == "version 2 holds from 2026-02-01 on, and this row changes version 1"


def test_a_version_to_come_can_be_moved() -> None:
    (change,) = check(changed(book(THEN), BASIC, "计划生效日期", "2026-03-01")).changes
    assert (change.before, change.later) == (THEN, ())


def test_a_version_that_stands_no_more_is_named_with_those_that_do() -> None:
    ((_, _, what),) = said(check(summary(book(NOW), 事项版本="7")))
    assert what == "version 1 and 2 stand, and the file says 7"


def test_no_version_is_backdated() -> None:
    for given, versions in ((book(NOW), (NOW,)), (book(NOW), ())):
        own = {NOW.code: versions} if versions else {}
        changed(summary(given), BASIC, "计划生效日期", "2020-02-01")
        (mistake,) = check_book(given, replace(standing(), own=own)).mistakes
        assert mistake.what.en == "2020-02-01 has passed; no version is backdated"
        assert mistake.heading == "计划生效日期"
        assert mistake.remedy is not None


def test_a_day_that_was_planned_and_has_come_is_no_obstacle_and_is_not_inherited() -> None:
    begun = replace(NOW, effective_from=date(2025, 12, 1))
    assert check(book(begun), begun).changes == ()
    (change,) = check(summary(book(begun)), begun).changes
    assert change.item.effective_from is None
    assert check(book(begun), replace(begun, effective_from=None)).changes == ()
