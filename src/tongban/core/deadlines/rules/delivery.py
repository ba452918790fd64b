"""行政许可法 44: deliver the licence within ten days of the decision."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.events import Verdict
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.classification import ItemType
from tongban.core.items.item import Item
from tongban.core.words import Words

DAYS = 10

LIMIT = Limit(
    rule="delivery",
    leg=LegKind.DELIVERY,
    basis=Words(
        zh="行政许可法第四十四条：作出准予决定之日起十日内颁发、送达",
        en="Administrative Licensing Law, article 44: delivered within ten days of the decision",
    ),
    legal=True,
)


def rule(
    state: CaseState, item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """Granted licences only; against whoever holds the result."""
    decision = state.decided
    if item.type_code is not ItemType.LICENCE or decision is None or state.ended:
        return None
    if decision.verdict is not Verdict.GRANTED:
        return None
    return LIMIT.from_instant(decision.at, DAYS, state.holder, calendar)
