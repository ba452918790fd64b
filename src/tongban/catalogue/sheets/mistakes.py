"""What is wrong with a spreadsheet: mistakes in its cells, and files that cannot be read at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tongban.core.words import Words

#: The Chinese words, then the English.
Pair = tuple[str, str]


class SheetFault(Exception):
    """The file cannot be read; show `words` to whoever gave it. Nothing was imported."""

    def __init__(self, what: Pair, remedy: Pair) -> None:
        self.words = Words(zh=f"{what[0]}；{remedy[0]}", en=f"{what[1]}; {remedy[1]}")
        super().__init__(self.words.en)
        self._what = what
        self._remedy = remedy

    def of_file(self, name: str) -> "SheetFault":
        """The same of one file among several."""
        what = (f"{name}：{self._what[0]}", f"{name}: {self._what[1]}")
        return SheetFault(what, self._remedy)


class CellUnreadable(Exception):
    """A cell does not hold what its column asks for; say so beside the cell."""

    def __init__(self, what: Pair, remedy: Pair) -> None:
        super().__init__(what[1])
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A cell: its sheet, its row as spreadsheets count (the heading is 1), its column from 0.

    row is 0 for the sheet as a whole.
    """

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """As spreadsheets name it, such as C7; "" for the sheet as a whole."""
        return f"{column_letters(self.column)}{self.row}" if self.row else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One thing to mend. heading: of the column; item: 实施编码 of the row, "" where unknown."""

    spot: Spot
    heading: str
    item: str
    what: Words
    remedy: Words


@dataclass(kw_only=True, slots=True)
class Mistakes:
    """What was found so far; spots: cells that need no second complaint."""

    found: list[Mistake] = field(default_factory=list)
    spots: set[Spot] = field(default_factory=set)

    def add(self, each: Mistake) -> None:
        """Note one more."""
        self.found.append(each)
        self.spots.add(each.spot)

    def in_order(self, sheets: Sequence[str]) -> tuple[Mistake, ...]:
        """Each once, sheet by sheet as the file has them and row by row."""
        places = {name: place for place, name in enumerate(sheets)}
        return tuple(
            sorted(
                dict.fromkeys(self.found),
                key=lambda each: (
                    places.get(each.spot.sheet, -1),
                    each.spot.sheet,
                    each.spot.row,
                    each.spot.column,
                ),
            )
        )


def mistake(spot: Spot, what: Pair, remedy: Pair, *, heading: str = "", item: str = "") -> Mistake:
    """A mistake from pairs of Chinese and English."""
    return Mistake(
        spot=spot,
        heading=heading,
        item=item,
        what=_words(what),
        remedy=_words(remedy),
    )


def column_letters(column: int) -> str:
    """A, B, …, Z, AA for columns from 0."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


def _words(pair: Pair) -> Words:
    return Words(zh=pair[0], en=pair[1])
