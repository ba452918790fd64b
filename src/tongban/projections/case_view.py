"""Everything that a page about one case shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from tongban.core.cases.state import CaseState
from tongban.core.deadlines.deadline import Deadline
from tongban.core.items.item import Item
from tongban.node.blobs.progress import Progress
from tongban.pages import components
from tongban.pages.components import SentenceView
from tongban.pages.node_access import pinned_item, surroundings
from tongban.pages.whole_node import files_crossing, held_until
from tongban.projections.leg_views import legs_of
from tongban.projections.models import CaseRow, ReadRow, TimelineRow
from tongban.projections.sentences import running_deadlines, sentence_view


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case as pages show it; officers' pages add what they may do.

    held_until: it waits here until then, because no more may go today. crossing: it waits for large
    files, which are on their way.
    """

    row: CaseRow
    state: CaseState
    item: Item
    sentence: SentenceView
    deadlines: tuple[Deadline, ...]
    legs: tuple[components.Leg, ...]
    reads: tuple[ReadRow, ...]
    held_until: datetime | None
    crossing: Progress | None


def case_view(number: str) -> CaseView | None:
    """The case with this number; None where this node has none or does not know its item."""
    row = CaseRow.objects.filter(case=number).first()
    state = row.case_state() if row else None
    item = pinned_item(state) if state else None
    if row is None or state is None or item is None:
        return None
    events = list(TimelineRow.objects.filter(case=number).order_by("at", "seq"))
    return CaseView(
        row=row,
        state=state,
        item=item,
        sentence=sentence_view(state, item),
        deadlines=running_deadlines(state, item),
        legs=tuple(legs_of(state, item, events, surroundings().sides_of(number))),
        reads=tuple(ReadRow.objects.filter(case=number).order_by("-seq")),
        held_until=held_until(number) if row.waiting else None,
        crossing=files_crossing(number) if row.waiting else None,
    )
