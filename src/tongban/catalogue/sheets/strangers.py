"""Codes on other sheets that no row of 基本信息 and no item that stands has."""

from collections.abc import Iterable, Mapping, Sequence

from tongban.catalogue.sheets.columns import CODE_HEADING
from tongban.catalogue.sheets.mistakes import Mistake, Spot, mistake
from tongban.catalogue.sheets.plans import BASIC_PLAN
from tongban.catalogue.sheets.tables import Row


def stranger(code: str, spots: Sequence[Spot], basic: Mapping[str, tuple[Row, ...]]) -> Mistake:
    """The mistake of a code, once for all sheets; spots: its first row on each of them.

    basic: the rows of 基本信息 by their codes.
    """
    others = len(spots) - 1
    near = _near(code, basic)
    row = basic[near][0].number if near else 0
    meant = (
        (f"；那里第{row}行的“{near}”只差一点", f"; its row {row} has {near}") if near else ("", "")
    )
    return mistake(
        spots[0],
        (
            f"没有事项“{code}”" + (f"，另有{others}张表也写了它" if others else ""),
            f"there is no item {code}" + (f", which {others} more sheets name" if others else ""),
        ),
        (
            f"在“{BASIC_PLAN.name}”里加上它，或者改正编码{meant[0]}",
            f"add it on the sheet {BASIC_PLAN.both}, or mend the code{meant[1]}",
        ),
        heading=CODE_HEADING,
        item=code,
    )


def _near(code: str, codes: Iterable[str]) -> str:
    """The code that was mistyped in one sign, or with two in each other's place; "" for none."""
    return next((each for each in codes if _is_mistyped(code, each)), "")


def _is_mistyped(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    places = [place for place, sign in enumerate(one) if sign != other[place]]
    if len(places) <= 1:
        return True
    first, *rest = places
    return rest == [first + 1] and one[first : first + 2] == other[first + 1] + other[first]
