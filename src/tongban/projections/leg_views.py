"""The way of a case as legs: what happened in each, how long it took, and what still lies ahead."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext, ngettext

from tongban.core.cases.beginning import told_in
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState, Leg
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.core.china_time import china_day
from tongban.core.deadlines.calendar import working_days_between
from tongban.core.deadlines.deadline import Deadline
from tongban.core.items.item import Item
from tongban.node.records import Side
from tongban.pages import components
from tongban.pages.components import LegEvent, LightShape
from tongban.pages.dates import short_day_words
from tongban.pages.node_access import current_node, now, surroundings
from tongban.pages.words import said
from tongban.projections.event_words import leg_event
from tongban.projections.models import TimelineRow
from tongban.projections.sentences import light_of, place_names, running_deadlines

#: The usual way; a correction only delays it.
_WAY = (LegKind.INTAKE, LegKind.TRANSIT, LegKind.ACCEPTANCE, LegKind.REVIEW, LegKind.DELIVERY)
_SENDING = frozenset({"CaseTakenIn", "CaseDispatched", "CorrectionCompleted"})


def legs_of(
    state: CaseState, item: Item, rows: Sequence[TimelineRow], sides: Mapping[int, Side]
) -> Iterator[components.Leg]:
    """Legs so far, then those that usually follow; an act that ends a leg belongs to it.

    sides: of what a keeper signed, by the number of its row.
    """
    deadlines = {deadline.leg: deadline for deadline in reversed(running_deadlines(state, item))}
    events = sorted([*_events(state, rows, sides), *_withdrawn(state)], key=lambda event: event.at)
    for number, leg in enumerate(state.legs):
        until = state.legs[number + 1].began_at if number + 1 < len(state.legs) else leg.ended_at
        inside = tuple(
            event
            for event in events
            if (number == 0 or event.at > leg.began_at) and (until is None or event.at <= until)
        )
        if inside or leg.ended_at is None or leg.ended_at > leg.began_at:
            yield _leg(leg, inside, deadlines.get(leg.kind))
    yield from _afterwards(state, events)
    yield from _ahead(state)


def _leg(leg: Leg, events: tuple[LegEvent, ...], deadline: Deadline | None) -> components.Leg:
    running = leg.ended_at is None
    light = light_of(deadline) if running and deadline else None
    late = light is LightShape.OVERDUE
    return components.Leg(
        name=_NAMES[leg.kind](),
        party=_party(leg.party),
        state="late" if late else ("running" if running else "done"),
        span=_span(leg),
        light=light,
        events=events,
    )


def _afterwards(state: CaseState, events: Sequence[LegEvent]) -> Iterator[components.Leg]:
    """What happened when nothing was owed any more, such as a rating."""
    ended_at = state.legs[-1].ended_at if state.legs else None
    later = tuple(event for event in events if ended_at is not None and event.at > ended_at)
    if later:
        yield components.Leg(name=gettext("办结以后"), party="", state="done", events=later)


def _ahead(state: CaseState) -> Iterator[components.Leg]:
    """What usually comes after the leg that runs."""
    running = state.leg
    if running is not None:
        for kind in _following(state, running.kind):
            yield components.Leg(name=_NAMES[kind](), party="", state="ahead")


def _following(state: CaseState, kind: LegKind) -> tuple[LegKind, ...]:
    arriving = state.transit.leg if state.transit else None
    return _after(kind) if arriving is None else (arriving, *_after(arriving))


def _after(kind: LegKind) -> tuple[LegKind, ...]:
    """The usual way on; a correction leads back to acceptance."""
    reached = kind if kind in _WAY else LegKind.TRANSIT
    return _WAY[_WAY.index(reached) + 1 :]


def _span(leg: Leg) -> str:
    until = leg.ended_at or now()
    days = working_days_between(surroundings().calendar, china_day(leg.began_at), china_day(until))
    words = _ended_words(days) if leg.ended_at else _running_words(days)
    return words % {"days": days}


def _ended_words(days: int) -> str:
    if days == 0:
        return gettext("当天完成")
    return ngettext("用了 %(days)s 个工作日", "用了 %(days)s 个工作日", days)


def _running_words(days: int) -> str:
    if days == 0:
        return gettext("今天开始")
    return ngettext("已经 %(days)s 个工作日", "已经 %(days)s 个工作日", days)


def _party(node: str) -> str:
    name = place_names().get(node)
    return said(name) if name else node


def _events(
    state: CaseState, rows: Sequence[TimelineRow], sides: Mapping[int, Side]
) -> list[LegEvent]:
    """In order of time; at one instant what was sent, then its arrival, then the rest."""
    steps = {step.code: step.name for step in state.declared_steps}
    placed = [
        (row.at, 0 if row.kind in _SENDING else 2, leg_event(row, steps, sides.get(row.seq)))
        for row in rows
    ]
    placed += [(event.at, 1, event) for event in (*_arrivals(state), *_told(state, rows))]
    return [event for _, _, event in sorted(placed, key=lambda each: each[:2])]


def _withdrawn(state: CaseState) -> Iterator[LegEvent]:
    """That the item takes nothing new any more while the case is under way; it goes on as begun."""
    gone = current_node().withdrawal(state)
    if gone is None or gone.at < state.intake.taken_in_at:
        return
    ended_at = state.legs[-1].ended_at if state.legs and state.ended else None
    if ended_at is None or gone.at <= ended_at:
        words = gettext("有权机关撤下了这个事项，从%(day)s起不再接收新的申请")
        yield LegEvent(
            at=gone.at,
            words=words % {"day": short_day_words(date.fromisoformat(gone.from_day))},
            note=" · ".join(
                (said(REASON_WORDS[gone.reason]), gettext("这个案件不受影响，按收件时的规定办完"))
            ),
        )


def _arrivals(state: CaseState) -> Iterator[LegEvent]:
    """The instants that start the authority's clock are on no entry of their own."""
    counted = gettext("到达有权机关的系统，期限从窗口收件起算")
    words = counted if state.intake.on_behalf else gettext("到达有权机关的系统，开始计时")
    for at in dict.fromkeys((state.available_at, state.corrected_available_at)):
        if at is not None:
            yield LegEvent(at=at, words=words)


def _told(state: CaseState, rows: Sequence[TimelineRow]) -> Iterator[LegEvent]:
    """What the counter told and took before the dispatch: elsewhere it stands on no entry."""
    told = told_in(state.intake)
    if told is None or any(row.kind == "CorrectionNotified" for row in rows):
        return
    yield LegEvent(at=told.notified_at, words=gettext("窗口以有权机关名义一次性告知需要补正的内容"))
    yield LegEvent(at=told.completed_at, words=gettext("在窗口补齐"))


_NAMES = {
    LegKind.INTAKE: lambda: gettext("收件"),
    LegKind.TRANSIT: lambda: gettext("转送"),
    LegKind.ACCEPTANCE: lambda: gettext("等待受理"),
    LegKind.CORRECTION: lambda: gettext("补正"),
    LegKind.REVIEW: lambda: gettext("审查"),
    LegKind.DELIVERY: lambda: gettext("送达"),
}
