"""What a change would alter, cell by cell, for whoever has to answer for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tongban.catalogue.sheets.checking import Change
from tongban.catalogue.sheets.english import Heading
from tongban.catalogue.sheets.plans import BASIC_PLAN, PLANS
from tongban.catalogue.sheets.rows import Cells, rows_of_item

#: Changes with every version, and is shown beside the item's name.
_VERSION = "事项版本"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference(Heading):
    """before: "" for what is added; after: "" for what is taken away."""

    before: str
    after: str


def differences_of(change: Change) -> list[Difference]:
    """Each cell of the basic sheet and each row of the others; none for a new item."""
    if change.before is None:
        return []
    before, after = rows_of_item(change.before), rows_of_item(change.item)
    found = [*_cells(before[BASIC_PLAN.name][0], after[BASIC_PLAN.name][0])]
    for name in PLANS:
        if name != BASIC_PLAN.name:
            found += _rows(name, Counter(before[name]), Counter(after[name]))
    form = change.before.form != change.item.form
    if form and not any(each.heading == "申请表单" for each in found):
        found.append(Difference(sheet=BASIC_PLAN.name, heading="申请表单", before="…", after="…"))
    return found


def _cells(before: Cells, after: Cells) -> Iterator[Difference]:
    for heading, old, new in zip(BASIC_PLAN.headings, before, after, strict=True):
        if old != new and heading != _VERSION:
            yield Difference(sheet=BASIC_PLAN.name, heading=heading, before=old, after=new)


def _rows(name: str, before: Counter[Cells], after: Counter[Cells]) -> Iterator[Difference]:
    for row in before - after:
        yield Difference(sheet=name, heading="", before=_line(row), after="")
    for row in after - before:
        yield Difference(sheet=name, heading="", before="", after=_line(row))


def _line(row: Cells) -> str:
    return " · ".join(cell for cell in row[1:] if cell)
