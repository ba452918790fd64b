"""What an author has to say before an item is published, beyond what its fields force."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from tongban.core.items.item import Item
from tongban.core.items.problem import Problem

#: 其他材料, 其他有关证明文件, 法律法规规定的其他材料: nobody can know what to bring (兜底条款).
_CATCH_ALL = re.compile(
    r"其[他它].{0,8}(材料|资料|文件|证明)|other (materials|documents)", re.IGNORECASE
)


def find_omissions(item: Item) -> Iterator[Problem]:
    """Everything that people could not do without, and that the item does not say."""
    for rule in RULES:
        yield from rule(item)


def _visits(item: Item) -> Iterator[Problem]:
    if item.visits and item.visits_reason is None:
        yield Problem(
            field="visits_reason",
            reason="people have to come, and nobody tells them why",
            remedy="name what has to be done in person, or set visits to 0",
        )


def _catch_alls(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.materials):
        if _CATCH_ALL.search(line.name.zh) or _CATCH_ALL.search(line.name.en):
            yield Problem(
                field=f"materials[{index}].name",
                reason=f"{line.name.zh} does not say what to bring",
                remedy="name each material that is meant",
            )


def _words(item: Item) -> Iterator[Problem]:
    said = {"name": item.name, "summary": item.summary, "limits.basis": item.limits.basis}
    said |= {f"materials[{n}].name": line.name for n, line in enumerate(item.materials)}
    said |= {f"fees[{n}].basis": fee.basis for n, fee in enumerate(item.fees)}
    for field, words in said.items():
        if not (words.zh.strip() and words.en.strip()):
            yield Problem(field=field, reason="it has to be said in Chinese and in English")


def _basis(item: Item) -> Iterator[Problem]:
    if not item.legal_basis:
        yield Problem(
            field="legal_basis",
            reason="an authority acts on a law only (优化营商环境条例 35)",
            remedy="name the law or document that sets the item up",
        )


def _parameters(item: Item) -> Iterator[Problem]:
    for index, line in enumerate(item.parameters):
        try:
            Decimal(line.value)
        except InvalidOperation:
            yield Problem(
                field=f"parameters[{index}].value",
                reason=f"{line.value} is not a number",
                remedy="write digits, with a point before decimals, and the unit beside them",
            )


RULES: tuple[Callable[[Item], Iterator[Problem]], ...] = (
    _visits,
    _catch_alls,
    _words,
    _basis,
    _parameters,
)
