"""What partners told of their items, as catalogue officers read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from tongban.catalogue.sheets.checking import Change
from tongban.catalogue.sheets.differences import Difference, differences_of
from tongban.core.catalogues.changes import CatalogueChange, ChangeKind
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.pages.dates import day_words
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerLine:
    """One partner: how much each side told the other, and what is new since somebody looked."""

    node: str
    name: str
    told: int
    unconfirmed: int
    refused: int
    heard: int
    withdrawn: int
    news: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeLine:
    """One change; note: of a withdrawal, or of a change in which no cell differs.

    cells: what an item says now and did not say before.
    """

    at: datetime
    kind: str
    tone: str
    item: str
    name: str
    note: str
    cells: tuple[Difference, ...]
    new: bool


def partner_lines() -> Iterator[PartnerLine]:
    """Every partner, by name."""
    node = whole_node()
    for peer in node.kernel.peers.names():
        told, heard = node.openings.told(peer), node.openings.heard(peer)
        looked = node.openings.looked_at(peer)
        yield PartnerLine(
            node=peer,
            name=name_of_node(peer),
            told=len(told.foreseen.lines) if told else 0,
            unconfirmed=len(told.pending) if told else 0,
            refused=len(told.refused) if told else 0,
            heard=len(heard.lines) if heard else 0,
            withdrawn=len(heard.withdrawn) if heard else 0,
            news=sum(1 for change in node.openings.changes(peer) if change.version > looked),
        )


def change_lines(partner: str) -> list[ChangeLine]:
    """What changed on a partner's list, newest first."""
    looked = whole_node().openings.looked_at(partner)
    return [_line(change, looked) for change in reversed(whole_node().openings.changes(partner))]


def newest_version(partner: str) -> int:
    """The version at which a partner's list stands; 0 before the first."""
    heard = whole_node().openings.heard(partner)
    return heard.version if heard else 0


def _line(change: CatalogueChange, looked: int) -> ChangeLine:
    before = whole_node().item_version(change.before) if change.before else None
    after = whole_node().item_version(change.after) if change.after else None
    known = after or before
    cells = differences_of(Change(item=after, before=before)) if before and after else []
    return ChangeLine(
        at=change.at,
        kind=_KINDS[change.kind](),
        tone="bad" if change.kind is ChangeKind.WITHDRAWN else "plain",
        item=change.item,
        name=said(known.name) if known else change.item,
        note=_note(change, cells),
        cells=tuple(cells),
        new=change.version > looked,
    )


def _note(change: CatalogueChange, cells: Sequence[Difference]) -> str:
    if change.kind is ChangeKind.CHANGED and not cells:
        if change.before == change.after:
            return gettext("事项内容没有变，办理流程换了")
        return gettext("只换了版本号，内容没有变")
    if not change.reason:
        return ""
    return gettext("%(reason)s；从%(day)s起不再接收新的申请") % {
        "reason": said(REASON_WORDS[WithdrawalReason(change.reason)]),
        "day": day_words(date.fromisoformat(change.from_day)),
    }


_KINDS = {
    ChangeKind.ADDED: lambda: gettext("新增事项"),
    ChangeKind.CHANGED: lambda: gettext("变更"),
    ChangeKind.WITHDRAWN: lambda: gettext("撤下"),
    ChangeKind.REOPENED: lambda: gettext("恢复"),
}
