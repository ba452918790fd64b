"""约定时限: what two governments promised each other for the leg that runs, softer than the law."""

from collections.abc import Mapping

from tongban.core.agreements.agreement import Agreement
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.calendar import WorkingCalendar
from tongban.core.deadlines.deadline import Deadline, Limit
from tongban.core.items.item import Item
from tongban.core.words import Words


def rule(
    state: CaseState, _item: Item, calendar: WorkingCalendar, agreement: Agreement | None
) -> Deadline | None:
    """From the day on which the leg began, against whom it runs; spec/cases.md, "Deadlines"."""
    leg, basis = state.leg, state.pinned_basis
    if agreement is None or leg is None or basis is None or basis.clause is None:
        return None
    days = agreement.leg_days(basis.clause, leg.kind)
    if days is None:
        return None
    limit = Limit(rule="agreed", leg=leg.kind, basis=_basis(agreement, leg.kind), legal=False)
    return limit.from_instant(leg.began_at, days, leg.party, calendar)


def _basis(agreement: Agreement, leg: LegKind) -> Words:
    name = _LEGS[leg]
    return Words(
        zh=f"《{agreement.title.zh}》约定的{name.zh}时限",
        en=f"The limit for {name.en} agreed in “{agreement.title.en}”",
    )


_LEGS: Mapping[LegKind, Words] = {
    LegKind.TRANSIT: Words(zh="转送", en="the way between two places"),
    LegKind.ACCEPTANCE: Words(zh="受理", en="acceptance"),
    LegKind.CORRECTION: Words(zh="补正", en="the applicant's correction"),
    LegKind.REVIEW: Words(zh="审查", en="review"),
    LegKind.DELIVERY: Words(zh="送达", en="delivery"),
}
