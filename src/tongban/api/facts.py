"""Facts as systems report them, made into commands; a new kind is a line in the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tongban.api.documents import body_of
from tongban.api.messages import (
    AcceptedFact,
    CorrectionFact,
    DecidedFact,
    NotAcceptedFact,
    ReportedFact,
    StepFact,
)
from tongban.core.body import Body
from tongban.core.cases.commands import (
    Accept,
    CaseCommand,
    Decide,
    NotifyCorrection,
    RefuseAcceptance,
    ReportStep,
)
from tongban.core.cases.events import CorrectionLine, Reported
from tongban.core.entry import Actor
from tongban.core.refusal import Refusal

#: Documents that a fact may bring, under the names that their bodies carry.
_DOCUMENTS = ("decision", "result", "correction")


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Who reports a fact of which case, and when the authority acted."""

    case: str
    actor: Actor
    reported: Reported


def command_of(fact: ReportedFact, report: Report) -> CaseCommand | Refusal:
    """The command that records the fact."""
    bodies = []
    for name in _DOCUMENTS:
        document: BaseModel | None = getattr(fact, name, None)
        body = body_of(name, document) if document else None
        if isinstance(body, Refusal):
            return body
        bodies += [body] if body else []
    return _COMMANDS[type(fact)](fact, report, tuple(bodies))


def _step(fact: StepFact, report: Report, _bodies: tuple[Body, ...]) -> CaseCommand:
    return ReportStep(
        case=report.case, actor=report.actor, step=fact.step, reported=report.reported
    )


def _accepted(fact: AcceptedFact, report: Report, _bodies: tuple[Body, ...]) -> CaseCommand:
    return Accept(
        case=report.case, actor=report.actor, number=fact.number, reported=report.reported
    )


def _not_accepted(fact: NotAcceptedFact, report: Report, bodies: tuple[Body, ...]) -> CaseCommand:
    return RefuseAcceptance(
        case=report.case,
        actor=report.actor,
        bodies=bodies,
        ground=fact.ground,
        reported=report.reported,
    )


def _correction(fact: CorrectionFact, report: Report, bodies: tuple[Body, ...]) -> CaseCommand:
    return NotifyCorrection(
        case=report.case,
        actor=report.actor,
        bodies=bodies,
        lines=tuple(CorrectionLine(code=line.code, defect=line.defect) for line in fact.lines),
        reported=report.reported,
    )


def _decided(fact: DecidedFact, report: Report, bodies: tuple[Body, ...]) -> CaseCommand:
    return Decide(
        case=report.case,
        actor=report.actor,
        bodies=bodies,
        verdict=fact.verdict,
        ground=fact.ground,
        result_number=fact.number,
        reported=report.reported,
    )


_COMMANDS: Mapping[type[ReportedFact], Callable[[Any, Report, tuple[Body, ...]], CaseCommand]] = {
    StepFact: _step,
    AcceptedFact: _accepted,
    NotAcceptedFact: _not_accepted,
    CorrectionFact: _correction,
    DecidedFact: _decided,
}
