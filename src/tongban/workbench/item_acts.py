"""What a catalogue officer asks for: to open items, to take them back, or to withdraw one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext

from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.catalogues.reasons import REASON_WORDS
from tongban.core.items.item import Item
from tongban.pages.components import FieldError
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said
from tongban.workbench.own_items import ItemAtPartner, OwnItems, cases_under_way

#: Stands for every partner, those that come later too; no node has such a name.
EVERY_PARTNER = "*"


@dataclass(frozen=True, kw_only=True, slots=True)
class ToPartner:
    """What opening would change at one partner; fresh: how many items are new to it."""

    name: str
    reachable: bool
    fresh: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningAsked:
    """Items that are to be opened; partner: a node, or EVERY_PARTNER."""

    items: tuple[Item, ...]
    partner: str
    at: tuple[ToPartner, ...]

    @property
    def to_all(self) -> bool:
        """Whether every partner is meant."""
        return self.partner == EVERY_PARTNER

    @property
    def name(self) -> str:
        """To whom, in words."""
        return gettext("所有伙伴") if self.to_all else name_of_node(self.partner)

    def carry_out(self, number: str) -> None:
        """Open them and let partners know at once; number: of the officer."""
        node, codes = whole_node(), [item.code for item in self.items]
        if self.to_all:
            node.openings.open_to_all(codes, number=number)
        else:
            node.openings.open_to(self.partner, codes, number=number)
        node.openings.tell_all()


def read_opening(given: QueryDict, own: OwnItems) -> OpeningAsked | str:
    """What was asked, or in words why it cannot be done."""
    codes, partner = list(dict.fromkeys(given.getlist("item"))), given.get("partner", "")
    if not codes:
        return gettext("请先选要开放的事项。")
    if partner != EVERY_PARTNER and partner not in {each.peer for each in own.partners}:
        return gettext("请选向谁开放。")
    if not all(own.may_be_opened(code) for code in codes):
        return gettext("选中的事项里有的已经撤下，或者不是本地的事项；什么也没有开放。请重新选。")
    items = tuple(own.by_code[code] for code in codes)
    return OpeningAsked(items=items, partner=partner, at=_news(items, partner, own))


def _news(items: Iterable[Item], partner: str, own: OwnItems) -> tuple[ToPartner, ...]:
    """At each partner that is meant."""
    by_node: dict[str, list[ItemAtPartner]] = {}
    for item in items:
        for each in own.of(item).partners:
            if partner in {EVERY_PARTNER, each.node}:
                by_node.setdefault(each.node, []).append(each)
    return tuple(
        ToPartner(
            name=found[0].name,
            reachable=found[0].reachable,
            fresh=sum(not each.is_open for each in found),
        )
        for found in by_node.values()
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class EndAsked:
    """From when and why, as somebody filled it in; reason: "" until chosen. day: as it was written.

    today: the first day that can be chosen. choices: the reasons there are.
    """

    reason: str
    day: str
    today: date
    choices: Collection[WithdrawalReason] = tuple(REASON_WORDS)

    @property
    def first(self) -> date | None:
        """The first day on which nothing is taken in; None where it is no day."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    @property
    def reasons(self) -> list[tuple[str, str, bool]]:
        """What can be chosen: value, words, and whether it is."""
        return [
            (each.value, said(REASON_WORDS[each]), each == self.reason) for each in self.choices
        ]

    @property
    def reason_words(self) -> str:
        """The chosen reason."""
        return said(REASON_WORDS[WithdrawalReason(self.reason)])

    def errors(self) -> tuple[FieldError, ...]:
        """What has to be mended before it can be done."""
        found = []
        if self.reason not in set(self.choices):
            found.append(FieldError(anchor="reason", words=gettext("请选原因。")))
        if self.first is None:
            found.append(
                FieldError(anchor="from-day", words=gettext("请写从哪天起，例如2026-12-01。"))
            )
        elif self.first < self.today:
            found.append(
                FieldError(
                    anchor="from-day",
                    words=gettext("这一天已经过去；最早从今天起，以前收的件要照常办。"),
                )
            )
        return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingAsked:
    """Items that are to be taken back from one partner; end: from when and why.

    skipped: how many others were chosen that are not open to it. cases: under way, of these items,
    that it took in.
    """

    items: tuple[Item, ...]
    skipped: int
    partner: str
    reachable: bool
    cases: int
    end: EndAsked

    @property
    def name(self) -> str:
        """From whom, in words."""
        return name_of_node(self.partner)

    def carry_out(self, number: str) -> None:
        """Take them back and let the partner know at once; number: of the officer."""
        node = whole_node()
        node.openings.close_to(
            self.partner,
            [item.code for item in self.items],
            reason=WithdrawalReason(self.end.reason),
            from_day=self.end.first,
            number=number,
        )
        node.openings.tell_all()


def read_closing(given: QueryDict, own: OwnItems, end: EndAsked) -> ClosingAsked | str:
    """What was asked, or in words why it cannot be done."""
    partner = next((each for each in own.partners if each.peer == given.get("partner")), None)
    if partner is None:
        return gettext("请选从哪个伙伴收回。")
    codes = [code for code in dict.fromkeys(given.getlist("item")) if own.may_be_opened(code)]
    found = [own.of(own.by_code[code]) for code in codes]
    opened = tuple(each.item for each in found if partner.peer in each.open_to_nodes)
    if not opened:
        return gettext("选中的事项没有向对方开放，什么也没有收回。请重新选。")
    return ClosingAsked(
        items=opened,
        skipped=len(found) - len(opened),
        partner=partner.peer,
        reachable=partner.reachable,
        cases=sum(
            each.count
            for item in opened
            for each in cases_under_way(item.code)
            if each.node == partner.peer
        ),
        end=end,
    )


def withdraw(code: str, end: EndAsked, number: str) -> None:
    """Withdraw an item and let partners know at once; number: of the officer."""
    node = whole_node()
    node.published.withdraw(
        [code], reason=WithdrawalReason(end.reason), from_day=end.first, number=number
    )
    node.openings.tell_all()


def read_end(
    given: QueryDict, today: date, choices: Collection[WithdrawalReason] = tuple(REASON_WORDS)
) -> EndAsked:
    """What was filled in; a form that nobody touched yet proposes today."""
    return EndAsked(
        reason=given.get("reason", ""),
        day=given.get("from_day", str(today)),
        today=today,
        choices=choices,
    )
