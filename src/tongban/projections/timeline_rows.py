"""What an entry about a case becomes on its timeline, and a read of personal data in its book."""

from collections.abc import Callable, Mapping
from typing import Any

from tongban.core.cases.acts import ACT_OF, acted_at, reported_of
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseNotAccepted,
    CaseRated,
    DeemedAcceptanceReversed,
    HandoverRecalled,
    ResultDelivered,
    StepReported,
)
from tongban.core.entry import Event
from tongban.core.home.events import IntentSettled, PersonalDataRead
from tongban.node.ports import Change
from tongban.projections.models import ReadRow, TimelineRow

_DETAIL_MAX = 200


def timeline_row(change: Change) -> TimelineRow | None:
    """The line of an act, a fact, or a waiting act that came back; None for everything else."""
    event = change.entry.event
    if not _is_shown(event):
        return None
    reported = reported_of(event)
    actor, basis = change.entry.actor, change.entry.basis
    return TimelineRow(
        seq=change.seq,
        case=change.entry.subject.id,
        at=acted_at(change.entry),
        reported_at=reported.reported_at if reported else None,
        kind=type(event).__name__,
        writer=change.writer,
        actor_kind=actor.kind,
        actor_organisation=actor.organisation or "",
        actor_role=actor.role or "",
        detail=_detail(event)[:_DETAIL_MAX],
        basis_kind=basis.kind if basis else "",
        basis_document=(basis.document or "") if basis else "",
        basis_clause=(basis.clause or "") if basis else "",
        ground=change.ground or (event.ground if isinstance(event, IntentSettled) else ""),
        settled=change.settled,
    )


def read_row(change: Change) -> ReadRow | None:
    """Who read what and for what purpose; None for everything else."""
    event, actor = change.entry.event, change.entry.actor
    if not isinstance(event, PersonalDataRead):
        return None
    return ReadRow(
        seq=change.seq,
        case=change.entry.subject.id,
        at=change.entry.at,
        body=event.body,
        purpose=event.purpose,
        actor_kind=actor.kind,
        actor_organisation=actor.organisation or "",
        actor_role=actor.role or "",
        actor_number=actor.number or "",
    )


def _is_shown(event: Event) -> bool:
    if isinstance(event, IntentSettled):
        return bool(event.ground)
    return type(event) in ACT_OF or isinstance(event, HandoverRecalled | DeemedAcceptanceReversed)


def _detail(event: Event) -> str:
    field = _DETAIL.get(type(event))
    return field(event) if field else ""


_DETAIL: Mapping[type[Event], Callable[[Any], str]] = {
    CaseAccepted: lambda event: event.number,
    CaseNotAccepted: lambda event: event.ground,
    CaseDecided: lambda event: event.verdict,
    StepReported: lambda event: event.step,
    ResultDelivered: lambda event: event.tracking or event.method,
    CaseRated: lambda event: event.grade,
}
