"""Reads CSV: one sheet in a file, or several files in a zip; the headings say which sheet it is."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from tongban.catalogue.sheets.archive import Archive
from tongban.catalogue.sheets.csv_separators import check_row, separator_of, without_declaration
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.catalogue.sheets.no_values import marked
from tongban.catalogue.sheets.plans import OTHER_SHEETS, PLANS, plan_with
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

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")
_ENDING = ".csv"
#: What macOS and Windows leave in folders; the first kind begins with a point as well.
_OF_PROGRAMS = frozenset({"Thumbs.db", "desktop.ini"})
_SHOWN = 5


def read_csv(data: bytes) -> Book:
    """The one sheet of a file; raises SheetFault."""
    table = _table(decode(data), "CSV")
    if table.name not in PLANS:
        raise SheetFault(
            (
                "第一行不是模板里任何一张表的列名",
                "the first line has the headings of no sheet of the template",
            ),
            ("下载模板，按它的列名填写", "take the template and keep its headings"),
        )
    return Book(tables={table.name: table})


def read_csv_archive(archive: Archive, tell: Tell) -> Book:
    """A sheet for each CSV file of a zip; raises SheetFault."""
    names = sorted(name for name in archive.names if _is_for_people(name))
    _refuse_others([name for name in names if not name.lower().endswith(_ENDING)])
    book = Book()
    with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
        for done, name in enumerate(names):
            tell("read", done, len(names))
            stem = name.rpartition("/")[2][: -len(_ENDING)]
            if stem not in OTHER_SHEETS:
                _add(book, _member(opened.read(name), stem, name), name)
    tell("read", len(names), len(names))
    return book


def _member(data: bytes, stem: str, name: str) -> Table:
    try:
        return _table(decode(data), stem)
    except SheetFault as fault:
        raise fault.of_file(name) from fault


def _is_for_people(name: str) -> bool:
    """Whether somebody put this there, and not the program that packs files or shows folders."""
    last = name.rpartition("/")[2]
    return bool(last) and not last.startswith(".") and last not in _OF_PROGRAMS


def _refuse_others(names: list[str]) -> None:
    if names:
        shown = "、".join(names[:_SHOWN]) + ("……" if len(names) > _SHOWN else "")
        raise SheetFault(
            (f"压缩包里不是 CSV 的文件：{shown}", f"the zip has files that are no CSV: {shown}"),
            (
                "拿出来再传；.xlsx 单独传",
                "take them out and try again; an .xlsx is handed in by itself",
            ),
        )


def _add(book: Book, table: Table, file: str) -> None:
    """A second table of the same name stands under that of its file, which is no sheet's."""
    name = table.name if table.name not in book.tables else file
    if table.headings:
        book.tables[name] = replace(table, name=name)


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or GB18030; raises SheetFault."""
    encodings = ("utf-16",) if data.startswith(_UTF_16) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetFault(
        ("看不懂这个文件", "the file is nothing that can be read here"),
        (
            "要 .xlsx，或者 UTF-8、GB18030 编码的 CSV",
            "give .xlsx, or CSV in UTF-8 or GB18030",
        ),
    )


def _table(text: str, name: str) -> Table:
    text = without_declaration(text)
    separator = separator_of(text)
    lines = _lines(text, separator)
    headings = without_empty_end([cell.strip() for cell in next(lines, [])[:COLUMNS_MAX]])
    rows = []
    width = len(headings)
    for number, cells in enumerate(lines, 2):
        width = len(cells)
        check_row(number, cells or [""], len(headings), separator)
        if number > ROWS_MAX:
            raise too_many_rows(name)
        texts = [_text(cell) for cell in cells[:COLUMNS_MAX]]
        if any(texts):
            rows.append(Row(number=number, cells=without_empty_end(texts, len(headings))))
    if width < len(headings) and not text.endswith(("\n", "\r")):
        raise _cut_off(len(headings) - width)
    plan = plan_with(headings)
    return Table(name=plan.name if plan else name, headings=headings, rows=tuple(rows))


def _cut_off(lacking: int) -> SheetFault:
    """What is left of a row that was cut off says of the rest that it is empty."""
    return SheetFault(
        (
            f"文件好像被截断了：最后一行没有结束，比表头少{lacking}格",
            f"the file looks cut off: its last row does not end and lacks {lacking} cells",
        ),
        (
            "重新导出或者重新下载；没有截断的，在最后一行补上空格子",
            "export or download it again; if it is whole, write the empty cells of that row too",
        ),
    )


def _text(cell: str) -> str:
    return unprotect(marked(cell.replace("\r\n", "\n").strip(" \n\u3000")))


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    # newline="": a carriage return in a cell is part of it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        # A quotation mark that nobody closed makes one cell of the rest of the file.
        raise SheetFault(
            (
                f"第{reader.line_num}行起读不下去：单元格太长，或者引号没有成对",
                f"from line {reader.line_num} on a cell is too long, or its quotation mark open",
            ),
            ("改正这一行，或者用 .xlsx", "mend that line, or use .xlsx"),
        ) from error
