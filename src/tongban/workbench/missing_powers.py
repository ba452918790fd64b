"""Which power is lacking where somebody was told that he may not, so that he can report it."""

from dataclasses import dataclass

from tongban.agreement_text.enum_words import words_of
from tongban.core.agreements.explain import NOT_GRANTED
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.explaining import explain_item
from tongban.pages.whole_node import whole_node
from tongban.pages.words import said


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingPower:
    """A power that no clause gives for an item of another place."""

    item: Item
    power: Power

    @property
    def words(self) -> str:
        """What it is called."""
        return said(words_of(self.power))


def missing_power(
    refusal: Refusal, item: Item, power: Power, mode: Mode = Mode.DELEGATED_INTAKE
) -> MissingPower | None:
    """What is lacking where a refusal says that nothing grants it; None where it says otherwise.

    power: that of the act. An act may need others besides, of which the first that lacks is meant.
    """
    if refusal.ground not in NOT_GRANTED or item.competent == whole_node().name:
        return None
    answers = explain_item(whole_node(), item.code, item.competent, mode).answers
    lacking = [each.power for each in answers if each.needed is not None]
    found = power if power in lacking else next(iter(lacking), power)
    return MissingPower(item=item, power=found)
