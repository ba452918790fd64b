"""Partner × item × power: who may do what for whom today, from the same rule as every act."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.agreements.known import direction_words, known_items
from tongban.agreements.labels import mode_words, power_words
from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.explain import Answer, Direction, explain
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.grounds import words_for
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.item import Item
from tongban.node.between import Between, between
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node, place_of
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One power: in force under a clause, granted and stopped, or not granted.

    shape stands for it without colour; note: the clause, or why it is stopped.
    """

    power: str
    shape: str
    words: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixRow:
    """One item in one direction and mode."""

    partner: str
    partner_name: str
    direction: str
    item: str
    name: str
    mode: str
    mode_words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What the reader narrowed the matrix to; "" for everything."""

    partner: str
    way: str
    text: str
    state: str

    def names(self, name: str, item: str) -> bool:
        """Whether an item is one that the reader looks for."""
        return self.text.casefold() in f"{name} {item}".casefold()

    def shows(self, row: "MatrixRow") -> bool:
        """Whether some power stands as the reader looks for."""
        return not self.state or _SHAPES.get(self.state) in {cell.shape for cell in row.cells}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A row whose powers nobody has asked for yet."""

    found: Between
    direction: Direction
    item: str
    mode: Mode
    known: Item | None

    @property
    def name(self) -> str:
        return said(self.known.name) if self.known else self.item

    def row(self) -> MatrixRow:
        """The row, with what the agreements say of each power now."""
        listed_as = self.known.basic_code if self.known else ""
        answers = explain(
            self.found.pair,
            self.direction,
            self.item,
            (self.mode,),
            at=now(),
            listed_as=listed_as,
        )
        return MatrixRow(
            partner=self.found.peer,
            partner_name=name_of_node(self.found.peer),
            direction=direction_words(self.direction.granter, self.direction.grantee),
            item=self.item,
            name=self.name,
            mode=self.mode,
            mode_words=mode_words(self.mode),
            cells=tuple(_cell(answer) for answer in answers),
        )


class MatrixRows(Sequence[MatrixRow]):
    """Rows that are made when they are looked at: a page shows few of thousands."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> MatrixRow: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[MatrixRow]: ...

    def __getitem__(self, index: int | slice) -> MatrixRow | Sequence[MatrixRow]:
        if isinstance(index, slice):
            return [line.row() for line in self._lines[index]]
        return self._lines[index].row()


def filters_of(given: QueryDict) -> Filters:
    """What the form of the matrix says."""
    return Filters(
        partner=given.get("partner", ""),
        way=given.get("way", ""),
        text=given.get("q", "").strip()[:100],
        state=given.get("state", ""),
    )


def powers() -> list[str]:
    """Headings of the columns."""
    return [power_words(power) for power in Power]


def rows_of(filters: Filters) -> Sequence[MatrixRow]:
    """Every item that some document names, in the directions that are asked for."""
    items = {item.code: item for item in known_items()}
    peers = [peer for peer in whole_node().kernel.peers.names() if filters.partner in {"", peer}]
    rows = MatrixRows(
        [
            line
            for peer in sorted(peers, key=name_of_node)
            for line in _lines(between(whole_node().kernel, peer), items, filters)
            if filters.names(line.name, line.item)
        ]
    )
    return [row for row in rows if filters.shows(row)] if filters.state else rows


def _lines(found: Between, items: dict[str, Item], filters: Filters) -> Iterator[_Line]:
    for way, direction in _directions(found.peer).items():
        if filters.way in {"", way}:
            for item, mode in sorted(set(_named(found, direction, items))):
                yield _Line(
                    found=found, direction=direction, item=item, mode=mode, known=items.get(item)
                )


def _directions(peer: str) -> dict[str, Direction]:
    """By the word for it in the form: we act for the partner, or the partner for us."""
    me = whole_node().name
    return {
        "here": Direction(granter=peer, grantee=me),
        "there": Direction(granter=me, grantee=peer),
    }


def _named(
    found: Between, direction: Direction, items: dict[str, Item]
) -> Iterator[tuple[str, Mode]]:
    """Items and modes that the documents name in this direction."""
    for document in _documents(found):
        if isinstance(document, Agreement):
            yield from _granted(document, direction)
            continue
        codes = {
            listed: code
            for code, item in items.items()
            if _decides(direction.granter, item)
            for listed in (catalogue_code_of(code), item.basic_code)
        }
        for clause in document.clauses:
            for code in clause.catalogue_codes:
                yield from ((codes[code], mode) for mode in clause.modes if code in codes)


def _documents(found: Between) -> Iterator[Document]:
    for digest in found.pair.states:
        document = found.pair.documents.get(digest)
        if document is not None:
            yield document


def _granted(agreement: Agreement, direction: Direction) -> Iterator[tuple[str, Mode]]:
    for clause in agreement.clauses:
        for grant in clause.grants:
            if (grant.granter, grant.grantee) == (direction.granter, direction.grantee):
                yield from ((item, mode) for item in grant.items for mode in grant.modes)


def _decides(node: str, item: Item) -> bool:
    place = place_of(item.place)
    return place is not None and place.node == node


def _cell(answer: Answer) -> Cell:
    power = power_words(answer.power)
    if answer.basis is not None:
        clause = f"§{answer.basis.clause}"
        if not answer.carried_out:
            return Cell(power=power, shape="◇", words=gettext("已授予，系统不办理"), note=clause)
        return Cell(power=power, shape="●", words=gettext("可以"), note=clause)
    why = said(words_for(answer.refusal.ground).why) if answer.refusal else ""
    if answer.needed is None:
        return Cell(power=power, shape="◐", words=gettext("已授予，现在停着"), note=why)
    return Cell(power=power, shape="○", words=gettext("没有授予"), note="")


_SHAPES = {"granted": "●", "stopped": "◐", "missing": "○"}
