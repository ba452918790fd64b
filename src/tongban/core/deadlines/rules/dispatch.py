"""The counter passes on what it received: by the next working day."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import ActKind, LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.item import Item
from tongban.core.words import Words

#: No law counts days here; 收受分离 only works if the counter does not sit on papers.
LIMIT = Limit(
    rule="dispatch",
    leg=LegKind.INTAKE,
    basis=Words(
        zh="收受分离：收件地应及时转交（法律未定天数，按一个工作日提醒）",
        en="Intake passes cases on promptly (no law counts days; a reminder after one working day)",
    ),
    legal=False,
)


def rule(
    state: CaseState, _item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """From take-in until the dispatch is on its way; not while the applicant supplies something."""
    if state.done(ActKind.DISPATCH) or state.leg is None or state.leg.kind is not LegKind.INTAKE:
        return None
    began_at = state.corrected_at or state.intake.taken_in_at
    return LIMIT.from_instant(began_at, 1, state.holder, calendar)
