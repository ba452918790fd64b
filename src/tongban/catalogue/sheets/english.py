"""What the names of sheets and columns mean in English; files have the Chinese ones only."""

from tongban.catalogue.sheets.columns import CODE_ENGLISH, CODE_HEADING
from tongban.catalogue.sheets.plans import PLANS


def sheet_in_english(name: str) -> str:
    """What the sheet is called in English; "" for one that the template has not."""
    plan = PLANS.get(name)
    return plan.english if plan else ""


def heading_in_english(sheet: str, heading: str) -> str:
    """What a heading on that sheet means; "" for one that the template has not.

    What is said of a sheet as a whole has the name of the sheet instead of a heading.
    """
    if heading == CODE_HEADING:
        return CODE_ENGLISH
    plan = PLANS.get(sheet)
    column = plan.by_heading.get(heading) if plan else None
    return column.english if column else sheet_in_english(heading)
