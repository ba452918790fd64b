"""Every sheet of the workbook with its columns, in the order in which they stand.

Names of columns follow 实施清单 of GB/T 39046-2020 and the exchange tables of the national platform
where those have one; what is said in both languages has a second column for the English words.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from tongban.catalogue.sheets.basic_columns import basic_columns
from tongban.catalogue.sheets.columns import SheetPlan
from tongban.catalogue.sheets.part_sheets import PART_PLANS

#: Version of the template; it grows when a sheet or column is added, renamed or taken away.
TEMPLATE_VERSION = 2

BASIC_PLAN = SheetPlan(
    name="基本信息",
    english="Basic information",
    field="",
    columns=basic_columns(),
    rows_of=lambda item: (item,),
    put=lambda _item, _rows: None,
    paths=lambda _rows: iter(("",)),
)

#: Every sheet by its name.
PLANS: Mapping[str, SheetPlan] = MappingProxyType(
    {plan.name: plan for plan in (BASIC_PLAN, *PART_PLANS)}
)

#: Sheets that we write for people, and that are not read.
EXPLANATION, ALLOWED, LIST_OF_MISTAKES = "说明", "允许的值", "问题清单"
OTHER_SHEETS = frozenset({EXPLANATION, ALLOWED, LIST_OF_MISTAKES})


def plan_with(headings: Collection[str]) -> SheetPlan | None:
    """The sheet that has most of these headings; None where no sheet has two of them."""
    shared = {name: len(set(plan.headings) & set(headings)) for name, plan in PLANS.items()}
    name = max(shared, key=lambda each: shared[each])
    return PLANS[name] if shared[name] > 1 else None
