"""Reads .xlsx: texts as they stand, formulas and errors marked, merged cells as mistakes."""

import io
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.escape import unescape

from tongban.catalogue.sheets.archive import Archive, damaged
from tongban.catalogue.sheets.mistakes import Mistake, SheetFault, Spot, mistake
from tongban.catalogue.sheets.no_values import as_error, as_formula, marked
from tongban.catalogue.sheets.plans import OTHER_SHEETS, PLANS
from tongban.catalogue.sheets.safe_text import unprotect
from tongban.catalogue.sheets.tables import (
    COLUMNS_MAX,
    ROWS_MAX,
    Book,
    Row,
    Table,
    Tell,
    too_many_rows,
    without_empty_end,
)

#: Of a larger merged cell only the first rows and columns are kept quiet about.
_COVERED = 30
#: Spreadsheets keep fifteen digits of a number; of a longer one the rest is lost.
_DIGITS_KEPT = 15


def read_xlsx(archive: Archive, tell: Tell) -> Book:
    """Every sheet that is meant for reading; raises SheetFault."""
    _refuse_parts(archive.names)
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it drops; only texts are wanted here.
            warnings.simplefilter("ignore")
            return _read(archive, tell)
    except SheetFault:
        raise
    except Exception as error:
        # The library raises whatever its parser stumbles over: no list of kinds would be whole.
        raise damaged() from error


def _refuse_parts(names: frozenset[str]) -> None:
    if "xl/vbaProject.bin" in names:
        raise SheetFault(
            ("文件带宏，不收", "the file carries macros, which are not taken"),
            ("另存为不带宏的 .xlsx 再传", "save it as .xlsx without macros"),
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise SheetFault(
            ("文件里有指向别的文件的链接", "the file has links to other files"),
            (
                "在“数据—编辑链接”里断开链接，再传",
                "break them under Data, Edit Links, and try again",
            ),
        )


def _read(archive: Archive, tell: Tell) -> Book:
    book = Book()
    opened = openpyxl.load_workbook(io.BytesIO(archive.data), read_only=True, keep_links=False)
    names = [name for name in opened.sheetnames if name not in OTHER_SHEETS]
    for done, name in enumerate(names):
        tell("read", done, len(names))
        sheet: Any = opened[name]
        if not hasattr(sheet, "iter_rows"):
            continue  # A sheet that is a chart.
        path = str(sheet._worksheet_path).removeprefix("/")  # noqa: SLF001 - nothing else tells which part it is
        # What a file says of its own extent may be anything; only what is there is read.
        sheet.reset_dimensions()
        table = _table(name, sheet, archive.merged.get(path, ()))
        _note_merged(table, book)
        hidden = bool(table.headings) and sheet.sheet_state != "visible"
        if hidden and (table.rows or name not in PLANS):
            book.mistakes.append(_hidden(table))
        if table.headings and not (hidden and name not in PLANS):
            book.tables[name] = table
    tell("read", len(names), len(names))
    return book


def _hidden(table: Table) -> Mistake:
    """Nobody sees what stands there, and it would be imported all the same."""
    return mistake(
        Spot(sheet=table.name),
        (
            "这张工作表是隐藏的，没有人看得到里面的内容",
            "the sheet is hidden: nobody sees what is in it",
        ),
        (
            "在表格软件里取消隐藏，看过再传；不要的删掉",
            "unhide it and look at it, or delete it",
        ),
    )


def _note_merged(table: Table, book: Book) -> None:
    for each in table.merged:
        (row, column), (last_row, last_column) = corners_of(each)
        what = (f"{each}是合并单元格", f"{each} is one merged cell")
        remedy = ("取消合并，每个单元格都填写", "divide it again, and fill in every cell")
        spot = Spot(sheet=table.name, row=row, column=column)
        heading = _heading(table.headings, column)
        book.mistakes.append(mistake(spot, what, remedy, heading=heading))
        book.covered |= {
            Spot(sheet=table.name, row=row + n // _COVERED, column=column + n % _COVERED)
            for n in range(_COVERED * _COVERED)
            if row + n // _COVERED <= last_row and column + n % _COVERED <= last_column
        }


def corners_of(cells: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Row and column of the first and of the last cell of a range such as C7:D9."""
    first, _, last = cells.partition(":")
    return _corner(first), _corner(last or first)


def _corner(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as C7."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters[:3]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :][:7] or "1"), max(column - 1, 0)


def _heading(headings: Sequence[str], column: int) -> str:
    return headings[column] if column < len(headings) else ""


def _table(name: str, sheet: Any, merged: tuple[str, ...]) -> Table:
    first = next(sheet.iter_rows(max_row=1, max_col=COLUMNS_MAX), ())
    headings = without_empty_end([_text(cell) for cell in first])
    rows: list[Row] = []
    if headings:
        rows.extend(_rows(name, len(headings), sheet.iter_rows(min_row=2, max_col=COLUMNS_MAX)))
    return Table(name=name, headings=headings, rows=tuple(rows), merged=merged)


def _rows(name: str, columns: int, cells: Iterator[Any]) -> Iterator[Row]:
    for number, row in enumerate(cells, 2):
        if number > ROWS_MAX:
            raise too_many_rows(name)
        # The library fills up with cells that are not there: most of them need no look.
        texts = ["" if cell is EMPTY_CELL else _text(cell) for cell in row]
        if any(texts):
            yield Row(number=number, cells=without_empty_end(texts, columns))


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        # Of a formula that fills several cells the library makes an object.
        return as_formula(value if isinstance(value, str) else getattr(value, "text", None) or "")
    if cell.data_type == "e":
        return as_error(str(value))
    if isinstance(value, str):
        plain = unescape(value) if "_x" in value else value
        return unprotect(marked(plain.replace("\r\n", "\n").strip(" \n\u3000")))
    return _plain(value)


def _plain(value: object) -> str:
    """A number, day or truth value as people would have typed it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        whole = isinstance(value, int) or value.is_integer()
        return str(int(value)) if whole and abs(value) < 10**_DIGITS_KEPT else repr(value)
    if isinstance(value, datetime):
        return str(value.date())
    return str(value)
