"""What a guide (办事指南) says of one item to somebody who is here and not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from tongban.core.cases.events import Mode
from tongban.core.items.item import Item, Material, MaterialSource, Medium, Necessity
from tongban.core.words import Language
from tongban.pages.components import MaterialView, Tone
from tongban.pages.places import Pair
from tongban.pages.words import reading_language, said


class Way(StrEnum):
    """How the item can be handled from here, best first."""

    ONLINE = "online"
    COUNTER = "counter"
    DIRECT = "direct"


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


def guide_of(item: Item, pair: Pair) -> Guide:
    """The guide for somebody at the pair's first place."""
    way = way_of(item, pair)
    return Guide(
        item=item,
        way=way,
        answer=_ANSWERS[way]() % {"here": said(pair.here.short), "there": said(pair.there.short)},
        facts=tuple(_facts(item)),
        materials=tuple(material_view(line) for line in item.materials),
    )


def way_of(item: Item, pair: Pair) -> Way:
    """Online if the item offers it; else the counter of this place; at home the authority's own."""
    if item.process_for(Mode.ALL_ONLINE) and not pair.same:
        return Way.ONLINE
    if item.process_for(Mode.DELEGATED_INTAKE) and not pair.same:
        return Way.COUNTER
    return Way.DIRECT


def way_words(way: Way) -> str:
    """The way in two or three words, for a list."""
    return {
        Way.ONLINE: gettext("全程网办"),
        Way.COUNTER: gettext("本地窗口代收"),
        Way.DIRECT: gettext("直接向有权机关申请"),
    }[way]


def material_view(line: Material) -> MaterialView:
    """One material as a list shows it."""
    english = reading_language() is Language.ENGLISH
    required = line.necessity is Necessity.REQUIRED
    return MaterialView(
        name=said(line.name),
        chinese=line.name.zh if english else "",
        tag=_NECESSITY[line.necessity](),
        tone=Tone.HERE if required else Tone.PLAIN,
        notes=tuple(_material_notes(line)),
    )


def money(fen: int) -> str:
    """An amount in yuan, whole where it is."""
    yuan = f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"
    return gettext("%(yuan)s 元") % {"yuan": yuan}


def _facts(item: Item) -> Iterator[Fact]:
    days = item.limits.promised_days
    yield Fact(
        name=gettext("多久办好"),
        words=ngettext("%(count)s 个工作日", "%(count)s 个工作日", days) % {"count": days}
        if days
        else gettext("当场办结"),
        note=_legal_limit(item),
    )
    yield Fact(
        name=gettext("收多少钱"),
        words=money(item.fee.amount_fen) if item.fee else gettext("不收费"),
    )
    visits = item.visits
    yield Fact(
        name=gettext("要跑几次"),
        words=ngettext("%(count)s 次", "%(count)s 次", visits) % {"count": visits}
        if visits
        else gettext("一次也不用"),
    )
    yield Fact(name=gettext("谁来决定"), words=said(item.organisation.name))


def _legal_limit(item: Item) -> str:
    if item.limits.legal_days is None:
        return ""
    return gettext("法定 %(days)s 个工作日") % {"days": item.limits.legal_days}


def _material_notes(line: Material) -> Iterator[str]:
    yield said(line.acceptance_standard)
    where = " · ".join((_SOURCE[line.source](), _MEDIUM[line.medium]()))
    basis = gettext("依据 %(label)s") % {"label": said(line.legal_basis)}
    yield f"{where} · {basis}"


_NECESSITY = {
    Necessity.REQUIRED: lambda: gettext("必须交"),
    Necessity.OPTIONAL: lambda: gettext("可不交"),
    Necessity.MAY_FOLLOW: lambda: gettext("可以后补"),
}
_SOURCE = {
    MaterialSource.APPLICANT: lambda: gettext("自己准备"),
    MaterialSource.AUTHORITY: lambda: gettext("政府部门核发"),
    MaterialSource.OTHER: lambda: gettext("其他单位出具"),
}
_MEDIUM = {
    Medium.PAPER: lambda: gettext("纸质"),
    Medium.ELECTRONIC: lambda: gettext("电子"),
    Medium.EITHER: lambda: gettext("纸质或电子"),
}
_ANSWERS = {
    Way.ONLINE: lambda: gettext("可以。在%(here)s就能办，全程网上，不用去%(there)s。"),
    Way.COUNTER: lambda: gettext("可以。到%(here)s的跨省通办窗口交材料，由%(there)s审批。"),
    Way.DIRECT: lambda: gettext("这件事请直接向%(there)s的有权机关申请。"),
}
