"""This node's own items as their officer sees them: to whom each is open, and who knows of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext

from tongban.accounts.models import Person
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.opening import Opening
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.core.catalogues.telling import Telling
from tongban.core.items.item import Item
from tongban.core.items.succession import first_day_after
from tongban.logs.rows import OwnClosure, OwnOpening, OwnWithdrawal
from tongban.node.openings import AtPartner
from tongban.pages.components import Tone
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said
from tongban.projections.models import CaseRow

_OUTSTANDING = frozenset({Telling.NOT_YET, Telling.OUTDATED, Telling.WAITING, Telling.NOT_TAKEN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """What the list can be narrowed down to."""

    value: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemAtPartner:
    """One item at one partner; telling: None where the partner has nothing to know of it.

    closure: None where the item was not taken back from this partner alone.
    """

    node: str
    name: str
    reachable: bool
    ways: tuple[Opening, ...]
    telling: Telling | None
    withdrawn: bool
    closure: OwnClosure | None = None

    @property
    def is_open(self) -> bool:
        """Whether the partner is told of the item, and it takes something in."""
        return bool(self.ways) and not self.withdrawn

    @property
    def is_outstanding(self) -> bool:
        """Whether the partner does not know yet what it should."""
        return self.telling in _OUTSTANDING

    @property
    def words(self) -> str:
        """What the partner knows."""
        if self.telling is None:
            return ""
        if not self.reachable and self.telling in {Telling.NOT_YET, Telling.OUTDATED}:
            return gettext("线路不通，恢复以后自动告知")
        if self.withdrawn:
            return _OF_WITHDRAWALS[self.telling]()
        return (_OF_CLOSURES if self.closure else _OF_ITEMS)[self.telling]()

    @property
    def closed_words(self) -> str:
        """Why it was taken back; "" where it was not."""
        return said(REASON_WORDS[WithdrawalReason(self.closure.reason)]) if self.closure else ""

    @property
    def tone(self) -> Tone:
        """How good that is."""
        if self.telling is Telling.TOLD:
            return Tone.GOOD
        return Tone.BAD if self.telling is Telling.NOT_TAKEN else Tone.WAIT

    @property
    def way_words(self) -> list[str]:
        """Why the partner is told of the item."""
        return [_WAYS[way]() for way in self.ways]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnItem:
    """One item with its partners; gone: None while it is not withdrawn.

    item: the version that holds, or else the first to come; later: those to come after it.
    current: applications are taken in today.
    """

    item: Item
    later: tuple[Item, ...]
    current: bool
    gone: OwnWithdrawal | None
    partners: tuple[ItemAtPartner, ...]

    @property
    def reason(self) -> str:
        """Why it was withdrawn, in words; "" where it was not."""
        return said(REASON_WORDS[WithdrawalReason(self.gone.reason)]) if self.gone else ""

    @property
    def open_to(self) -> list[str]:
        """Names of the partners to which it is open."""
        return [partner.name for partner in self.partners if partner.is_open]

    @property
    def open_to_nodes(self) -> list[str]:
        """The same partners by their nodes."""
        return [partner.node for partner in self.partners if partner.is_open]

    @property
    def open_to_words(self) -> str:
        """The same, one after the other."""
        return gettext("、").join(self.open_to)

    @property
    def open_to_all(self) -> bool:
        """Whether it is open to every partner."""
        return bool(self.partners) and len(self.open_to) == len(self.partners)

    @property
    def waiting(self) -> int:
        """How many partners do not know yet what they should."""
        return sum(partner.is_outstanding for partner in self.partners) - self.not_taken

    @property
    def not_taken(self) -> int:
        """How many partners did not take it."""
        return sum(partner.telling is Telling.NOT_TAKEN for partner in self.partners)


class OwnItems:
    """Where everything stands at one moment; made for one page."""

    def __init__(self) -> None:
        node = whole_node()
        self._versions = node.own.versions()
        self.by_code: Mapping[str, Item] = {code: each[0] for code, each in self._versions.items()}
        self.gone = {row.item: row for row in node.published.withdrawn()}
        self._find: Callable[[str], Item | None] = node.published.find
        self._today = node.published.today()
        self._documents = {(row.item, row.version): row.digest for row in node.published.standing()}
        at = node.openings.at_partners()
        self.partners = sorted(at, key=lambda each: name_of_node(each.peer))

    def search(self, text: str, narrowed: str) -> list[Item]:
        """Items by code; text: a part of name or code. narrowed: as `narrowings` gives it."""
        wanted = text.casefold()
        named = [
            item
            for _, item in sorted(self.by_code.items())
            if wanted in f"{item.name.zh} {item.name.en} {item.code}".casefold()
        ]
        kind, _, partner = narrowed.partition(":")
        narrow = _NARROW.get(kind)
        if narrow is None:
            return named
        return [item for item in named if narrow(self.of(item), partner)]

    def narrowings(self) -> list[Narrowing]:
        """What the list can be narrowed down to."""
        names = [(each.peer, name_of_node(each.peer)) for each in self.partners]
        open_to, closed_to = gettext("向%(place)s开放的"), gettext("没有向%(place)s开放的")
        return [
            Narrowing(value="untold", words=gettext("有伙伴还不知道的")),
            Narrowing(value="closed", words=gettext("没有向任何伙伴开放的")),
            Narrowing(value="withdrawn", words=gettext("已经撤下的")),
            *(Narrowing(value=f"open:{node}", words=open_to % {"place": n}) for node, n in names),
            *(
                Narrowing(value=f"closed:{node}", words=closed_to % {"place": n})
                for node, n in names
            ),
        ]

    def of(self, item: Item) -> OwnItem:
        """One of the items with everything about it."""
        gone = self.gone.get(item.code)
        # A version that takes effect later is told of then; until then the one before counts.
        stands = self._find(item.code) or item
        return OwnItem(
            item=item,
            later=self._versions[item.code][1:],
            current=stands.in_effect_on(self._today) and not self._is_over(gone),
            gone=gone,
            partners=tuple(self._at(stands, gone, partner) for partner in self.partners),
        )

    def planned_days(self) -> list[date]:
        """The first days of all versions that are to come."""
        versions = (each for line in self._versions.values() for each in line)
        days = (first_day_after(each, self._today) for each in versions)
        return sorted({day for day in days if day is not None})

    def may_be_opened(self, code: str) -> bool:
        """Whether it is an item of this node that is not withdrawn."""
        return code in self.by_code and code not in self.gone

    def _is_over(self, gone: OwnWithdrawal | None) -> bool:
        return gone is not None and gone.from_day <= self._today

    def _at(self, item: Item, gone: OwnWithdrawal | None, at: AtPartner) -> ItemAtPartner:
        ways = tuple(at.ways.get(item.code, ()))
        document = self._documents.get((item.code, item.version), "")
        knows = bool(ways) or item.code in at.known.standing
        closure = at.closed.get(item.code)
        telling = at.known.of_item(item.code, document) if knows else None
        return ItemAtPartner(
            node=at.peer,
            name=name_of_node(at.peer),
            reachable=at.reachable,
            ways=ways,
            telling=at.known.of_withdrawal(item.code) if gone or closure else telling,
            withdrawn=gone is not None,
            closure=closure,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class CasesFrom:
    """Cases under way that one place took in."""

    node: str
    name: str
    count: int


def cases_under_way(code: str) -> list[CasesFrom]:
    """Of this item, by who took them in; most first."""
    rows = (
        CaseRow.objects.filter(item=code, competent=whole_node().name, ended=False)
        .values_list("intake_party")
        .annotate(count=Count("case"))
        .order_by("-count", "intake_party")
    )
    return [CasesFrom(node=party, name=name_of_node(party), count=count) for party, count in rows]


def opened_by(code: str) -> list[tuple[str, str]]:
    """Who opened the item, and to whom: names; "" for the operator, and for every partner."""
    return _named(row for row in whole_node().openings.opened_by_officers() if row.item == code)


def closed_by(own: OwnItem) -> list[tuple[str, str]]:
    """Who took the item back, and from whom: names; "" for the operator."""
    return _named(each.closure for each in own.partners if each.closure is not None)


def _named(found: Iterable[OwnOpening | OwnClosure]) -> list[tuple[str, str]]:
    rows = list(found)
    people = Person.objects.filter(number__in={row.number for row in rows})
    names = {"": "", **dict(people.values_list("number", "display_name"))}
    return [
        (
            names.get(row.number, gettext("事项管理员")),
            name_of_node(row.peer) if row.peer else "",
        )
        for row in rows
    ]


def _is_open(found: OwnItem, partner: str) -> bool:
    return any(each.is_open for each in found.partners if partner in {"", each.node})


def _is_closed(found: OwnItem, partner: str) -> bool:
    return found.gone is None and not _is_open(found, partner)


def _is_untold(found: OwnItem, _partner: str) -> bool:
    return any(each.is_outstanding for each in found.partners)


def _is_withdrawn(found: OwnItem, _partner: str) -> bool:
    return found.gone is not None


_NARROW: Mapping[str, Callable[[OwnItem, str], bool]] = {
    "open": _is_open,
    "closed": _is_closed,
    "untold": _is_untold,
    "withdrawn": _is_withdrawn,
}
_WAYS: Mapping[Opening, Callable[[], str]] = {
    Opening.AGREED: lambda: gettext("有协议"),
    Opening.LISTED: lambda: gettext("在公布的清单上"),
    Opening.TO_PARTNER: lambda: gettext("已向对方开放"),
    Opening.TO_ALL: lambda: gettext("已向所有伙伴开放"),
}
_OF_ITEMS: Mapping[Telling, Callable[[], str]] = {
    Telling.NOT_YET: lambda: gettext("还没有告知"),
    Telling.OUTDATED: lambda: gettext("知道的是以前的版本"),
    Telling.WAITING: lambda: gettext("已经发出，等对方确认"),
    Telling.TOLD: lambda: gettext("已经知道"),
    Telling.NOT_TAKEN: lambda: gettext("对方没有接受"),
}
_OF_CLOSURES: Mapping[Telling, Callable[[], str]] = {
    Telling.NOT_YET: lambda: gettext("还不知道已经收回"),
    Telling.WAITING: lambda: gettext("收回的消息已经发出，等对方确认"),
    Telling.TOLD: lambda: gettext("已经知道收回"),
}
_OF_WITHDRAWALS: Mapping[Telling, Callable[[], str]] = {
    Telling.NOT_YET: lambda: gettext("还不知道已经撤下"),
    Telling.WAITING: lambda: gettext("撤下的消息已经发出，等对方确认"),
    Telling.TOLD: lambda: gettext("已经知道撤下"),
}
