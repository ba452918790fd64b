"""Spreadsheets of a real city's items, whole and spoilt, for tests."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl

from tongban.catalogue import load_items, load_places
from tongban.catalogue.sheets.checking import Checked, Standing, check_book
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.tables import Book
from tongban.catalogue.sheets.xlsx_writing import write_export
from tongban.core.items.item import Item

#: The day on which the files are checked.
TODAY = date(2026, 1, 1)
HEFEI = load_items("hefei")
CITIES = [place.node.partition(".")[0] for place in load_places()]


def standing(city: str = "hefei", *, empty: bool = False) -> Standing:
    """The catalogue of a city as it ships, or before it had any item."""
    place = next(place for place in load_places() if place.node.startswith(f"{city}."))
    own = {} if empty else {item.code: (item,) for item in load_items(city)}
    return Standing(node=place.node, places=frozenset({place.code}), today=TODAY, own=own)


def book(*items: Item) -> Book:
    """A fresh book of some of Hefei's items; of the first one where none is named."""
    return book_of(items or HEFEI[:1])


def changed(given: Book, sheet: str, heading: str, text: str, row: int = 2) -> Book:
    """The book with another text in one cell; row: as spreadsheets count."""
    table = given.tables[sheet]
    place = table.headings.index(heading)
    rows = [
        replace(each, cells=(*each.cells[:place], text, *each.cells[place + 1 :]))
        if each.number == row
        else each
        for each in table.rows
    ]
    given.tables[sheet] = replace(table, rows=tuple(rows))
    return given


def without_rows(given: Book, sheet: str) -> Book:
    """The book with nothing below the headings of one sheet."""
    given.tables[sheet] = replace(given.tables[sheet], rows=())
    return given


def check(given: Book, *, empty: bool = False) -> Checked:
    return check_book(given, standing(empty=empty))


def said(checked: Checked) -> list[tuple[str, str, str]]:
    """Sheet and cell of every mistake, and what is wrong, in English."""
    return [(each.spot.sheet, each.spot.cell, each.what.en) for each in checked.mistakes]


def xlsx(spoil: Callable[[Any], object]) -> bytes:
    """An export of one item, changed as a spreadsheet program would."""
    workbook = openpyxl.load_workbook(io.BytesIO(write_export(book())))
    spoil(workbook)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()
