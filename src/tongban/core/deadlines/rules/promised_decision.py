"""承诺办结时限: what the authority promised, shorter than the law and softer."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.item import Item
from tongban.core.words import Words

LIMIT = Limit(
    rule="promised_decision",
    leg=LegKind.REVIEW,
    basis=Words(zh="办事指南公布的承诺办结时限", en="The limit promised in the published guide"),
    legal=False,
)


def rule(
    state: CaseState, item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """From acceptance until the decision."""
    if state.accepted_at is None or state.decided or state.ended:
        return None
    days = item.limits.promised_days
    return LIMIT.from_instant(state.accepted_at, days, state.competent, calendar)
