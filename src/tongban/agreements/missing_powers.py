"""A power that no clause gives, reported upward (缺权上报): to whom, how said, and the list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.agreement_text.enum_words import words_of
from tongban.agreements.known import item_names
from tongban.agreements.labels import power_words
from tongban.core.body import Body
from tongban.core.cases.process import Power
from tongban.core.catalogues.rule_forms import ADVICE, MANDATE
from tongban.core.china_time import china_day
from tongban.core.entry import Actor
from tongban.core.inquiries.commands import AskQuestion
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.decision_powers import MissingPower
from tongban.node.explaining import Cure, cures_of
from tongban.pages.node_access import now
from tongban.pages.places import name_of_node, place_of_node, served_places
from tongban.pages.whole_node import whole_node

_PARTS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportLine:
    """One report as the list shows it; name: "" where the item is not known here any more.

    cure: what gives the power now, None while nothing does.
    """

    at: datetime
    item: str
    name: str
    partner: str
    place: str
    power: str
    cure: Cure | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """The power that is lacking on an item between here and a partner."""

    item: Item
    partner: str
    power: Power

    @property
    def reported_today(self) -> bool:
        """Whether somebody here has reported it today; one report a day is enough."""
        wanted = (self.item.code, self.partner, self.power.value)
        return any(
            (each.item, each.partner, each.power) == wanted
            and china_day(each.at) == china_day(now())
            for each in whole_node().decision_powers.missing()
        )

    def report(self, actor: Actor, *, to: str) -> Refusal | None:
        """Put it on the supervisor's list, and ask an upper node first where one is named.

        Where the question is refused nothing is put on record.
        """
        if to:
            answer = whole_node().execute(self._question(actor), partner=to)
            if isinstance(answer, Refusal):
                return answer
        whole_node().decision_powers.report_missing(
            item=self.item.code, partner=self.partner, power=self.power.value, actor=actor
        )
        return None

    def _question(self, actor: Actor) -> AskQuestion:
        here = served_places()[0].short.zh
        place = place_of_node(self.partner)
        there = place.short.zh if place else self.partner
        words = (
            f"缺权上报：{here}与{there}之间，事项“{self.item.name.zh}”（{self.item.code}）"
            f"没有“{words_of(self.power).zh}”的授权，所以不能代办。请予研究。"
        )
        body = Body(name="question", media="text/plain", content=words.encode())
        return AskQuestion(
            inquiry=whole_node().inquiries.fresh_name(),
            actor=actor,
            bodies=(body,),
            item=self.item.code,
            reports=self.power.value,
        )


def uppers(partner: str) -> list[tuple[str, str]]:
    """Nodes above this one with their names, nearest first; partner: with whom the power lacks.

    Above are the nodes of the places that this one belongs to; where it is paired with none, those
    that published lists or advice for others.
    """
    others = [name for name in whole_node().kernel.peers.names() if name != partner]
    above = [name for code in _above(served_places()[0].code) for name in others if _at(name, code)]
    found = above or [name for name in others if name in _publishers()]
    return [(name, name_of_node(name)) for name in found]


def report_lines(reports: Sequence[MissingPower]) -> list[ReportLine]:
    """The reports as the list shows them, in their order."""
    names, cures = item_names(), cures_of(whole_node(), reports)
    return [
        ReportLine(
            at=each.at,
            item=each.item,
            name=names.get(each.item, ""),
            partner=each.partner,
            place=name_of_node(each.partner),
            power=power_words(Power(each.power)) if each.power in set(Power) else each.power,
            cure=cure,
        )
        for each, cure in zip(reports, cures, strict=True)
    ]


def _above(code: str) -> Iterator[str]:
    """GB/T 2260 codes of prefecture, province and state above a place, without its own."""
    for kept in range(len(code) - _PARTS, -1, -_PARTS):
        upper = code[:kept].ljust(len(code), "0")
        if upper != code:
            yield upper


def _at(node: str, code: str) -> bool:
    place = place_of_node(node)
    return place is not None and place.code == code


def _publishers() -> frozenset[str]:
    rules = whole_node().rules
    lists = {each.rule.publisher for each in rules.standing(MANDATE)}
    return frozenset(lists | {each.rule.publisher for each in rules.standing(ADVICE)})
