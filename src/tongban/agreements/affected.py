"""Who is affected when an agreement stops: the cases under way that rest on it."""

from dataclasses import dataclass

from tongban.pages.node_access import current_node
from tongban.pages.places import name_of_node
from tongban.pages.words import said
from tongban.projections.models import CaseRow, TimelineRow

#: So many are shown by number; whoever needs all of them has the queues.
_SHOWN_MAX = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """A case under way, without anything of its applicant."""

    number: str
    item: str
    holder: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CasesUnderWay:
    """How many there are, and the first of them, oldest first."""

    count: int
    shown: tuple[CaseLine, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def cases_under_way(digest: str) -> CasesUnderWay:
    """Cases in which somebody acted on a clause of this document and which have not ended."""
    rested = TimelineRow.objects.filter(basis_document=digest, ground="").values("case")
    rows = CaseRow.objects.filter(case__in=rested, ended=False)
    return CasesUnderWay(
        count=rows.count(),
        shown=tuple(_line(row) for row in rows.order_by("taken_in_at")[:_SHOWN_MAX]),
    )


def _line(row: CaseRow) -> CaseLine:
    item = current_node().item_version(row.case_state().item_digest)
    return CaseLine(
        number=row.case,
        item=said(item.name) if item else row.item,
        holder=name_of_node(row.holder),
    )
