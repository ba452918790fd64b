"""Which act of a process each event records."""

from collections.abc import Mapping
from datetime import datetime

from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseDeemedAccepted,
    CaseDispatched,
    CaseNotAccepted,
    CaseOpened,
    CaseRated,
    CaseTakenIn,
    CaseWithdrawn,
    CorrectionCompleted,
    CorrectionNotified,
    DeemedAcceptanceReversed,
    HandoverRecalled,
    Reported,
    ResultDelivered,
    StepReported,
    WithdrawalRequested,
)
from tongban.core.cases.process import ActKind
from tongban.core.entry import Entry, Event

#: Recalls and reversals are not here: they undo an act and no process orders them.
ACT_OF: Mapping[type[Event], ActKind] = {
    CaseTakenIn: ActKind.TAKE_IN,
    CaseDispatched: ActKind.DISPATCH,
    CaseOpened: ActKind.OPEN,
    CaseAccepted: ActKind.ACCEPT,
    CaseNotAccepted: ActKind.REFUSE_ACCEPTANCE,
    CaseDeemedAccepted: ActKind.DEEM_ACCEPTED,
    CorrectionNotified: ActKind.NOTIFY_CORRECTION,
    CorrectionCompleted: ActKind.COMPLETE_CORRECTION,
    StepReported: ActKind.REPORT_STEP,
    CaseDecided: ActKind.DECIDE,
    ResultDelivered: ActKind.DELIVER,
    CaseRated: ActKind.RATE,
    WithdrawalRequested: ActKind.REQUEST_WITHDRAWAL,
    CaseWithdrawn: ActKind.CONFIRM_WITHDRAWAL,
}


def is_case_event(event: Event) -> bool:
    """Whether the event moves or undoes something; a read of a body, for one, does not."""
    return type(event) in ACT_OF or isinstance(event, HandoverRecalled | DeemedAcceptanceReversed)


def reported_of(event: Event) -> Reported | None:
    """What marks the event as a fact of an authority's own system, if it is one."""
    match event:
        case (
            CaseAccepted(reported=reported)
            | CaseNotAccepted(reported=reported)
            | CorrectionNotified(reported=reported)
            | StepReported(reported=reported)
            | CaseDecided(reported=reported)
        ):
            return reported
        case _:
            return None


def acted_at(entry: Entry) -> datetime:
    """When the act happened: as the authority's system reports it, else the entry's instant."""
    reported = reported_of(entry.event)
    return reported.acted_at if reported else entry.at
