"""行政许可法 32(4): say what is missing within five days, or the case counts as accepted."""

from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Effect, Limit
from tongban.core.items.classification import ItemType
from tongban.core.items.item import Item
from tongban.core.words import Words

DAYS = 5

LIMIT = Limit(
    rule="correction_notice",
    leg=LegKind.ACCEPTANCE,
    basis=Words(
        zh="行政许可法第三十二条第一款第四项：五日内一次告知，逾期视为受理",
        en=(
            "Administrative Licensing Law, article 32(1)(4): "
            "tell everything within five days, or the case is deemed accepted"
        ),
    ),
    legal=True,
    effect=Effect.DEEMED_ACCEPTANCE,
)


def rule(state: CaseState, item: Item, calendar: WorkingCalendar) -> Deadline | None:
    """Licences only; from availability at the authority until it accepts, refuses or notifies."""
    if item.type_code is not ItemType.LICENCE or state.available_at is None or _answered(state):
        return None
    return LIMIT.from_instant(state.available_at, DAYS, state.competent, calendar)


def _answered(state: CaseState) -> bool:
    return bool(
        state.accepted_at
        or state.not_accepted_at
        or state.correction_notified_at
        or state.decided
        or state.ended
    )
