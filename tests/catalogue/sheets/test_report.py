"""The report hides nothing: handed in again as it is, it has the mistakes that the file had."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.sheets.files import HEFEI, book, changed, check, said, without_rows, xlsx

from tongban.catalogue.sheets.csv_writing import write_csv
from tongban.catalogue.sheets.no_values import marked
from tongban.catalogue.sheets.opening import open_book
from tongban.catalogue.sheets.plans import PLANS
from tongban.catalogue.sheets.tables import Book, Row, Table
from tongban.catalogue.sheets.xlsx_writing import write_report

BASIC = "基本信息"
CODE = HEFEI[0].code


def told(given: Book) -> list[tuple[str, str]]:
    """Cell and words of every mistake; what a sheet is called may not fit a spreadsheet."""
    return sorted((cell, what) for _, cell, what in said(check(given)))


def again(given: Book) -> Book:
    """The report, handed in as it came."""
    return open_book(write_report(given, check(given).mistakes))


def spoilt(spoil: Callable[[Any], object]) -> Book:
    return open_book(xlsx(spoil))


def put(sheet: str, cell: str, value: object) -> Book:
    def spoil(workbook: Any) -> None:
        workbook[sheet][cell] = value

    return spoilt(spoil)


def merged(*ranges: str) -> Book:
    def spoil(workbook: Any) -> None:
        for each in ranges:
            workbook["申请材料"].merge_cells(each)

    return spoilt(spoil)


def error() -> Book:
    def spoil(workbook: Any) -> None:
        cell = workbook["结果"]["D2"]
        cell.value, cell.data_type = "#REF!", "e"

    return spoilt(spoil)


def several(**files: str) -> Book:
    """A zip of CSV files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return open_book(data.getvalue())


def line_of_csv(end: str) -> str:
    """The basic sheet with something after its only row."""
    archive = zipfile.ZipFile(io.BytesIO(write_csv(book())))
    return archive.read(f"{BASIC}.csv").decode("utf-8-sig").removesuffix("\r\n") + end


def with_sheet(name: str, *headings: str) -> Book:
    given = book()
    given.tables[name] = Table(name=name, headings=headings, rows=())
    return given


def spoilt_csv(text: str) -> Book:
    whole = line_of_csv("")
    return open_book(whole.replace(f",{HEFEI[0].name.zh},", text, 1).encode())


def repeated() -> Book:
    given = book()
    table = given.tables["申请材料"]
    rows = (*table.rows, Row(number=99, cells=table.rows[0].cells))
    given.tables["申请材料"] = Table(name=table.name, headings=table.headings, rows=rows)
    return given


KINDS: dict[str, Callable[[], Book]] = {
    "formula": lambda: put(BASIC, "M2", "=1+1"),
    "formula as text": lambda: spoilt_csv(",=1+1,"),
    "formula in the code": lambda: put("申请材料", "A2", "=1+1"),
    "error": error,
    "error as text": lambda: put("结果", "D2", "#DIV/0!"),
    "merged": lambda: merged("C2:D3"),
    "merged code": lambda: merged("A2:A4"),
    "merged far": lambda: merged("C2:AZ900"),
    "merged twice": lambda: merged("C2:C3", "D2:D3"),
    "further cell": lambda: put("结果", "AC2", "x"),
    "further cell of csv": lambda: open_book(line_of_csv(",more").encode()),
    "unreadable": lambda: put(BASIC, "D2", "三"),
    "too long": lambda: changed(book(), BASIC, "事项名称", "长" * 40_000),
    "unknown sheet": lambda: with_sheet("乱", "x"),
    "unknown sheet of a long name": lambda: with_sheet("[乱]" * 20, "x"),
    "same names but for what is not allowed": lambda: several(**{"a[": "x,y", "a]": "x,y"}),
    "sheet twice": lambda: several(one=line_of_csv(""), two=line_of_csv("")),
    "unknown column": lambda: put("结果", "B1", "名称"),
    "column twice": lambda: put("结果", "B1", "实施编码"),
    "no code column": lambda: put("结果", "A1", "编码"),
    "no code": lambda: put("结果", "A2", ""),
    "unknown code": lambda: put("结果", "A2", "nobody"),
    "row twice": repeated,
    "missing rows": lambda: without_rows(without_rows(book(), "结果"), "通办方式"),
    "no items": lambda: open_book(write_report(Book(), ())),
    "one language": lambda: changed(book(), BASIC, "数量限制", "一次"),
    "contradiction": lambda: changed(book(), BASIC, "承诺办结时限", "90"),
    "dangling": lambda: changed(book(), "四清单", "目录代码", "poems"),
    "version": lambda: changed(changed(book(), BASIC, "咨询电话", "110"), BASIC, "事项版本", "7"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_nobody_mended_has_the_same_mistakes(kind: str) -> None:
    given = KINDS[kind]()
    assert told(given), "the file has to have one"
    assert told(again(given)) == told(given)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs")), max_size=12)
VALUE = st.sampled_from(["是", "0", "-1", "=1", "'=1", "#N/A", "〔公式〕", "@x", "国标", CODE])
HEADING = st.sampled_from(sorted({name for plan in PLANS.values() for name in plan.headings}))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*PLANS]),
        st.tuples(
            st.lists(HEADING, max_size=8),
            st.lists(st.lists((CELL | VALUE).map(marked), min_size=1, max_size=10), max_size=3),
        ),
        max_size=3,
    )
)
def test_whatever_stands_in_a_file_is_said_of_its_report_too(
    sheets: dict[str, tuple[list[str], list[list[str]]]],
) -> None:
    given = Book()
    for name, (headings, rows) in sheets.items():
        cells = [(CODE, *row) for row in rows]
        given.tables[name] = Table(
            name=name,
            headings=("实施编码", *headings),
            rows=tuple(Row(number=n, cells=row) for n, row in enumerate(cells, 2)),
        )
    if check(given).mistakes:
        assert told(again(given)) == told(given)


def test_a_formula_is_not_written_so_that_a_program_computes_it() -> None:
    given = put(BASIC, "M2", '=HYPERLINK("http://x")')
    workbook = openpyxl.load_workbook(io.BytesIO(write_report(given, check(given).mistakes)))
    assert workbook[BASIC]["M2"].value == '〔公式〕=HYPERLINK("http://x")'
    assert workbook[BASIC]["M2"].data_type == "s"
