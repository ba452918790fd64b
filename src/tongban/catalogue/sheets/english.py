"""What the names of sheets and columns mean in English; files have the Chinese ones only."""

from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """Under which heading of which sheet something is said."""

    sheet: str
    heading: str

    @property
    def sheet_meaning(self) -> str:
        """The sheet's name in English."""
        return sheet_in_english(self.sheet)

    @property
    def heading_meaning(self) -> str:
        """What the column is, in English."""
        return heading_in_english(self.sheet, self.heading)
