"""The one sentence on top of every case: who holds it, what happens next, by when."""

from collections.abc import Callable, Mapping
from datetime import date

from tongban.core.cases.events import Delivery, Verdict
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.deadline import Deadline
from tongban.core.items.item import Item
from tongban.core.words import Language, Words

PlaceNames = Mapping[str, Words]


def sentence(
    state: CaseState,
    item: Item,
    deadline: Deadline | None,
    place_names: PlaceNames,
    language: Language,
    *,
    remaining: int | None = None,
) -> str:
    """One sentence in plain words, without its full stop.

    deadline: the one that matters most, for the date. place_names: short names by node. remaining:
    its working days left (`remaining_days`), for those who shall read a count.
    """
    words = _standing(state, item, place_names)
    by_when = _by_when(deadline, remaining) if deadline and not state.transit else None
    if by_when is None:
        return words.in_language(language)
    joint = "，" if language is Language.CHINESE else ", "
    return f"{words.in_language(language)}{joint}{by_when.in_language(language)}"


def _standing(state: CaseState, item: Item, places: PlaceNames) -> Words:
    if state.transit:
        return _in_transit(_place(state.transit.sender, places))
    leg = state.leg
    if leg is None:
        return _ended(state)
    return _LEGS[leg.kind](state, item, _place(state.holder, places))


def _in_transit(sender: Words) -> Words:
    return Words(
        zh=f"已发出，等待对方接收；在此之前由{sender.zh}负责",
        en=f"Sent and not yet received by the other side; until then {sender.en} is responsible",
    )


def _ended(state: CaseState) -> Words:
    if state.withdrawn_at:
        return Words(zh="已按申请人的要求撤回", en="Withdrawn as the applicant asked")
    if state.decided is None:
        return Words(zh="不予受理，已办结", en="Not accepted; closed")
    if state.decided.verdict is Verdict.REFUSED:
        return Words(zh="不予办理的决定已送达，已办结", en="Refused; the decision was delivered")
    return Words(zh="已办结，结果已送达", en="Done; the result was delivered")


def _intake(_state: CaseState, _item: Item, place: Words) -> Words:
    return Words(
        zh=f"{place.zh}已收件，等待发往决定机关",
        en=f"Taken in by {place.en}, waiting to be sent to the deciding authority",
    )


def _acceptance(state: CaseState, item: Item, _place: Words) -> Words:
    if state.corrected_at:
        return Words(
            zh=f"已补正，等待{item.organisation.name.zh}受理",
            en=f"Corrected; {item.organisation.name.en} must now accept it",
        )
    return Words(
        zh=f"等待{item.organisation.name.zh}受理",
        en=f"Waiting for {item.organisation.name.en} to accept it",
    )


def _correction(state: CaseState, _item: Item, place: Words) -> Words:
    count = len(state.correction)
    return Words(
        zh=f"需要补正 {count} 处，请在{place.zh}一次补齐",
        en=f"Things to correct: {count}; please bring everything at once in {place.en}",
    )


def _review(_state: CaseState, item: Item, _place: Words) -> Words:
    return Words(
        zh=f"现由{item.organisation.name.zh}审查",
        en=f"Under review by {item.organisation.name.en}",
    )


def _delivery(state: CaseState, _item: Item, place: Words) -> Words:
    return _WAYS[state.delivery](place)


def _by_when(deadline: Deadline, remaining: int | None) -> Words:
    day = _day(deadline.due_on)
    if remaining is None:
        return Words(zh=f"{day.zh}前", en=f"by {day.en}")
    if remaining < 0:
        return Words(
            zh=f"已超过期限 {-remaining} 个工作日（{day.zh}到期）",
            en=f"overdue by {_working_days(-remaining)} (it was due on {day.en})",
        )
    if remaining == 0:
        return Words(zh=f"今天到期（{day.zh}）", en=f"due today ({day.en})")
    return Words(
        zh=f"还剩 {remaining} 个工作日（{day.zh}前）",
        en=f"{_working_days(remaining)} left (by {day.en})",
    )


def _working_days(count: int) -> str:
    return f"{count} working day" if count == 1 else f"{count} working days"


def _day(day: date) -> Words:
    return Words(zh=f"{day.month} 月 {day.day} 日", en=f"{day.day} {_MONTHS[day.month - 1]}")


def _place(node: str, places: PlaceNames) -> Words:
    return places.get(node) or Words(zh=node, en=node)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_WAYS: Mapping[Delivery, Callable[[Words], Words]] = {
    Delivery.ONLINE: lambda place: Words(
        zh=f"已作出决定，由{place.zh}在网上送达",
        en=f"Decided; {place.en} delivers the result online",
    ),
    Delivery.COUNTER: lambda place: Words(
        zh=f"已作出决定，请到{place.zh}窗口领取结果",
        en=f"Decided; the result is ready at the counter in {place.en}",
    ),
    Delivery.POST: lambda place: Words(
        zh=f"已作出决定，由{place.zh}邮寄送达",
        en=f"Decided; {place.en} sends the result by post",
    ),
}

_LEGS: Mapping[LegKind, Callable[[CaseState, Item, Words], Words]] = {
    LegKind.INTAKE: _intake,
    LegKind.ACCEPTANCE: _acceptance,
    LegKind.CORRECTION: _correction,
    LegKind.REVIEW: _review,
    LegKind.DELIVERY: _delivery,
}
