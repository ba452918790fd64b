"""Laws of the reader: dangerous text survives, and nothing but its own faults comes out of it."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.sheets.files import HEFEI, book, check

from tongban.catalogue.sheets.csv_writing import write_csv
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.plans import PLANS
from tongban.catalogue.sheets.rows import book_of
from tongban.catalogue.sheets.safe_text import protect, unprotect
from tongban.catalogue.sheets.tables import Book, Row, Table
from tongban.catalogue.sheets.xlsx_writing import write_export, write_report
from tongban.core.words import Words

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
#: What XML and UTF-8 can carry, and what is not taken away at the ends of a cell.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20
).map(lambda text: f"甲{text}乙")
INJECTION = st.tuples(st.sampled_from([*DANGEROUS, "'=", "''+", "'"]), TEXT).map("".join)
CELL = st.text(max_size=12) | st.sampled_from(["是", "否", "0", "-1", "=1", "；", "国标", "必要"])
HEADINGS = sorted({heading for plan in PLANS.values() for heading in plan.headings})


@given(st.text())
def test_what_is_protected_is_read_back_as_it_was_and_begins_with_nothing_dangerous(
    text: str,
) -> None:
    assert unprotect(protect(text)) == text
    assert not protect(text).startswith(DANGEROUS)


@settings(max_examples=15, deadline=None)
@given(INJECTION)
def test_dangerous_text_survives_export_and_import_in_both_formats(text: str) -> None:
    item = replace(HEFEI[0], aliases=(), name=Words(zh=text, en=text))
    given = book_of([item])
    for write in (write_export, write_csv):
        assert open_book(write(given)).tables["基本信息"].rows == given.tables["基本信息"].rows


def test_no_cell_of_an_export_begins_with_a_sign_that_is_computed() -> None:
    evil = replace(HEFEI[0], name=Words(zh='=HYPERLINK("x")', en="@SUM(1)"), keywords=("+1", "-1"))
    workbook = openpyxl.load_workbook(io.BytesIO(write_export(book_of([evil]))))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if str(cell.value or "").startswith(DANGEROUS)]
    archive = zipfile.ZipFile(io.BytesIO(write_csv(book_of([evil]))))
    text = archive.read("基本信息.csv").decode("utf-8-sig")
    assert "'=HYPERLINK" in text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=4)), max_size=8))
def test_a_workbook_with_some_bytes_changed_is_read_or_refused(
    changes: list[tuple[int, bytes]],
) -> None:
    data = bytearray(_exported())
    for place, new in changes:
        data[place % len(data) : place % len(data) + len(new)] = new
    _read_or_refuse(bytes(data))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=30))
def test_a_sheet_with_some_xml_changed_is_read_or_refused(place: int, new: bytes) -> None:
    given_zip, changed = zipfile.ZipFile(io.BytesIO(_exported())), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as written:
        for part in given_zip.namelist():
            data = given_zip.read(part)
            if part in {"xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"}:
                at = place % len(data)
                data = data[:at] + new + data[at + len(new) :]
            written.writestr(part, data)
    _read_or_refuse(changed.getvalue())


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*PLANS, "乱"]),
        st.tuples(
            st.lists(st.sampled_from(HEADINGS) | st.text(max_size=5), max_size=12),
            st.lists(st.lists(CELL, max_size=13), max_size=4),
        ),
        max_size=4,
    )
)
def test_any_cells_are_understood_or_complained_of_and_the_report_can_be_written(
    sheets: dict[str, tuple[list[str], list[list[str]]]],
) -> None:
    made = Book()
    for name, (headings, rows) in sheets.items():
        made.tables[name] = Table(
            name=name,
            headings=("实施编码", *headings),
            rows=tuple(
                Row(number=n, cells=tuple([HEFEI[0].code, *cells][: len(headings) + 1]))
                for n, cells in enumerate(rows, 2)
            ),
        )
    checked = check(made)
    assert not (checked.mistakes and checked.changes)
    if checked.mistakes:
        assert write_report(made, checked.mistakes)


def _read_or_refuse(data: bytes) -> None:
    try:
        read = open_book(data)
    except SheetFault:
        return
    check(read)


@cache
def _exported() -> bytes:
    return write_export(book())
