"""Advice (指导意见) of upper levels, shown beside what it is about; it binds nobody."""

from dataclasses import dataclass

from tongban.core.catalogues.rule_forms import ADVICE
from tongban.core.mandates.advice import Advice
from tongban.pages.places import name_of_node
from tongban.pages.whole_node import whole_node


@dataclass(frozen=True, kw_only=True, slots=True)
class AdviceLine:
    """The newest version of one; publisher: the short name of its place."""

    advice: Advice
    publisher: str


def every_advice() -> list[AdviceLine]:
    """All that is known here."""
    return [
        AdviceLine(advice=each.rule, publisher=name_of_node(each.rule.publisher))
        for each in whole_node().rules.standing(ADVICE)
    ]


def advice_on_agreement(number: str) -> list[AdviceLine]:
    """What is recommended on the agreement of this number."""
    return [line for line in every_advice() if line.advice.agreement == number]
