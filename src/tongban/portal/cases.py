"""One's own cases: lines for lists, and the one case that somebody may open."""

from dataclasses import dataclass

from django.http import Http404

from tongban.accounts.models import Person
from tongban.accounts.permissions import is_applicant
from tongban.core.items.item import Item
from tongban.core.items.place import Place
from tongban.pages.components import SentenceView
from tongban.pages.node_access import pinned_item
from tongban.pages.places import place_of
from tongban.projections.case_view import CaseView, case_view
from tongban.projections.models import CaseRow
from tongban.projections.sentences import sentence_view


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """A case in a list: its item, its place and its one sentence."""

    number: str
    item: Item
    place: Place | None
    sentence: SentenceView
    ended: bool


def lines_of(person: Person, *, limit: int | None = None) -> list[CaseLine]:
    """The person's cases, open ones first, newest first."""
    rows = CaseRow.objects.filter(applicant_number=person.number)
    pinned = (
        (row, pinned_item(row.case_state()))
        for row in rows.order_by("ended", "-taken_in_at")[:limit]
    )
    return [_line(row, item) for row, item in pinned if item is not None]


def own_case(person: Person, number: str) -> CaseView:
    """The person's own case; raises Http404 for any other."""
    view = case_view(number)
    if view is None or not is_applicant(person, view.row.applicant_number):
        raise Http404
    return view


def _line(row: CaseRow, item: Item) -> CaseLine:
    return CaseLine(
        number=row.case,
        item=item,
        place=place_of(item.place),
        sentence=sentence_view(row.case_state(), item),
        ended=row.ended,
    )
