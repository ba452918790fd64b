"""行政许可法 32(4): say what is missing within five days, or the case counts as accepted."""

from dataclasses import replace

from tongban.core.agreements.agreement import Agreement
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


#: 代为受理: what the counter received in the authority's name the authority has received.
AT_COUNTER = replace(
    LIMIT,
    basis=Words(
        zh="行政许可法第三十二条第一款第四项：五日内一次告知，逾期视为受理；代为受理，自窗口收到之日起算",
        en=(
            "Administrative Licensing Law, article 32(1)(4): tell everything within five days, or "
            "the case is deemed accepted; received on behalf, so counted from the counter's receipt"
        ),
    ),
)


def rule(
    state: CaseState, item: Item, calendar: WorkingCalendar, _agreement: Agreement | None
) -> Deadline | None:
    """Licences only; from receipt for the authority until it accepts, refuses or notifies.

    Until a case that the counter received on its behalf arrives, whoever holds it can tell.
    """
    began_at = state.days_run_from
    if item.type_code is not ItemType.LICENCE or began_at is None or _answered(state):
        return None
    party = state.competent if state.available_at else state.holder
    limit = AT_COUNTER if state.intake.on_behalf else LIMIT
    return limit.from_instant(began_at, DAYS, party, calendar)


def _answered(state: CaseState) -> bool:
    return bool(
        state.accepted_at
        or state.not_accepted_at
        or state.correction_notified_at
        or state.decided
        or state.ended
    )
