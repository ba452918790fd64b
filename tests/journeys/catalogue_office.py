"""What a catalogue officer does: a spreadsheet from the desk, changed, handed in and published."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from tongban.app.demo.federation import Federation
from tongban.app.demo.once import Stage
from tongban.app.demo.visitor import Visitor

_BASIC, _CODE = "基本信息", "实施编码"
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
_PLACE = re.compile(r"<b>(.*?)</b>")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)


@dataclass(kw_only=True)
class CatalogueOffice:
    """A catalogue officer at the pages of one city."""

    federation: Federation
    node: str
    officer: Visitor = field(init=False)

    def __post_init__(self) -> None:
        stage = Stage(federation=self.federation, intake=self.node, competent=self.node)
        self.officer = stage.visitor(self.node, "catalogue")

    def close(self) -> None:
        """Close the window."""
        self.officer.close()

    def export(self) -> bytes:
        """The city's own items as the desk gives them out."""
        self.officer.open("/desk/catalogue/")
        return self.officer.download(self.officer.link("/catalogue/export/xlsx/"))

    def hand_in(self, data: bytes) -> None:
        """Let the desk check a file and keep it as the draft, unless something is wrong."""
        self.officer.open("/desk/catalogue/")
        upload = {"file": ("items.xlsx", data, "application/octet-stream")}
        self.officer.press("/catalogue/check/", values={"draft": "1"}, uploads=upload)

    def publish(self) -> None:
        """Publish the draft that was just checked."""
        self.officer.press("/publish/")

    def open_to(self, partner: str, item: str) -> None:
        """Open an item to one partner, after a look at what that means."""
        self.officer.open(f"/desk/catalogue/open/?item={item}&partner={partner}")
        self.officer.press("/catalogue/open/")

    def ask_to_withdraw(self, item: str, *, reason: str) -> None:
        """Go as far as the page that says who is affected, from today on."""
        self.officer.open(f"/desk/catalogue/items/{item}/withdraw/?reason={reason}")

    def set_standard(self, basic: str, *, number: str, days: str) -> None:
        """Draft a common standard from what places ask, look who keeps it, and publish it."""
        self.officer.open(f"/oversight/standards/edit/?item={basic}")
        self.officer.press("basic", values={"number": number, "days": days, "step": "check"})
        self.officer.press("basic", values={"step": "publish"})

    def mistakes(self) -> list[list[str]]:
        """Where, in which column, and what is wrong, as the page lists it."""
        rows = (_CELL.findall(row) for row in _ROW.findall(self.officer.text))
        return [[_words(cell) for cell in cells] for cells in rows if cells]


def kept_by_place(visitor: Visitor, publisher: str, number: str) -> dict[str, str]:
    """What the page of a standard says of each place: how much of it is kept, field by field."""
    visitor.open(f"/oversight/standards/version/?publisher={publisher}&number={number}")
    places = visitor.text.split("<li><details")[1:]
    return {_words(_PLACE.findall(each)[0]): _words(each.partition("</dl>")[0]) for each in places}


def rows_of(data: bytes, item: str, changes: Mapping[str, str], *, new: Mapping[str, str]) -> bytes:
    """The spreadsheet with the rows of one item alone, changed, and of a new item like it.

    changes, new: texts of the basic information by heading.
    """
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in workbook.worksheets:
        if sheet.cell(1, 1).value == _CODE:
            _keep(sheet, item, new[_CODE])
    for row, texts in ((2, changes), (3, new)):
        _write(workbook[_BASIC], row, texts)
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def _keep(sheet: Any, item: str, new: str) -> None:
    """Of one sheet the item's rows, and the same under another code, which stands first."""
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    kept = [row for row in rows if row[0] == item]
    sheet.delete_rows(2, len(rows))
    for row in (*kept, *([new, *row[1:]] for row in kept)):
        sheet.append(row)


def _write(sheet: Any, row: int, texts: Mapping[str, str]) -> None:
    headings = [cell.value for cell in sheet[1]]
    for heading, text in texts.items():
        sheet.cell(row, headings.index(heading) + 1).value = text


def _words(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())
