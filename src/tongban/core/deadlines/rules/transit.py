"""A hand-over arrives: by the next working day, or people ask what is wrong with the line."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.item import Item
from tongban.core.words import Words

#: In transit the sender stays responsible (spec/cases.md, "Custody"), so the limit is the sender's.
LIMIT = Limit(
    rule="transit",
    leg=LegKind.TRANSIT,
    basis=Words(
        zh="对方确认接收前由发出方负责（法律未定天数，按一个工作日提醒）",
        en="Until receipt is confirmed the sender answers (a reminder after one working day)",
    ),
    legal=False,
)


def rule(
    state: CaseState, _item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """From the hand-over until its outcome is known."""
    if state.transit is None or state.leg is None:
        return None
    return LIMIT.from_instant(state.leg.began_at, 1, state.transit.sender, calendar)
