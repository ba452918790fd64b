"""法定办结时限: the law's limit for the decision, from acceptance."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.item import Item


def rule(
    state: CaseState, item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """Where the item has a legal limit: 20 days for licences (行政许可法 42) or its own law's."""
    days = item.limits.legal_days
    if days is None or state.accepted_at is None or state.decided or state.ended:
        return None
    limit = Limit(rule="decision", leg=LegKind.REVIEW, basis=item.limits.basis, legal=True)
    return limit.from_instant(state.accepted_at, days, state.competent, calendar)
