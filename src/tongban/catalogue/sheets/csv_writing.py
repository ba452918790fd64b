"""Writes a zip with a CSV file for each sheet, in UTF-8 with the mark that Excel looks for."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from tongban.catalogue.sheets.explanation import explanation_rows
from tongban.catalogue.sheets.plans import EXPLANATION, PLANS
from tongban.catalogue.sheets.safe_text import protect
from tongban.catalogue.sheets.tables import Book

#: The day of the zip's entries: that of the format's beginning, since no file has another one.
_DAY = (1980, 1, 1, 0, 0, 0)


def write_csv(book: Book) -> bytes:
    """The sheets of a book, and the explanation."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in book.tables.values():
            rows = [table.headings, *(row.cells for row in table.rows)]
            _put(archive, table.name, rows)
        _put(archive, EXPLANATION, explanation_rows())
    return data.getvalue()


def write_csv_template() -> bytes:
    """The headings of every sheet, and the explanation."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, plan in PLANS.items():
            _put(archive, name, [plan.headings])
        _put(archive, EXPLANATION, explanation_rows())
    return data.getvalue()


def _put(archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([protect(cell) for cell in row] for row in rows)
    entry = zipfile.ZipInfo(f"{name}.csv", date_time=_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.getvalue().encode("utf-8-sig"))
