"""How far this place and its partners have come with a published list, as pages show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.catalogue.regulation import load_mandates
from tongban.core.mandates.mandate import Mandate, MandateLine
from tongban.core.mandates.progress import Lack, Progress, Standing, progress_of
from tongban.node.pair_evidence import pair_evidence
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node

_DONE = frozenset({Standing.OPENED, Standing.USED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One line in one direction, in words; shape: a sign that stands for it without colour."""

    progress: Progress
    words: str
    shape: str
    lacks: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One direction: who takes in for whom; counts over all lines."""

    partner: str
    name: str
    direction: str
    cells: tuple[Cell, ...]
    opened: int
    used: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixRow:
    """One line of the list with its cells in the order of the columns."""

    line: MandateLine
    cells: tuple[Cell, ...]


def mandate_at(position: int) -> Mandate | None:
    """The list at this place among all lists, counted from 1."""
    found = load_mandates()
    return found[position - 1] if 0 < position <= len(found) else None


def columns_of(mandate: Mandate, partners: Iterable[str]) -> list[Column]:
    """Both directions with each partner: what they decide for us, and we for them."""
    return [column for partner in partners for column in _columns(mandate, partner)]


def rows_of(mandate: Mandate, columns: Iterable[Column]) -> Iterator[MatrixRow]:
    """The matrix line by line."""
    cells = [column.cells for column in columns]
    for number, line in enumerate(mandate.lines):
        yield MatrixRow(line=line, cells=tuple(column[number] for column in cells))


def _columns(mandate: Mandate, partner: str) -> Iterator[Column]:
    for evidence in pair_evidence(whole_node().kernel, partner):
        found = progress_of(mandate.lines, evidence, at=now())
        taken_here = evidence.decider == partner
        name = name_of_node(partner)
        words = gettext("本地收，%(there)s办") if taken_here else gettext("%(there)s收，本地办")
        yield Column(
            partner=partner,
            name=name,
            direction=words % {"there": name},
            cells=tuple(_cell(each) for each in found),
            opened=sum(each.standing in _DONE for each in found),
            used=sum(each.standing is Standing.USED for each in found),
            overdue=sum(each.overdue for each in found),
        )


def _cell(progress: Progress) -> Cell:
    return Cell(
        progress=progress,
        words=_STANDINGS[progress.standing](),
        shape=_SHAPES[progress.standing],
        lacks=gettext("、").join(_LACKS[lack]() for lack in progress.lacks),
    )


_STANDINGS = {
    Standing.USED: lambda: gettext("已开通，有办件"),
    Standing.OPENED: lambda: gettext("已开通，无办件"),
    Standing.PARTLY: lambda: gettext("部分开通"),
    Standing.NOT_OPENED: lambda: gettext("未开通"),
    Standing.NOT_IN_CATALOGUE: lambda: gettext("目录里没有"),
}
_SHAPES = {
    Standing.USED: "●",
    Standing.OPENED: "◐",
    Standing.PARTLY: "◔",
    Standing.NOT_OPENED: "○",
    Standing.NOT_IN_CATALOGUE: "–",
}
_LACKS = {
    Lack.ITEM: lambda: gettext("对方目录里没有这个事项"),
    Lack.BASIS: lambda: gettext("没有生效的依据"),
    Lack.ENDPOINT: lambda: gettext("联系不上办理地"),
}
