"""From rows to items as mappings, each with where in the file its parts were read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

import msgspec

from tongban.catalogue.sheets.columns import (
    CODE_ENGLISH,
    CODE_HEADING,
    Column,
    Plain,
    SheetPlan,
    clear,
    get,
    put,
    with_meaning,
)
from tongban.catalogue.sheets.editions import Edition, edition_of
from tongban.catalogue.sheets.mistakes import (
    CellUnreadable,
    Mistake,
    Mistakes,
    Pair,
    Spot,
    mistake,
)
from tongban.catalogue.sheets.no_values import check_value
from tongban.catalogue.sheets.plans import BASIC_PLAN, PLANS, plan_with
from tongban.catalogue.sheets.strangers import stranger
from tongban.catalogue.sheets.tables import Book, Row, Table, without_empty_end
from tongban.core.items.item import Item

#: The columns that tell versions of one item apart.
_OF_EDITIONS = ("version", "effective_from")
#: Above the headings people write what the table is and who filled it in.
_TITLE_ROWS = 5
_CODE_BOTH = with_meaning(CODE_HEADING, CODE_ENGLISH)


@dataclass(kw_only=True, slots=True)
class Assembled:
    """An item as its rows say it. spots: first cell of a row by the path of what it says.

    sheets: by the same paths. begins: the first of its rows in the file. edition: of what stands,
    the version that it changes.
    """

    code: str
    plain: Plain
    begins: Spot
    edition: Edition
    spots: dict[str, Spot] = field(default_factory=dict)
    sheets: dict[str, "Read"] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A sheet with the plan by which it is read, and where each known column stands."""

    table: Table
    plan: SheetPlan
    columns: tuple[tuple[int, Column], ...]
    rows: Mapping[str, tuple[Row, ...]]

    def position(self, column: Column) -> int:
        """Where the column stands in the file; 0 where it does not."""
        return next((place for place, each in self.columns if each is column), 0)

    def said(self, row: Row) -> Plain:
        """What can be read in the cells that say which version a row is about."""
        found: Plain = {}
        for place, column in self.columns:
            if column.key in _OF_EDITIONS and place < len(row.cells):
                with suppress(CellUnreadable):
                    found[column.key] = column.kind.read(row.cells[place])
        return found


def assemble(
    book: Book, present: Mapping[str, Sequence[Item]], today: date, mistakes: Mistakes
) -> list[Assembled]:
    """Every item that the file names; what cannot be understood becomes a mistake.

    present: by code the version that holds and those to come.
    """
    mistakes.spots |= book.covered
    taken = [_read(table, mistakes) for table in book.tables.values()]
    sheets = {read.plan.name: read for read in taken if read is not None}
    complete = BASIC_PLAN.name in sheets or BASIC_PLAN.name not in book.tables
    begun = _items(sheets, present, today, mistakes, complete=complete)
    if not begun and not mistakes.found:
        mistakes.add(_nothing())
    for assembled in begun.values():
        _fill(assembled, sheets, mistakes)
    return list(begun.values())


def _nothing() -> Mistake:
    return mistake(
        Spot(sheet=BASIC_PLAN.name),
        ("文件里没有事项", "the file has no items"),
        ("下载模板，填写后再传", "take the template and fill it in"),
    )


def _read(table: Table, mistakes: Mistakes) -> Read | None:
    """The sheet with its plan; None where nothing of it can be read."""
    plan = PLANS.get(table.name)
    if plan is None:
        mistakes.add(_unknown_sheet(table))
        return None
    if CODE_HEADING not in table.headings:
        mistakes.add(_without_headings(table))
        return None
    columns = tuple(_known(table, plan, mistakes))
    here = {column.key for _, column in columns}
    if plan is not BASIC_PLAN:
        for each in plan.columns:
            if each.needed and each.key not in here:
                mistakes.add(_lacks(table, each.heading, each.both))
    return Read(table=table, plan=plan, columns=columns, rows=_by_item(table, mistakes))


def _unknown_sheet(table: Table) -> Mistake:
    known = plan_with(table.headings)
    if known is not None:
        return mistake(
            Spot(sheet=table.name, row=1),
            (f"按列名这是“{known.name}”，名字却不是", f"by its headings this is {known.both}"),
            (
                f"把这些行放进“{known.name}”里，只留一张",
                f"put its rows on the one sheet {known.both}",
            ),
        )
    return mistake(
        Spot(sheet=table.name),
        ("模板里没有这张工作表", "the template has no such sheet"),
        (
            f"删掉，或者改成其中一个名字：{'、'.join(PLANS)}",
            f"delete it, or name it as one of these: {', '.join(p.both for p in PLANS.values())}",
        ),
    )


def _without_headings(table: Table) -> Mistake:
    """The first column is missing; or a title stands above the headings."""
    below = next((row.number for row in table.rows[:_TITLE_ROWS] if CODE_HEADING in row.cells), 0)
    if not below:
        return _lacks(table, CODE_HEADING, _CODE_BOTH)
    return mistake(
        Spot(sheet=table.name, row=1),
        (
            f"列名在第{below}行，上面还有别的行",
            f"the headings stand on row {below}, not on the first",
        ),
        ("删掉列名上面的行", "delete the rows above them"),
        heading=CODE_HEADING,
    )


def _lacks(table: Table, heading: str, both: str) -> Mistake:
    return mistake(
        Spot(sheet=table.name, row=1),
        (f"缺少“{heading}”一列", f"the column {both} is missing"),
        ("从模板里补上这一列", "take the column from the template"),
        heading=heading,
    )


def _known(table: Table, plan: SheetPlan, mistakes: Mistakes) -> Iterator[tuple[int, Column]]:
    seen: set[str] = {CODE_HEADING}
    for place, heading in enumerate(table.headings):
        spot = Spot(sheet=table.name, row=1, column=place)
        column = plan.by_heading.get(heading)
        if column is not None and heading not in seen:
            seen.add(heading)
            yield place, column
        elif column is not None or (heading == CODE_HEADING and place != _code_place(table)):
            what: Pair = ("这一列出现两次", "the column is there twice")
            mistakes.add(mistake(spot, what, ("删掉一列", "delete one"), heading=heading))
        elif heading != CODE_HEADING:
            what = (f"没有“{heading}”这一列", f"there is no column {heading}")
            remedy = ("按模板改列名，或者删掉这一列", "name it as the template does, or delete it")
            mistakes.add(mistake(spot, what, remedy, heading=heading))


def _code_place(table: Table) -> int:
    return table.headings.index(CODE_HEADING)


def _by_item(table: Table, mistakes: Mistakes) -> dict[str, tuple[Row, ...]]:
    """Rows by the item that they name."""
    place, found = _code_place(table), dict[str, list[Row]]()
    said: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        spot = Spot(sheet=table.name, row=row.number, column=place)
        # Codes are ASCII: what Chinese keyboards write in full width is meant.
        code = normalize("NFKC", row.cells[place]) if place < len(row.cells) else ""
        cells = without_empty_end(row.cells)
        _note_further_cells(table, row, mistakes)
        if spot in mistakes.spots or _is_no_value(code, spot, mistakes):
            continue
        if not code.isascii() and sum(map(bool, row.cells)) == 1:
            what = ("这一行只有一格，像是备注", "there is only this cell on the row, as in a note")
            remedy = ("删掉这一行，备注写在别处", "delete the row, and keep the note elsewhere")
            mistakes.add(mistake(spot, what, remedy, heading=CODE_HEADING))
        elif not code:
            what = ("没有写是哪个事项", "it does not say of which item it is")
            remedy = (f"填写{CODE_HEADING}", f"fill in {_CODE_BOTH}")
            mistakes.add(mistake(spot, what, remedy, heading=CODE_HEADING))
        elif cells in said:
            what = (f"与第{said[cells]}行完全相同", f"it repeats row {said[cells]}")
            remedy = ("删掉其中一行", "delete one of the two")
            mistakes.add(mistake(spot, what, remedy, heading=CODE_HEADING, item=code))
        else:
            said[cells] = row.number
            found.setdefault(code, []).append(row)
    return {code: tuple(rows) for code, rows in found.items()}


def _note_further_cells(table: Table, row: Row, mistakes: Mistakes) -> None:
    """Cells after the last heading are not read; one of them says it for the row."""
    further = row.cells[len(table.headings) :]
    if not any(further):
        return
    place = len(table.headings) + next(n for n, text in enumerate(further) if text)
    what = ("这一格上面没有列名，不读", "nothing stands above this cell, so it is not read")
    remedy = (
        "补上列名，或者删掉；CSV 里带逗号的文字要用引号括起来",
        "name the column or delete it; in CSV, text with a comma stands in quotation marks",
    )
    mistakes.add(mistake(Spot(sheet=table.name, row=row.number, column=place), what, remedy))


def _is_no_value(code: str, spot: Spot, mistakes: Mistakes) -> bool:
    try:
        check_value(code)
    except CellUnreadable as fault:
        mistakes.add(mistake(spot, fault.what, fault.remedy, heading=CODE_HEADING))
        return True
    return False


def _items(
    sheets: Mapping[str, Read],
    present: Mapping[str, Sequence[Item]],
    today: date,
    mistakes: Mistakes,
    *,
    complete: bool,
) -> dict[str, Assembled]:
    """An item for every code; a code of which nothing is known is a mistake on its first row.

    complete: whether every sheet could be read, so that a code is known to stand nowhere.
    """
    begun: dict[str, Assembled] = {}
    strangers = dict[str, list[Spot]]()
    basic = sheets.get(BASIC_PLAN.name)
    for read in sorted(sheets.values(), key=lambda each: each is not basic):
        for code, rows in read.rows.items():
            if code in begun:
                continue
            place = _code_place(read.table)
            spot = Spot(sheet=read.table.name, row=rows[0].number, column=place)
            if read is not basic and code not in present:
                strangers.setdefault(code, []).append(spot)
                continue
            edition = _edition(present.get(code, ()), basic, code, today)
            plain = _begin(code, edition.base)
            begun[code] = Assembled(code=code, plain=plain, begins=spot, edition=edition)
    for code, spots in strangers.items() if complete else ():
        mistakes.add(stranger(code, spots, basic.rows if basic else {}))
    return begun


def _edition(versions: Sequence[Item], basic: Read | None, code: str, today: date) -> Edition:
    """The version that the item's row on the first sheet means."""
    if len(versions) <= 1:
        return edition_of(versions, version=None, first_day=None, today=today)
    row = next(iter(basic.rows.get(code, ())), None) if basic else None
    said = basic.said(row) if basic and row else {}
    first = said.get("effective_from")
    return edition_of(
        versions,
        version=said.get("version"),
        first_day=date.fromisoformat(first) if first else None,
        today=today,
    )


def _begin(code: str, known: Item | None) -> Plain:
    """What stands now, which the file changes; services as a mapping, as their columns are."""
    plain: Plain = msgspec.to_builtins(known) if known else {"code": code}
    plain = {name: value for name, value in plain.items() if value is not None}
    plain["services"] = dict.fromkeys(plain.get("services", ()), True)
    return plain


def _fill(assembled: Assembled, sheets: Mapping[str, Read], mistakes: Mistakes) -> None:
    basic = sheets.get(BASIC_PLAN.name)
    in_basic = basic is not None and assembled.code in basic.rows
    for read in sheets.values():
        rows = read.rows.get(assembled.code, ())
        cells = Cells(read=read, item=assembled.code, mistakes=mistakes)
        if read is basic:
            _fill_basic(assembled, read, rows, cells)
        elif rows or in_basic:
            plains = [cells.read_row(row, {}) for row in rows]
            read.plan.put(assembled.plain, plains)
            for path, row in zip(read.plan.paths(plains), rows, strict=True):
                assembled.spots[path] = Spot(sheet=read.table.name, row=row.number)
                assembled.sheets[path] = read


def _fill_basic(assembled: Assembled, read: Read, rows: tuple[Row, ...], cells: "Cells") -> None:
    for index, row in enumerate(rows):
        spot = Spot(sheet=read.table.name, row=row.number, column=_code_place(read.table))
        if index:
            what = (
                f"第{rows[0].number}行已经有这个编码",
                f"row {rows[0].number} has this code already",
            )
            remedy = ("一个事项只写一行", "an item has one row here")
            cells.complain(spot, what, remedy, CODE_HEADING)
        else:
            cells.read_row(row, assembled.plain)
            assembled.spots[""] = spot
            assembled.sheets[""] = read


@dataclass(frozen=True, kw_only=True, slots=True)
class Cells:
    """Reads the rows of one item on one sheet."""

    read: Read
    item: str
    mistakes: Mistakes

    def read_row(self, row: Row, into: Plain) -> Plain:
        """Put what the row says in its place; returns the same mapping."""
        for place, column in self.read.columns:
            spot = Spot(sheet=self.read.table.name, row=row.number, column=place)
            text = row.cells[place] if place < len(row.cells) else ""
            self._read_cell(spot, column, text, into)
        self._want_both_languages(row, into)
        self._want_columns(row, into)
        return into

    def complain(self, spot: Spot, what: Pair, remedy: Pair, heading: str) -> None:
        """Note a mistake of this item."""
        self.mistakes.add(mistake(spot, what, remedy, heading=heading, item=self.item))

    def _read_cell(self, spot: Spot, column: Column, text: str, into: Plain) -> None:
        if text and spot not in self.mistakes.spots:
            try:
                check_value(text)
                put(into, column.key, column.kind.read(text))
            except CellUnreadable as fault:
                self.complain(spot, fault.what, fault.remedy, column.heading)
            else:
                return
        elif column.needed and spot not in self.mistakes.spots:
            what = ("这里要填写", "it has to be filled in")
            self.complain(spot, what, column.kind.says, column.heading)
        if column.needed:
            put(into, column.key, column.kind.stand_in)
        else:
            clear(into, column.key)

    def _want_columns(self, row: Row, into: Plain) -> None:
        """What a new item needs, and the sheet has no column for."""
        for column in self.read.plan.columns:
            if column.needed and get(into, column.key) is None:
                put(into, column.key, column.kind.stand_in)
                if self.read.plan is BASIC_PLAN:
                    spot = Spot(sheet=self.read.table.name, row=row.number)
                    what = (f"缺少“{column.heading}”", f"{column.both} is missing")
                    remedy = ("从模板里补上这一列", "take the column from the template")
                    self.complain(spot, what, remedy, column.heading)

    def _want_both_languages(self, row: Row, into: Plain) -> None:
        """What is said in one language is said in the other one too."""
        for place, column in self.read.columns:
            way, _, language = column.key.rpartition(".")
            if column.needed or language not in {"zh", "en"}:
                continue
            other = {"zh": "en", "en": "zh"}[language]
            if get(into, column.key) is None and get(into, f"{way}.{other}") is not None:
                spot = Spot(sheet=self.read.table.name, row=row.number, column=place)
                what = ("中文和英文都要写", "it has to be said in Chinese and in English")
                remedy = ("填写，或者两格都空着", "fill it in, or leave both empty")
                self.complain(spot, what, remedy, column.heading)
                put(into, column.key, "")
