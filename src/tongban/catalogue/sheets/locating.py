"""From the field that a rule names to the cell in which its author wrote it."""

from tongban.catalogue.sheets.assembling import Assembled, Read
from tongban.catalogue.sheets.columns import CODE_HEADING, Column
from tongban.catalogue.sheets.mistakes import Mistake, Spot
from tongban.catalogue.sheets.plans import BASIC_PLAN, PLANS
from tongban.core.items.problem import Problem

#: Fields that stand in cells under another name.
_RENAMED = (("fees[0]", "fee"), ("form", "form_name"), ("results[0]", "result"))


def locate(assembled: Assembled, problem: Problem) -> Mistake:
    """The problem as a mistake of a cell; of the item's first row where it has no cell."""
    field = _named_here(problem.field)
    path = _path(assembled, field)
    read = assembled.sheets.get(path)
    spot, heading = assembled.begins, _sheet_of(field)
    if read is not None:
        column = _column(read, field.removeprefix(path).removeprefix("."))
        place = read.position(column) if column else spot.column
        spot = Spot(sheet=read.table.name, row=assembled.spots[path].row, column=place)
        heading = column.heading if column else (heading if not path else CODE_HEADING)
    return Mistake(
        spot=spot,
        heading=heading,
        item=assembled.code,
        what=problem.reason,
        remedy=problem.remedy,
    )


def _named_here(field: str) -> str:
    if field.startswith("fees[") and not field.startswith("fees[0]"):
        number, _, rest = field.removeprefix("fees[").partition("]")
        return f"further_fees[{int(number) - 1}]{rest}"
    for name, here in _RENAMED:
        if field.startswith(name):
            return here + field.removeprefix(name)
    return field


def _path(assembled: Assembled, field: str) -> str:
    """The row that the field belongs to: the longest path that begins it, or else the first."""
    way = field
    while way:
        if way in assembled.spots:
            return way
        way = way.rpartition(".")[0]
    first = next((path for path in assembled.spots if path.startswith(f"{field}[")), "")
    return first or next((path for path in assembled.spots if path.startswith(f"{field}.")), "")


def _column(read: Read, rest: str) -> Column | None:
    """The column of the rest of a field's path; a group such as "limits" is its first column.

    A row as a whole is what it is called by: its first column.
    """
    if not rest:
        return read.plan.columns[0] if read.plan.field else None
    plain = rest.partition("[")[0]
    for _, column in read.columns:
        if column.key == plain or column.key.startswith(f"{plain}."):
            return column
    return next((c for _, c in read.columns if plain.startswith(f"{c.key}.")), None)


def _sheet_of(field: str) -> str:
    """The sheet on which the field would stand, for what has no row there."""
    name = field.partition("[")[0].partition(".")[0]
    plan = next((plan for plan in PLANS.values() if plan.field and plan.field == name), BASIC_PLAN)
    return plan.name if plan is not BASIC_PLAN else CODE_HEADING
