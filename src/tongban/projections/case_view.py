"""Everything that a page about one case shows, in a fixed number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState, Leg
from tongban.core.china_time import china_day
from tongban.core.deadlines.calendar import working_days_between
from tongban.core.deadlines.deadline import Deadline
from tongban.core.items.item import Item
from tongban.pages import components
from tongban.pages.components import LegEvent, LightShape, SentenceView
from tongban.pages.node_access import find_item, now, surroundings
from tongban.pages.words import said
from tongban.projections.event_words import chip_of, event_words
from tongban.projections.models import CaseRow, ReadRow, TimelineRow
from tongban.projections.sentences import (
    light_of,
    place_names,
    running_deadlines,
    sentence_view,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case as pages show it; officers' pages add what they may do."""

    row: CaseRow
    state: CaseState
    item: Item
    sentence: SentenceView
    deadlines: tuple[Deadline, ...]
    legs: tuple[components.Leg, ...]
    reads: tuple[ReadRow, ...]


def case_view(number: str) -> CaseView | None:
    """The case with this number; None where this node has none or does not know its item."""
    row = CaseRow.objects.filter(case=number).first()
    item = find_item(row.item) if row else None
    if row is None or item is None:
        return None
    state = row.case_state()
    events = list(TimelineRow.objects.filter(case=number).order_by("at", "seq"))
    return CaseView(
        row=row,
        state=state,
        item=item,
        sentence=sentence_view(state, item),
        deadlines=running_deadlines(state, item),
        legs=tuple(_legs(state, item, events)),
        reads=tuple(ReadRow.objects.filter(case=number).order_by("-seq")),
    )


def _legs(state: CaseState, item: Item, rows: Sequence[TimelineRow]) -> Iterator[components.Leg]:
    """Each leg with what happened in it; an act that ends a leg belongs to it."""
    deadlines = {deadline.leg: deadline for deadline in reversed(running_deadlines(state, item))}
    events = sorted((*_arrivals(state), *_lines(rows)), key=lambda event: event.at)
    for number, leg in enumerate(state.legs):
        before = state.legs[number].began_at
        after = state.legs[number + 1].began_at if number + 1 < len(state.legs) else None
        inside = tuple(
            event
            for event in events
            if (number == 0 or event.at > before) and (after is None or event.at <= after)
        )
        if inside or leg.ended_at is None or leg.ended_at > leg.began_at:
            yield _leg(leg, inside, deadlines.get(leg.kind))


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


def _span(leg: Leg) -> str:
    until = leg.ended_at or now()
    days = working_days_between(surroundings().calendar, china_day(leg.began_at), china_day(until))
    if leg.ended_at is None:
        return ngettext("已经 %(days)s 个工作日", "已经 %(days)s 个工作日", days) % {"days": days}
    if days == 0:
        return gettext("当天完成")
    return ngettext("用了 %(days)s 个工作日", "用了 %(days)s 个工作日", days) % {"days": days}


def _party(node: str) -> str:
    name = place_names().get(node)
    return said(name) if name else node


def _lines(rows: Sequence[TimelineRow]) -> Iterator[LegEvent]:
    for row in rows:
        words, detail = event_words(row)
        yield LegEvent(at=row.at, words=words, detail=detail, chip=chip_of(row))


def _arrivals(state: CaseState) -> Iterator[LegEvent]:
    """The instants that start the authority's clock are on no entry of their own."""
    for at in (state.available_at, state.corrected_available_at):
        if at is not None:
            yield LegEvent(at=at, words=gettext("到达有权机关的系统，开始计时"))


_NAMES = {
    LegKind.INTAKE: lambda: gettext("收件"),
    LegKind.TRANSIT: lambda: gettext("转送"),
    LegKind.ACCEPTANCE: lambda: gettext("等待受理"),
    LegKind.CORRECTION: lambda: gettext("补正"),
    LegKind.REVIEW: lambda: gettext("审查"),
    LegKind.DELIVERY: lambda: gettext("送达"),
}
