"""One rule a file, found through a table; each answers a Deadline while its limit runs."""

from collections.abc import Callable, Mapping

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline
from tongban.core.deadlines.rules import (
    acceptance_after_correction,
    agreed,
    correction_notice,
    decision,
    delivery,
    dispatch,
    promised_decision,
    transit,
)
from tongban.core.items.item import Item

#: The case, the version of its item and the agreement that it pins; None where it pins none.
Rule = Callable[[CaseState, Item, WorkingCalendar, Agreement | None], Deadline | None]

RULES: Mapping[str, Rule] = {
    "dispatch": dispatch.rule,
    "transit": transit.rule,
    "correction_notice": correction_notice.rule,
    "acceptance_after_correction": acceptance_after_correction.rule,
    "promised_decision": promised_decision.rule,
    "decision": decision.rule,
    "delivery": delivery.rule,
    "agreed": agreed.rule,
}
