"""Whether what clauses agree in fields fits the agreement: parties, codes, numbers of days."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tongban.core import canonical
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.provisions import (
    Compensation,
    DataLine,
    DisputeStage,
    Indicator,
    IndicatorUnit,
    JoiningCost,
    LiabilityLine,
    MaterialsStandard,
    Notice,
    SecurityDuty,
    Transport,
    Window,
)
from tongban.core.faults import DocumentInvalid
from tongban.core.items.codes import is_basic_code, is_code

_PERCENT_MAX = 100

#: Field below the line, and what is wrong with it.
Problem = tuple[str, str]


def check_provisions(agreement: Agreement) -> None:
    """Raise DocumentInvalid for the first line that does not fit."""
    for index, clause in enumerate(agreement.clauses):
        for field, problems in _CHECKS.items():
            for line, part in enumerate(getattr(clause, field)):
                for below, reason in problems(part, agreement):
                    raise DocumentInvalid(_path(index, field, line, below), reason)
    _check_notices(agreement.clauses)


def _path(clause: int, field: str, line: int, below: str) -> str:
    where = f"clauses[{clause}].{field}[{line}]"
    return f"{where}.{below}" if below else where


def _transport(line: Transport, agreement: Agreement) -> Iterator[Problem]:
    if line.sender == line.receiver or {line.sender, line.receiver} - agreement.nodes:
        yield "", "sender and receiver are two different parties"
    if not line.papers:
        yield "papers", "no paper travels"


def _window(line: Window, agreement: Agreement) -> Iterator[Problem]:
    yield from _party("node", line.node, agreement)


def _standard(line: MaterialsStandard, _agreement: Agreement) -> Iterator[Problem]:
    if not is_basic_code(line.basic_code):
        yield "basic_code", "not a basic code of 12 digits"
    if line.version < 1:
        yield "version", "the first version is 1"
    if line.digest and not canonical.is_digest(line.digest):
        yield "digest", "not the digest of a document"


def _data(line: DataLine, agreement: Agreement) -> Iterator[Problem]:
    yield from _party("node", line.node, agreement)
    if not is_code(line.code):
        yield "code", "not printable ASCII"


def _security(line: SecurityDuty, agreement: Agreement) -> Iterator[Problem]:
    if not line.nodes or set(line.nodes) - agreement.nodes:
        yield "nodes", "one or more parties bear a duty"


def _liability(line: LiabilityLine, _agreement: Agreement) -> Iterator[Problem]:
    yield from _days("working_days", line.working_days)


def _indicator(line: Indicator, _agreement: Agreement) -> Iterator[Problem]:
    if line.threshold < 0:
        yield "threshold", "fewer than none"
    if line.unit is IndicatorUnit.PERCENT and line.threshold > _PERCENT_MAX:
        yield "threshold", "more than all"


def _compensation(line: Compensation, agreement: Agreement) -> Iterator[Problem]:
    if line.payer == line.payee or {line.payer, line.payee} - agreement.nodes:
        yield "", "payer and payee are two different parties"
    if line.amount_fen < 1:
        yield "amount_fen", "nothing is paid"


def _cost(line: JoiningCost, agreement: Agreement) -> Iterator[Problem]:
    yield from _party("joining", line.joining, agreement)
    yield from _party("bearer", line.bearer, agreement)
    if line.amount_fen < 1:
        yield "amount_fen", "nothing was spent"


def _dispute(line: DisputeStage, _agreement: Agreement) -> Iterator[Problem]:
    yield from _days("working_days", line.working_days)


def _notice(line: Notice, _agreement: Agreement) -> Iterator[Problem]:
    yield from _days("days", line.days)


def _party(field: str, node: str, agreement: Agreement) -> Iterator[Problem]:
    if node not in agreement.nodes:
        yield field, "not a party"


def _days(field: str, days: int) -> Iterator[Problem]:
    if days < 1:
        yield field, "less than one day"


def _check_notices(clauses: Iterable[Clause]) -> None:
    """Two periods for one matter would leave open which of them counts."""
    seen = set()
    for index, clause in enumerate(clauses):
        for line, notice in enumerate(clause.notices):
            if notice.matter in seen:
                where = _path(index, "notices", line, "matter")
                raise DocumentInvalid(where, "its days are said twice")
            seen.add(notice.matter)


#: Of each field of a clause, what may be wrong with one of its lines.
_CHECKS: Mapping[str, Callable[[Any, Agreement], Iterator[Problem]]] = {
    "transports": _transport,
    "windows": _window,
    "standards": _standard,
    "data": _data,
    "security": _security,
    "liability": _liability,
    "indicators": _indicator,
    "compensation": _compensation,
    "costs": _cost,
    "disputes": _dispute,
    "notices": _notice,
}
