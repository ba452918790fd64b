"""Reads CSV: one sheet in a file, or several files in a zip; the headings say which sheet it is."""

import csv
import io
import zipfile
from collections.abc import Iterator

from tongban.catalogue.sheets.archive import Archive
from tongban.catalogue.sheets.columns import SheetPlan
from tongban.catalogue.sheets.mistakes import SheetFault
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
)

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = (",", "\t", ";")


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
    names = sorted(name for name in archive.names if name.lower().endswith(".csv"))
    book = Book()
    with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
        for done, name in enumerate(names):
            tell("read", done, len(names))
            stem = name.rpartition("/")[2][: -len(".csv")]
            if stem not in OTHER_SHEETS:
                table = _table(decode(opened.read(name)), stem)
                book.tables[table.name] = table
    tell("read", len(names), len(names))
    return book


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
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    lines = _lines(text, separator)
    headings = tuple(cell.strip() for cell in next(lines, []))[:COLUMNS_MAX]
    rows = []
    for number, cells in enumerate(lines, 2):
        if number > ROWS_MAX:
            raise too_many_rows(name)
        texts = tuple(unprotect(cell.strip(" \n\u3000")) for cell in cells[: len(headings)])
        if any(texts):
            rows.append(Row(number=number, cells=texts))
    plan = _plan_of(headings)
    return Table(name=plan.name if plan else name, headings=headings, rows=tuple(rows))


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


def _plan_of(headings: tuple[str, ...]) -> SheetPlan | None:
    """The sheet that has most of these headings; None where no sheet has two of them."""
    shared = {name: len(set(plan.headings) & set(headings)) for name, plan in PLANS.items()}
    name = max(shared, key=lambda each: shared[each])
    return PLANS[name] if shared[name] > 1 else None
