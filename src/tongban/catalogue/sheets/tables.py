"""What a file says, as texts in cells, before anybody asks what they mean."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tongban.catalogue.sheets.mistakes import Mistake, SheetFault, Spot

#: Told what is being done, how much of it is done, and how much there is.
Tell = Callable[[str, int, int], None]

#: Far more than the items of any city have; a file beyond them is some other table.
ROWS_MAX = 400_000
COLUMNS_MAX = 200
CELL_CHARACTERS_MAX = 32_767


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row with at least one cell that is not empty; number: as spreadsheets count."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One sheet; headings: its first row, after which a row may wrongly have more cells.

    merged: ranges of merged cells, such as C7:C9.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class Book:
    """All sheets of a file by name, and what was wrong with cells before they were understood.

    covered: cells that a merged one hides, of which nothing more can be said.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    covered: set[Spot] = field(default_factory=set)


def without_empty_end(cells: Sequence[str], least: int = 0) -> tuple[str, ...]:
    """The cells up to the last that is not empty, and at least so many of those there are."""
    end = len(cells)
    while end > least and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])


def too_many_rows(name: str) -> SheetFault:
    """More than `ROWS_MAX`."""
    return SheetFault(
        (f"“{name}”超过{ROWS_MAX}行", f"{name} has more than {ROWS_MAX} rows"),
        ("分成几个文件", "divide the file"),
    )


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""
