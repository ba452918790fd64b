"""How an agreement departs from the template that it was made from (与模板的差异)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import msgspec

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.differences import Difference, compared
from tongban.core.agreements.template import LEFT_TO_PARTIES, Template


class DepartureKind(StrEnum):
    """What became of a clause; only what parties were to fill in is no departure by itself."""

    LEFT_OUT = "left_out"
    ADDED = "added"
    REWORDED = "reworded"
    CHANGED = "changed"
    FILLED_IN = "filled_in"


@dataclass(frozen=True, kw_only=True, slots=True)
class Departure:
    """A clause that is not as the template has it; differences: field by field within it."""

    clause: str
    kind: DepartureKind
    differences: tuple[Difference, ...] = ()


def departures(template: Template, agreement: Agreement) -> tuple[Departure, ...]:
    """Every clause that differs, those of the template first, in its order.

    A clause may appear twice: filled in, and reworded or changed.
    """
    given = {clause.number: clause for clause in template.clauses}
    own = {clause.number: clause for clause in agreement.clauses}
    found: list[Departure] = []
    for number, clause in given.items():
        if number in own:
            found.extend(_compared(clause, own[number]))
        else:
            found.append(Departure(clause=number, kind=DepartureKind.LEFT_OUT))
    added = (number for number in own if number not in given)
    found.extend(Departure(clause=number, kind=DepartureKind.ADDED) for number in added)
    return tuple(found)


def _compared(given: Clause, own: Clause) -> Iterator[Departure]:
    blank: dict[str, Any] = dict.fromkeys(LEFT_TO_PARTIES, ())
    bare = replace(own, **blank)
    differences = _differences(given, bare)
    if differences:
        worded = all(line.path.startswith(("text.", "title.")) for line in differences)
        kind = DepartureKind.REWORDED if worded else DepartureKind.CHANGED
        yield Departure(clause=own.number, kind=kind, differences=differences)
    if filled := _differences(bare, own):
        yield Departure(clause=own.number, kind=DepartureKind.FILLED_IN, differences=filled)


def _differences(before: Clause, after: Clause) -> tuple[Difference, ...]:
    return tuple(compared("", msgspec.to_builtins(before), msgspec.to_builtins(after)))
