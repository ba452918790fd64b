"""Queues of cases by due day: what waits for us, what is with the partner, what is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from tongban.core.cases.events import IntakeKind
from tongban.core.cases.process import LegKind
from tongban.core.cases.state import CaseState
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.pages.components import LightShape, SentenceView
from tongban.pages.node_access import pinned_item, surroundings
from tongban.pages.places import place_of_node
from tongban.pages.sides import mark_words
from tongban.projections.models import CaseRow
from tongban.projections.sentences import light_of, running_deadlines, sentence_view
from tongban.workbench.access import own_node


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueLine:
    """One case in a queue; applicant: masked. partner: the other city. due_on: None: nothing owed.

    waiting: acts wait until the partner's line is open. mark: of a one-sided record, "" for none.
    """

    number: str
    item: Item
    applicant: str
    partner: Place | None
    sentence: SentenceView
    light: LightShape | None
    due_on: date | None
    waiting: bool
    mark: str


def counter_cases() -> QuerySet[CaseRow]:
    """Cases that a counter of this node took in; online ones carry their applicant's number."""
    return CaseRow.objects.filter(intake_party=own_node(), applicant_number="")


def officer_cases(organisation: str) -> QuerySet[CaseRow]:
    """Cases that this authority decides here."""
    return CaseRow.objects.filter(competent=own_node(), organisation=organisation)


def ours(cases: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    """Those that wait for this node, the most urgent first."""
    return _by_due(cases.filter(ended=False).filter(_held_here()))


def elsewhere(cases: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    """Those on their way or with the partner."""
    return _by_due(cases.filter(ended=False).exclude(_held_here()))


def ended(cases: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    """Those in which nothing is owed any more, newest first."""
    return cases.filter(ended=True).order_by("-changed_at", "case")


def lines_of(rows: Iterable[CaseRow]) -> list[QueueLine]:
    """The rows as a queue shows them."""
    return list(_lines(rows))


def _lines(rows: Iterable[CaseRow]) -> Iterator[QueueLine]:
    for row in rows:
        state = row.case_state()
        item = pinned_item(state)
        if item is not None and _is_ours(state):
            yield _line(row, state, item)


def _is_ours(state: CaseState) -> bool:
    """An agent's online application has no applicant's number and is no counter's case either."""
    return state.competent == own_node() or state.intake.kind is IntakeKind.COUNTER


def _line(row: CaseRow, state: CaseState, item: Item) -> QueueLine:
    deadline = next(iter(running_deadlines(state, item)), None)
    return QueueLine(
        number=row.case,
        item=item,
        applicant=row.applicant,
        partner=place_of_node(state.partner(own_node())),
        sentence=sentence_view(state, item),
        light=light_of(deadline) if deadline else _standing_light(state),
        due_on=deadline.due_on if deadline else None,
        waiting=row.waiting > 0,
        mark=_mark(state),
    )


def _mark(state: CaseState) -> str:
    """While a keeper signs for the partner, whatever comes from there is one-sided."""
    standing = mark_words(surroundings().sides_of(state.id).values())
    kept = surroundings().keeper_of(state.partner(own_node()))
    return standing or (gettext("单方记录") if kept else "")


def _standing_light(state: CaseState) -> LightShape | None:
    """While the applicant corrects, no clock runs against anybody."""
    leg = state.leg
    return LightShape.PAUSED if leg and leg.kind is LegKind.CORRECTION else None


def _held_here() -> Q:
    return Q(holder=own_node(), in_transit=False)


def _by_due(cases: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    return cases.order_by(F("due_on").asc(nulls_last=True), "taken_in_at", "case")
