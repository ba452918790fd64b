"""What a guide (办事指南) says of one item to somebody who is here and not there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from tongban.core.items.item import Item
from tongban.pages.components import MaterialView
from tongban.pages.materials import material_view
from tongban.pages.places import Pair
from tongban.pages.reach import standing_of
from tongban.pages.words import said
from tongban.portal.guide_sections import Sections, days_words, money, sections_of
from tongban.search.standing import Way


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One short fact at the top of the guide."""

    name: str
    words: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """The guide as the page shows it."""

    item: Item
    way: Way
    answer: str
    facts: tuple[Fact, ...]
    materials: tuple[MaterialView, ...]
    sections: Sections


def guide_of(item: Item, pair: Pair) -> Guide:
    """The guide for somebody at the pair's first place."""
    way = way_of(item, pair)
    return Guide(
        item=item,
        way=way,
        answer=_answer(way, pair)
        % {"here": said(pair.here.short), "there": said(pair.there.short)},
        facts=tuple(_facts(item)),
        materials=tuple(material_view(line) for line in item.materials),
        sections=sections_of(item),
    )


def way_of(item: Item, pair: Pair) -> Way:
    """Online where the node would allow it; else the counter of this place; else the direct way."""
    return Way.DIRECT if pair.same else standing_of(item, pair.here.code).way


def way_words(way: Way) -> str:
    """The way in two or three words, for a list."""
    return {
        Way.ONLINE: gettext("全程网办"),
        Way.COUNTER: gettext("本地窗口代收"),
        Way.OWN_PLACE: gettext("本地自己的事"),
        Way.DIRECT: gettext("直接向有权机关申请"),
    }[way]


def _facts(item: Item) -> Iterator[Fact]:
    yield Fact(
        name=gettext("多久办好"),
        words=days_words(item.limits.promised_days),
        note=_legal_limit(item),
    )
    yield Fact(name=gettext("收多少钱"), words=_costs(item))
    visits = item.visits
    yield Fact(
        name=gettext("要跑几次"),
        words=ngettext("%(count)s 次", "%(count)s 次", visits) % {"count": visits}
        if visits
        else gettext("一次也不用"),
        note=said(item.visits_reason) if item.visits and item.visits_reason else "",
    )
    yield Fact(name=gettext("谁来决定"), words=said(item.organisation.name))


def _answer(way: Way, pair: Pair) -> str:
    if way is Way.DIRECT and not pair.same:
        return gettext("在%(here)s还办不了这件事，请直接向%(there)s的有权机关申请。")
    return _ANSWERS[way]()


def _legal_limit(item: Item) -> str:
    if item.limits.legal_days is None:
        note = item.limits.legal_note
        return said(note) if note else ""
    return gettext("法定 %(days)s 个工作日") % {"days": item.limits.legal_days}


def _costs(item: Item) -> str:
    """One amount, or from which to which; the fees below say what for."""
    amounts = sorted({fee.amount_fen for fee in item.fees})
    if not amounts:
        return gettext("不收费")
    if len(amounts) == 1:
        return money(amounts[0])
    return gettext("%(least)s 起") % {"least": money(amounts[0])}


_ANSWERS = {
    Way.ONLINE: lambda: gettext("可以。在%(here)s就能办，全程网上，不用去%(there)s。"),
    Way.COUNTER: lambda: gettext("可以。到%(here)s的跨省通办窗口交材料，由%(there)s审批。"),
    Way.DIRECT: lambda: gettext("这件事请直接向%(there)s的有权机关申请。"),
}
