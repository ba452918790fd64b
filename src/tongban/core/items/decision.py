"""The decision table (决策表) of an item: which case is yours, by what the form asks anyway.

The first row that holds counts. A table is checked before its item is published: it answers for
every choice that people have, and no row stands behind others that take all its cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from tongban.core.items.form import Field, Form
from tongban.core.items.handling import HandlingItem
from tongban.core.items.problem import Pair, Problem, problem
from tongban.core.words import Words

#: More than people could tell apart; looking through so many takes a moment.
_COMBINATIONS_MAX = 4_096

#: Chosen values by the name of the form's field.
Answers = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What somebody answers: one of these values, of a field of the form that has options."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionRow:
    """when: all of them are given; empty for every case that is left.

    handling_item: 业务办理项编码 of the situation that it is, with its materials; "" where the item
    is not for this case. says: what to know or do then; needed where the item is not for it.
    """

    when: tuple[Given, ...] = ()
    handling_item: str = ""
    says: Words | None = None

    def holds(self, answers: Answers) -> bool:
        """Whether it is the case of somebody who answers so."""
        return all(answers.get(given.field) in given.values for given in self.when)


def decide(rows: Sequence[DecisionRow], answers: Answers) -> DecisionRow | None:
    """The first row that holds; None where there is none."""
    return next((row for row in rows if row.holds(answers)), None)


def asked_fields(rows: Sequence[DecisionRow], form: Form) -> tuple[Field, ...]:
    """The form's fields with options on which the table depends, in their order."""
    names = {given.field for row in rows for given in row.when}
    return tuple(field for field in form.fields if field.options and field.name in names)


def find_unknown(
    rows: Sequence[DecisionRow], form: Form, handling_items: Sequence[HandlingItem]
) -> Iterator[Problem]:
    """Fields, values and situations that a table names and the item does not have."""
    choices = {field.name: {each.value for each in field.options} for field in form.fields}
    known = {"", *(line.code for line in handling_items)}
    for index, row in enumerate(rows):
        for given in row.when:
            strange = sorted(set(given.values) - choices.get(given.field, set()))
            for value in strange or ([] if given.values else [""]):
                reason = (
                    f"表单里没有{given.field}={value}这个选项",
                    f"the form has no option {given.field}={value}",
                )
                remedy = ("写表单里的字段和选项", "name a field of the form and one of its options")
                yield problem(f"decisions[{index}].when", reason, remedy)
        if row.handling_item not in known:
            reason = (
                f"本事项没有业务办理项{row.handling_item}",
                f"the item has no handling item {row.handling_item}",
            )
            remedy = (
                "写“业务办理项”里有的编码，或者先在那里加上它",
                "write a code of the sheet 业务办理项 (Handling items), or add it there first",
            )
            yield problem(f"decisions[{index}].handling_item", reason, remedy)


def find_undecided(rows: Sequence[DecisionRow], form: Form) -> Iterator[Problem]:
    """Cases that no row answers, rows that no case reaches, and refusals without a way out."""
    for index, row in enumerate(rows):
        if not row.handling_item and row.says is None:
            reason = (
                "不适用本事项，却没有说该怎么办",
                "the item is not for this case, and nobody says what is",
            )
            yield problem(f"decisions[{index}].says", reason, _WAY_OUT)
    fields = asked_fields(rows, form)
    if prod(len(field.options) for field in fields) > _COMBINATIONS_MAX:
        reason = ("决策表的情形太多", "the table has more cases than people can tell apart")
        yield problem("decisions", reason, ("少用几个字段", "use fewer fields"))
    elif rows:
        yield from _holes(rows, fields)


def _holes(rows: Sequence[DecisionRow], fields: Sequence[Field]) -> Iterator[Problem]:
    reached: set[int] = set()
    for chosen in product(*(field.options for field in fields)):
        pairs = list(zip(fields, chosen, strict=True))
        answers = {field.name: option.value for field, option in pairs}
        taken = next((n for n, row in enumerate(rows) if row.holds(answers)), None)
        if taken is None:
            zh = "，".join(f"{field.label.zh}：{option.label.zh}" for field, option in pairs)
            en = ", ".join(f"{field.label.en}: {option.label.en}" for field, option in pairs)
            reason = (f"没有一行说到（{zh}）", f"no row is about ({en})")
            yield problem("decisions", reason, _LAST_ROW)
            return
        reached.add(taken)
    for index in sorted(set(range(len(rows))) - reached):
        reason = ("前面的行已经包括这一行", "rows before it take all its cases")
        yield problem(
            f"decisions[{index}]", reason, ("删掉，或者移到前面", "delete it, or move it up")
        )


_WAY_OUT: Pair = ("写明该找哪个事项或者怎么办", "name the item or the way that is right")
_LAST_ROW: Pair = (
    "加一行；最后一行不写条件，就包括其余情形",
    "add a row; a last one without conditions takes every case that is left",
)
