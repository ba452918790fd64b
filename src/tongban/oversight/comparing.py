"""One item in several places, as a page shows it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from tongban.catalogue.regulation import load_obstacles
from tongban.core.china_time import china_day
from tongban.core.items.comparison import (
    Facet,
    Row,
    basic_code_of,
    compare,
    likeness,
    percent,
)
from tongban.core.items.explanation import Origin
from tongban.core.items.item import Item
from tongban.core.items.obstacle import Obstacle, ObstacleKind
from tongban.core.words import Words
from tongban.pages.node_access import current_node, now
from tongban.pages.places import every_place, words_of_place
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A basic item or place that can be chosen for a comparison."""

    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How alike the first place and another are; facets: each with its own figure."""

    place: str
    percent: int
    facets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the table; placed: what each place says, beside its name."""

    name: Words
    same: bool
    placed: tuple[tuple[str, Words | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The rows of one facet."""

    name: str
    rows: tuple[Line, ...]
    same: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The comparison; places in the order of the cells."""

    name: Words
    places: tuple[str, ...]
    parts: tuple[Part, ...]
    shares: tuple[Share, ...]
    differing: int
    obstacles: tuple["ObstacleLine", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ObstacleLine:
    """One obstacle in words."""

    obstacle: Obstacle
    item: str
    kind: str
    places: str
    over: bool
    origin: str


def choices(chosen: str) -> list[Choice]:
    """Basic items that at least two places have, by name."""
    names: dict[str, Words] = {}
    places: dict[str, set[str]] = {}
    for item in current_node().items():
        basic = basic_code_of(item)
        names.setdefault(basic, item.name)
        places.setdefault(basic, set()).add(item.place)
    found = [
        Choice(code=code, name=said(names[code]), chosen=code == chosen)
        for code, having in places.items()
        if len(having) > 1
    ]
    return sorted(found, key=lambda choice: choice.name)


def place_choices(basic: str, chosen: Sequence[str]) -> list[Choice]:
    """Places that have the item."""
    having = {item.place for item in current_node().items() if basic_code_of(item) == basic}
    return [
        Choice(code=place.code, name=said(place.short), chosen=place.code in chosen)
        for place in every_place()
        if place.code in having
    ]


def table_of(basic: str, places: Sequence[str]) -> Table | None:
    """The comparison of the item in these places; None where fewer than two have it."""
    known = {item.place: item for item in current_node().items() if basic_code_of(item) == basic}
    items = [known[place] for place in dict.fromkeys(places) if place in known]
    if len(items) <= 1:
        return None
    rows = compare(items, _names())
    names = tuple(_place(item.place) for item in items)
    return Table(
        name=items[0].name,
        places=names,
        parts=tuple(_parts(rows, names)),
        shares=tuple(_shares(items)),
        differing=sum(not row.same for row in rows),
        obstacles=tuple(line for line in obstacle_lines() if line.obstacle.basic_code == basic),
    )


def obstacle_lines() -> Iterator[ObstacleLine]:
    """The register of legal obstacles."""
    names = {basic_code_of(item): item.name for item in current_node().items()}
    today = china_day(now())
    for each in load_obstacles():
        name = names.get(each.basic_code)
        yield ObstacleLine(
            obstacle=each,
            item=said(name) if name else each.basic_code,
            kind=_KINDS[each.kind](),
            places=_between(each),
            over=each.until is not None and each.until < today,
            origin=origin_words(each.origin),
        )


def origin_words(origin: Origin) -> str:
    """How far one may rely on a line."""
    return _ORIGINS[origin]()


def _parts(rows: Iterable[Row], names: Sequence[str]) -> Iterator[Part]:
    by_facet: dict[Facet, list[Line]] = {}
    for row in rows:
        placed = tuple(zip(names, row.cells, strict=True))
        line = Line(name=row.name, same=row.same, placed=placed)
        by_facet.setdefault(row.facet, []).append(line)
    for facet, found in by_facet.items():
        same = all(row.same for row in found)
        yield Part(name=_FACETS[facet](), rows=tuple(found), same=same)


def _shares(items: Sequence[Item]) -> Iterator[Share]:
    for other in items[1:]:
        found = likeness(items[0], other, _names())
        facets = tuple((_FACETS[each](), percent(share)) for each, share in found.by_facet.items())
        yield Share(place=_place(other.place), percent=percent(found.whole), facets=facets)


def _between(obstacle: Obstacle) -> str:
    if not obstacle.places:
        return gettext("各地之间")
    return " — ".join(_place(code) for code in obstacle.places)


def _names() -> dict[str, Words]:
    return {place.code: place.short for place in every_place()}


def _place(code: str) -> str:
    return said(words_of_place(code))


_FACETS = {
    Facet.CONDITIONS: lambda: gettext("受理条件"),
    Facet.MATERIALS: lambda: gettext("申请材料"),
    Facet.STEPS: lambda: gettext("办理环节"),
    Facet.LIMITS: lambda: gettext("办结时限"),
    Facet.FEES: lambda: gettext("收费"),
    Facet.RESULTS: lambda: gettext("审批结果"),
    Facet.VISITS: lambda: gettext("跑动次数"),
    Facet.MODES: lambda: gettext("办理方式"),
    Facet.PARAMETERS: lambda: gettext("待遇和比例"),
}
_KINDS = {
    ObstacleKind.TERRITORIAL: lambda: gettext("属地管理"),
    ObstacleKind.NOT_RECOGNISED: lambda: gettext("不互认"),
    ObstacleKind.IN_PERSON: lambda: gettext("必须到场"),
    ObstacleKind.ECONOMIC: lambda: gettext("待遇不同"),
}
_ORIGINS = {
    Origin.SOURCED: lambda: gettext("有出处"),
    Origin.MEMORY: lambda: gettext("凭记忆，未核对"),
    Origin.ILLUSTRATIVE: lambda: gettext("演示，虚构"),
}
