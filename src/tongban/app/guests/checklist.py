"""The sheet on which a guest marks what it stands behind (追认表), written and read."""

import io
from collections.abc import Iterator, Mapping, Sequence

import openpyxl
import xlsxwriter

from tongban.app.control import OperationRefused
from tongban.app.guests.handed_over import Act
from tongban.catalogue.sheets.archive import check_size, look_into
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.core.china_time import china_day
from tongban.core.records.events import ObjectionGround
from tongban.core.records.objections import OBJECTIONS
from tongban.core.words import Words
from tongban.node.bundles.event_words import EVENT_WORDS

_NAME = "追认表"
_OBJECT = "异议"
_CHOICES = ("追认", _OBJECT)
_COLUMNS = (
    ("日期 / day", 12),
    ("对方 / partner", 22),
    ("对象 / about", 30),
    ("办理行为 / act", 26),
    ("原件 / paper", 18),
    ("追认还是异议 / acknowledge or object", 20),
    ("异议理由 / why", 30),
    ("记录编号 / entry", 30),
)
_GROUNDS = {words.zh: ground for ground, words in OBJECTIONS.items()}


def write_checklist(acts: Sequence[Act]) -> bytes:
    """One row for each act of an officer; whatever is left as it is, is acknowledged."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_NAME)
        text = book.add_format({"num_format": "@", "text_wrap": True, "border": 1})
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        shown = [act for act in acts if act.by_officer]
        for row, act in enumerate(shown, 1):
            for column, cell in enumerate(_cells(act)):
                sheet.write_string(row, column, cell, text)
        last = max(1, len(shown))
        sheet.data_validation(1, 5, last, 5, {"validate": "list", "source": list(_CHOICES)})
        sheet.data_validation(1, 6, last, 6, {"validate": "list", "source": list(_GROUNDS)})
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def read_objections(data: bytes) -> Mapping[str, ObjectionGround]:
    """By entry, to what a filled-in sheet objects; raises OperationRefused with every mistake."""
    try:
        check_size(len(data))
        look_into(data)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except SheetFault as fault:
        raise _unfit(fault.words.en) from fault
    except Exception as error:
        # The library raises whatever its parser stumbles over: no list of kinds would be whole.
        raise _unfit("the sheet cannot be read as .xlsx") from error
    if _NAME not in book.sheetnames:
        raise _unfit(f"the file has no sheet {_NAME}")
    rows = book[_NAME].iter_rows(min_row=2, max_col=len(_COLUMNS), values_only=True)
    cells = [["" if value is None else str(value).strip() for value in row] for row in rows]
    mistakes = list(_mistakes(cells))
    if mistakes:
        raise _unfit("; ".join(mistakes))
    return {row[7]: _GROUNDS[row[6]] for row in cells if row[5] == _OBJECT}


def _cells(act: Act) -> tuple[str, ...]:
    words = EVENT_WORDS.get(act.type) or Words(zh=act.type, en=act.type)
    return (
        china_day(act.at).isoformat(),
        act.partner,
        act.about,
        f"{words.zh} / {words.en}",
        act.paper or "没有 / none",
        _CHOICES[0],
        "",
        act.entry,
    )


def _mistakes(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        if row[5] not in _CHOICES:
            yield f"F{number}: write one of {', '.join(_CHOICES)}"
        if row[5] == _OBJECT and row[6] not in _GROUNDS:
            yield f"G{number}: choose one of the list: {', '.join(_GROUNDS)}"


def _unfit(reason: str) -> OperationRefused:
    return OperationRefused(
        f"{reason}; take the sheet that came with the record, filled in. Nothing was acknowledged"
    )
