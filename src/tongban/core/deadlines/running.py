"""Which deadlines run on a case now."""

from tongban.core.agreements.document import Agreement, Document
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline
from tongban.core.deadlines.rules import RULES
from tongban.core.items.item import Item


def deadlines_of(
    state: CaseState, item: Item, calendar: WorkingCalendar, document: Document | None = None
) -> tuple[Deadline, ...]:
    """Every deadline that runs, the earliest first; among equals the law's before a promise.

    document: the one that the case pins (`CaseState.pinned_basis`), for what is agreed in it.
    """
    agreement = document if isinstance(document, Agreement) else None
    found = (rule(state, item, calendar, agreement) for rule in RULES.values())
    running = (deadline for deadline in found if deadline)
    return tuple(sorted(running, key=lambda deadline: (deadline.due_on, not deadline.legal)))
