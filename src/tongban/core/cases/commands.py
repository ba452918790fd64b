"""What people and systems may ask for on a case; `decide` answers with events or a Refusal."""

from dataclasses import dataclass
from datetime import datetime

from tongban.core.body import Body
from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    Grade,
    IntakeKind,
    MaterialLine,
    Mode,
    PersonCheck,
    Reported,
    Verdict,
)
from tongban.core.entry import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseCommand:
    """Every command names the case, who asks, and the bodies that come with it."""

    case: str
    actor: Actor
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeIn(CaseCommand):
    """收件 online or at a counter, and dispatch to the competent party as soon as the line allows.

    item: implementation code of the competent party's item. competent: its node name.
    taken_in_at: the instant on the receipt. notice: what the applicant is told to supply before
    the dispatch, once and completely (代为一次性告知), in words in a body "correction".
    """

    item: str
    competent: str
    mode: Mode
    delivery: Delivery
    kind: IntakeKind
    person_check: PersonCheck
    materials: tuple[MaterialLine, ...]
    place: str
    taken_in_at: datetime
    notice: tuple[CorrectionLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispatch(CaseCommand):
    """Hand the case over to the competent party."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Open(CaseCommand):
    """An officer of the competent authority looks at the case for the first time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Accept(CaseCommand):
    """受理; number: 受理文书编号."""

    number: str
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RefuseAcceptance(CaseCommand):
    """不予受理, with a body "decision" that gives reasons and remedies."""

    ground: str
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotifyCorrection(CaseCommand):
    """一次性告知 of everything that is missing, with a body "correction" in words."""

    lines: tuple[CorrectionLine, ...]
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CompleteCorrection(CaseCommand):
    """补正 of everything on the list, taken in by the intake place."""

    materials: tuple[MaterialLine, ...]
    completed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportStep(CaseCommand):
    """A step that the authority's own system reports."""

    step: str
    reported: Reported


@dataclass(frozen=True, kw_only=True, slots=True)
class Decide(CaseCommand):
    """准予 or 不予, with a body "decision" and, when granted, a body "result"."""

    verdict: Verdict
    ground: str = ""
    result_number: str = ""
    reported: Reported | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliver(CaseCommand):
    """送达 to the applicant; tracking: number of the postal item, if posted."""

    method: Delivery
    person_check: PersonCheck
    tracking: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate(CaseCommand):
    """好差评, once per case; words, if any, in a body "rating"."""

    grade: Grade


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestWithdrawal(CaseCommand):
    """The applicant asks the holder to stop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recall(CaseCommand):
    """The sender wants the hand-over in transit back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordDeadline(CaseCommand):
    """Supervision asks the holder to record a deadline's effect; rule: a name in core/deadlines."""

    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmWithdrawal(CaseCommand):
    """The holder stops the case as the applicant asked."""
