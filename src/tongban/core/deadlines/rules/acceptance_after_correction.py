"""行政许可法 32(5): once everything asked for is there, acceptance is owed."""

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.classification import ItemType
from tongban.core.items.item import Item
from tongban.core.words import Words

DAYS = 5

LIMIT = Limit(
    rule="acceptance_after_correction",
    leg=LegKind.ACCEPTANCE,
    basis=Words(
        zh="行政许可法第三十二条第一款第五项：提交全部补正材料的应当受理（未定天数，按五个工作日提醒）",
        en=(
            "Administrative Licensing Law, article 32(1)(5): a corrected case must be accepted "
            "(no days are set; a reminder after five working days)"
        ),
    ),
    legal=False,
)


def rule(
    state: CaseState, item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """Licences only; from availability of the completed correction until acceptance.

    From the counter's receipt of it where the counter receives on the authority's behalf.
    """
    if item.type_code is not ItemType.LICENCE or state.corrected_available_at is None:
        return None
    if state.accepted_at or state.decided or state.ended:
        return None
    on_behalf = state.corrected_at if state.intake.on_behalf else None
    began_at = on_behalf or state.corrected_available_at
    return LIMIT.from_instant(began_at, DAYS, state.competent, calendar)
