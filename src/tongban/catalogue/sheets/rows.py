"""From items to the rows of each sheet."""

from collections.abc import Mapping, Sequence

import msgspec

from tongban.catalogue.sheets.columns import Plain, SheetPlan, get
from tongban.catalogue.sheets.forms import name_of_form
from tongban.catalogue.sheets.plans import PLANS
from tongban.catalogue.sheets.tables import Book, Row, Table, Tell, silent
from tongban.core.items.item import Item

Cells = tuple[str, ...]
_ROUND = 100


def book_of(items: Sequence[Item], tell: Tell = silent) -> Book:
    """Every sheet with the items' rows, also sheets on which nothing stands."""
    rows: dict[str, list[Row]] = {name: [] for name in PLANS}
    for done, item in enumerate(items):
        if done % _ROUND == 0:
            tell("write", done, len(items))
        for name, cells in rows_of_item(item).items():
            first = len(rows[name]) + 2
            rows[name] += [Row(number=first + n, cells=each) for n, each in enumerate(cells)]
    tell("write", len(items), len(items))
    return Book(
        tables={
            name: Table(name=name, headings=plan.headings, rows=tuple(rows[name]))
            for name, plan in PLANS.items()
        }
    )


def rows_of_item(item: Item) -> Mapping[str, Sequence[Cells]]:
    """The item's rows by sheet."""
    plain: Plain = msgspec.to_builtins(item)
    plain |= {
        "services": dict.fromkeys(plain["services"], True),
        "is_fee": bool(item.fees),
        "form_name": name_of_form(item),
    }
    return {
        name: [_cells(item.code, plan, row) for row in plan.rows_of(plain)]
        for name, plan in PLANS.items()
    }


def _cells(code: str, plan: SheetPlan, row: Plain) -> Cells:
    texts = []
    for column in plan.columns:
        value = get(row, column.key)
        texts.append("" if value is None else column.kind.write(value))
    return (code, *texts)
