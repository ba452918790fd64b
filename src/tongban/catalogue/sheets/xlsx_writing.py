"""Writes .xlsx: template, export, and a report with what is wrong beside each cell."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tongban.catalogue.sheets.columns import CODE_HEADING, Column
from tongban.catalogue.sheets.english import heading_in_english, sheet_in_english
from tongban.catalogue.sheets.explanation import explanation_rows
from tongban.catalogue.sheets.mistakes import Mistake
from tongban.catalogue.sheets.plans import (
    ALLOWED,
    EXPLANATION,
    LIST_OF_MISTAKES,
    OTHER_SHEETS,
    PLANS,
)
from tongban.catalogue.sheets.safe_text import protect
from tongban.catalogue.sheets.tables import CELL_CHARACTERS_MAX, Book, Table
from tongban.catalogue.sheets.xlsx_reading import corners_of

#: Nothing that is written is ever computed, whatever it looks like.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LISTED_ROWS = 10_000
_NAME_MAX = 31
_WIDTH, _WIDE = 16, 40
#: Columns of the list of mistakes, and those of them that have sentences.
_LISTED = (
    "工作表",
    "行",
    "列",
    "单元格",
    "事项",
    "问题",
    "怎么改",
    "Sheet",
    "Column",
    "What",
    "Remedy",
)
_SENTENCES = frozenset({"问题", "怎么改", "What", "Remedy"})
_COMMENT = {"x_scale": 2, "author": "Tongban"}


def write_template() -> bytes:
    """The empty template: headings, lists of allowed values, explanation."""
    empty = (Table(name=name, headings=plan.headings, rows=()) for name, plan in PLANS.items())
    return _write(empty, explained=True)


def write_export(book: Book) -> bytes:
    """The template, filled in."""
    return _write(book.tables.values(), explained=True)


def write_report(book: Book, mistakes: Sequence[Mistake]) -> bytes:
    """The file as it was read, a comment beside each cell that needs mending, and a list of all."""
    return _write(book.tables.values(), explained=False, mistakes=mistakes)


def _write(tables: Iterable[Table], *, explained: bool, mistakes: Sequence[Mistake] = ()) -> bytes:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, _OPTIONS)
    pen = _Pen(workbook)
    beside: defaultdict[str, list[Mistake]] = defaultdict(list)
    for each in mistakes:
        beside[each.spot.sheet].append(each)
    if mistakes:
        pen.list_mistakes(mistakes)
    lists = pen.allowed_values() if explained else {}
    taken = set(OTHER_SHEETS)
    for table in tables:
        pen.table(table, _sheet_name(table.name, taken), beside[table.name], lists)
    if explained:
        pen.explanation()
    workbook.close()
    return data.getvalue()


class _Pen:
    """The formats of one workbook, and what is written with them."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._text = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._heading = workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1})
        self._needed = workbook.add_format({"bold": True, "bg_color": "#F6DFB8", "border": 1})
        self._wrong = workbook.add_format(
            {"num_format": "@", "bg_color": "#F8CBC4", "valign": "top", "text_wrap": True}
        )

    def table(
        self,
        table: Table,
        name: str,
        mistakes: Sequence[Mistake],
        lists: Mapping[Sequence[str], str],
    ) -> None:
        """One sheet with its rows where they stood."""
        sheet = self._workbook.add_worksheet(name)
        plan = PLANS.get(table.name)
        wrong = _comments(mistakes)
        for place, heading in enumerate(table.headings):
            column = plan.by_heading.get(heading) if plan else None
            sheet.set_column(place, place, _WIDE if column and column.wide else _WIDTH, self._text)
            sheet.write_string(0, place, protect(heading), self._heading_format(column, heading))
            if meaning := heading_in_english(table.name, heading):
                sheet.write_comment(0, place, meaning, {"author": "Tongban"})
            if column is not None and tuple(column.kind.allowed) in lists:
                source = lists[tuple(column.kind.allowed)]
                rule = {"validate": "list", "source": source, "ignore_blank": True}
                sheet.data_validation(1, place, _LISTED_ROWS, place, rule)
        for row in table.rows:
            for place, text in enumerate(row.cells):
                style = self._wrong if (row.number - 1, place) in wrong else self._text
                if text or style is self._wrong:
                    written = protect(text[: CELL_CHARACTERS_MAX - 1])
                    sheet.write_string(row.number - 1, place, written, style)
        for each in table.merged:
            # merge_range would write a blank into every cell of the range, however many.
            (first_row, first), (last_row, last) = corners_of(each)
            sheet.merge.append([first_row - 1, first, last_row - 1, last])
        for (line, place), words in wrong.items():
            sheet.write_comment(line, place, words, _COMMENT)
        sheet.freeze_panes(1, 1)

    def list_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        """The list of everything that is wrong."""
        sheet = self._workbook.add_worksheet(LIST_OF_MISTAKES)
        for place, heading in enumerate(_LISTED):
            sheet.set_column(place, place, _WIDE if heading in _SENTENCES else _WIDTH, self._text)
            sheet.write_string(0, place, heading, self._heading)
        for line, each in enumerate(mistakes, 1):
            for place, text in enumerate(_listed(each)):
                sheet.write_string(line, place, protect(text), self._text)
        sheet.freeze_panes(1, 0)

    def allowed_values(self) -> dict[Sequence[str], str]:
        """A hidden sheet of all lists; where each stands, by its values."""
        sheet = self._workbook.add_worksheet(ALLOWED)
        sheet.hide()
        found: dict[Sequence[str], str] = {}
        columns = (column for plan in PLANS.values() for column in plan.columns)
        for allowed in dict.fromkeys(tuple(each.kind.allowed) for each in columns):
            if allowed:
                place = len(found)
                sheet.write_column(0, place, allowed, self._text)
                letter = xl_col_to_name(place)
                found[allowed] = f"='{ALLOWED}'!${letter}$1:${letter}${len(allowed)}"
        return found

    def explanation(self) -> None:
        """What belongs where."""
        sheet = self._workbook.add_worksheet(EXPLANATION)
        sheet.set_column(0, 7, _WIDTH * 1.5, self._text)
        for line, row in enumerate(explanation_rows()):
            for place, text in enumerate(row):
                sheet.write_string(line, place, protect(text), self._text)

    def _heading_format(self, column: Column | None, heading: str) -> Any:
        needed = heading == CODE_HEADING or (column is not None and column.needed)
        return self._needed if needed else self._heading


def _comments(mistakes: Sequence[Mistake]) -> dict[tuple[int, int], str]:
    """What is said beside each cell; what concerns a whole sheet stands beside its first one."""
    found: dict[tuple[int, int], str] = {}
    for each in mistakes:
        place = (max(each.spot.row - 1, 0), each.spot.column)
        zh = f"{each.what.zh}。{each.remedy.zh}"
        words = f"{zh}\n{_meaning(each)}{each.what.en}; {each.remedy.en}"
        found[place] = f"{found[place]}\n{words}" if place in found else words
    return found


def _meaning(each: Mistake) -> str:
    """What the column is, before the English words: the cell stands below Chinese headings."""
    meaning = heading_in_english(each.spot.sheet, each.heading)
    return f"{meaning}: " if meaning else ""


def _listed(each: Mistake) -> tuple[str, ...]:
    return (
        each.spot.sheet,
        str(each.spot.row or ""),
        each.heading,
        each.spot.cell,
        each.item,
        each.what.zh,
        each.remedy.zh,
        sheet_in_english(each.spot.sheet),
        heading_in_english(each.spot.sheet, each.heading),
        each.what.en,
        each.remedy.en,
    )


def _sheet_name(name: str, taken: set[str]) -> str:
    """As spreadsheets allow it: 31 characters, some signs not among them, and each name once."""
    plain = "".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:_NAME_MAX] or "_"
    found, again = plain, 2
    while found.lower() in taken:
        end = f" ({again})"
        found, again = plain[: _NAME_MAX - len(end)] + end, again + 1
    taken.add(found.lower())
    return found
