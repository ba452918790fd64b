"""How far this place and its partners have come with a published list, as pages show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext

from tongban.catalogue.regulation import every_mandate
from tongban.core.catalogues.rule_forms import MANDATE
from tongban.core.mandates.mandate import Mandate, MandateLine
from tongban.core.mandates.progress import Lack, Progress, Standing, progress_of
from tongban.core.mandates.proposal import missing_bases
from tongban.core.words import Language
from tongban.node.pair_evidence import pair_evidence
from tongban.oversight.comparing import origin_words
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import reading_language

_KEY_DIGITS = 16
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
    """One direction: who takes in for whom; counts over all lines.

    short: the direction in two or three words, for a column under the partner's name.
    """

    partner: str
    name: str
    direction: str
    short: str
    cells: tuple[Cell, ...]
    opened: int
    used: int
    online: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixRow:
    """One line of the list with its cells in the order of the columns.

    announced: the due day in the list's own words, or its day for readers of another language.
    origin, lead: how far one may rely on the line, and on who is said to be in charge.
    """

    line: MandateLine
    announced: str
    origin: str
    lead: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateLink:
    """A list under the name by which addresses call it; publisher: "" where no node published it.

    key: the place of a list that comes with the software, counted from 1; a part of the digest of
    publisher and number of another one, whichever version stands.
    """

    key: str
    mandate: Mandate
    publisher: str


def mandate_links() -> list[MandateLink]:
    """Every list that is known here, of published ones the newest version."""
    published = [each.rule for each in whole_node().rules.standing(MANDATE)]
    return [
        MandateLink(
            key=_key(place, each),
            mandate=each,
            publisher=name_of_node(each.publisher) if each.publisher else "",
        )
        for place, each in enumerate(every_mandate(published), start=1)
    ]


def mandate_at(key: str) -> MandateLink | None:
    """The list of this name in addresses."""
    return next((each for each in mandate_links() if each.key == key), None)


def columns_of(mandate: Mandate, partners: Iterable[str]) -> list[Column]:
    """Both directions with each partner: what they decide for us, and we for them."""
    return [column for partner in partners for column in _columns(mandate, partner)]


def rows_of(mandate: Mandate, columns: Iterable[Column]) -> Iterator[MatrixRow]:
    """The matrix line by line."""
    cells = [column.cells for column in columns]
    for number, line in enumerate(mandate.lines):
        yield MatrixRow(
            line=line,
            announced=_announced(line),
            origin=origin_words(line.origin),
            lead=origin_words(line.lead.origin),
            cells=tuple(column[number] for column in cells),
        )


def items_lacking(mandate: Mandate, partner: str) -> int:
    """How many items of both directions wait for a basis that an agreement could give."""
    evidence = pair_evidence(whole_node().kernel, partner)
    return sum(len(each.items) for each in missing_bases(mandate, evidence, at=now()))


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
            short=gettext("本地收") if taken_here else gettext("本地办"),
            cells=tuple(_cell(each) for each in found),
            opened=sum(each.standing in _DONE for each in found),
            used=sum(each.standing is Standing.USED for each in found),
            online=sum(each.standing is Standing.ONLINE for each in found),
            overdue=sum(each.overdue for each in found),
        )


def _key(place: int, mandate: Mandate) -> str:
    if not mandate.publisher:
        return str(place)
    return sha256(f"{mandate.publisher} {mandate.number}".encode()).hexdigest()[:_KEY_DIGITS]


def _announced(line: MandateLine) -> str:
    if reading_language() is Language.CHINESE or line.due_on is None:
        return line.announced
    return gettext("%(day)s前") % {"day": line.due_on}


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
    Standing.ONLINE: lambda: gettext("网上能办，窗口不代收"),
    Standing.PARTLY: lambda: gettext("部分开通"),
    Standing.NOT_OPENED: lambda: gettext("未开通"),
    Standing.NOT_IN_CATALOGUE: lambda: gettext("目录里没有"),
}
_SHAPES = {
    Standing.USED: "●",
    Standing.OPENED: "◐",
    Standing.ONLINE: "◎",
    Standing.PARTLY: "◔",
    Standing.NOT_OPENED: "○",
    Standing.NOT_IN_CATALOGUE: "–",
}
_LACKS = {
    Lack.ITEM: lambda: gettext("对方目录里没有这个事项"),
    Lack.BASIS: lambda: gettext("没有生效的依据"),
    Lack.ENDPOINT: lambda: gettext("联系不上办理地"),
}
