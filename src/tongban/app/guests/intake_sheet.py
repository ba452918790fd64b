"""The intake sheet as an .xlsx file: written for one item with its choices, read as texts."""

import io
from datetime import datetime
from itertools import count

import openpyxl
import xlsxwriter

from tongban.app.control import OperationRefused
from tongban.app.guests.intake import Cells
from tongban.app.guests.intake_lines import rows_of
from tongban.catalogue.sheets.archive import check_size, look_into
from tongban.catalogue.sheets.mistakes import SheetFault
from tongban.core.items.item import Item

_NAME = "收件登记表"
#: By what each row is known again; people need not see it.
_CODES = "D"


def write_intake_sheet(item: Item) -> bytes:
    """An empty sheet for one item."""
    file, choices = io.BytesIO(), count()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_NAME)
        lists = book.add_worksheet("选项")
        lists.hide()
        text = book.add_format({"num_format": "@", "text_wrap": True, "border": 1})
        sheet.set_column("A:C", 40)
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.write_row("A1", [f"{item.name.zh} / {item.name.en}", "填写 / answer", "说明 / how"])
        for number, row in enumerate(rows_of(item), 2):
            sheet.write_string(f"A{number}", f"{row.label.zh} / {row.label.en}")
            sheet.write_string(f"B{number}", row.text, text)
            sheet.write_string(f"C{number}", f"{row.hint.zh} / {row.hint.en}")
            sheet.write_string(f"{_CODES}{number}", row.code)
            if row.choices:
                # A cell's rule takes at most 255 characters, so lists have a sheet of their own.
                column = next(choices)
                lists.write_column(0, column, row.choices)
                where = xlsxwriter.utility.xl_range_abs(0, column, len(row.choices) - 1, column)
                sheet.data_validation(
                    f"B{number}", {"validate": "list", "source": f"=选项!{where}"}
                )
    return file.getvalue()


def read_intake_cells(data: bytes) -> tuple[str, Cells]:
    """The item's code, and each row's cell and text by what it asks.

    Raises OperationRefused for another file.
    """
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
    rows = book[_NAME].iter_rows(min_row=2, max_col=4, values_only=True)
    cells = {
        str(row[3]): (f"B{number}", _text(row[1])) for number, row in enumerate(rows, 2) if row[3]
    }
    return cells.get("item", ("", ""))[1], cells


def require_rows(cells: Cells, item: Item) -> None:
    """Raises OperationRefused for a sheet of another version of the item."""
    missing = [row.code for row in rows_of(item) if row.code not in cells]
    if missing:
        raise _refused(f"the sheet has no row for {missing[0]}: the item was changed since")


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def _refused(reason: str) -> OperationRefused:
    return OperationRefused(
        f"{reason}; take a sheet that `tongban guest intake-sheet` made, filled in. Nothing was "
        "recorded"
    )
