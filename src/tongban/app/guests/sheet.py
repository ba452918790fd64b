"""The reply sheet as an .xlsx file: written with its choices, read as texts."""

import io
from collections.abc import Mapping
from datetime import datetime
from itertools import chain

import openpyxl
import xlsxwriter

from tongban.app.control import OperationRefused
from tongban.app.guests.reply import ACTS, GROUNDS, LINES
from tongban.catalogue.sheets.archive import check_size, look_into
from tongban.catalogue.sheets.mistakes import SheetFault

_NAME = "回复表"


def write_sheet(case: str) -> bytes:
    """An empty sheet for one case."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_NAME)
        text = book.add_format({"num_format": "@", "text_wrap": True, "border": 1})
        sheet.set_column("A:C", 34)
        sheet.write_row("A1", ["项目 / item", "填写 / answer", "说明 / how"])
        for line in LINES.values():
            row = line.cell[1:]
            sheet.write_string(f"A{row}", f"{line.label.zh} / {line.label.en}")
            sheet.write_blank(line.cell, None, text)
            sheet.write_string(f"C{row}", f"{line.hint.zh} / {line.hint.en}")
        sheet.write_string(LINES["case"].cell, case, text)
        for name, choices in (("act", [*ACTS]), ("ground", [*chain(*GROUNDS.values())])):
            # A list of choices in a cell's rule has at most 255 characters, so they stand apart.
            column = {"act": "E", "ground": "F"}[name]
            sheet.write_column(f"{column}1", choices)
            source = f"=${column}$1:${column}${len(choices)}"
            sheet.data_validation(LINES[name].cell, {"validate": "list", "source": source})
    return file.getvalue()


def read_cells(data: bytes) -> Mapping[str, str]:
    """The text of each cell that is to be filled in; raises OperationRefused for another file."""
    try:
        check_size(len(data))
        look_into(data)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except SheetFault as fault:
        raise _refused(fault.words.en) from fault
    except Exception as error:
        # The library raises whatever its parser stumbles over: no list of kinds would be whole.
        raise _refused("the file cannot be read as .xlsx") from error
    if _NAME not in book.sheetnames:
        raise _refused(f"the file has no sheet {_NAME}")
    sheet = book[_NAME]
    return {line.cell: _text(sheet[line.cell].value) for line in LINES.values()}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _refused(reason: str) -> OperationRefused:
    return OperationRefused(
        f"{reason}; take the reply sheet that `tongban guest packet` made, filled in. Nothing was "
        "recorded"
    )
