"""Cases as a connected system may see them: those that its authorities decide and that arrived."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from tongban.api.actors import connector_of
from tongban.api.instants import text_of
from tongban.api.messages import (
    Arrival,
    ArrivalKind,
    Arrivals,
    CaseSheet,
    DefectLine,
    Instants,
    InTwoLanguages,
    MaterialReference,
    StepLine,
)
from tongban.api.models import ConnectorToken
from tongban.core.cases.events import CaseDispatched, CorrectionCompleted, WithdrawalRequested
from tongban.core.cases.process import ActKind
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.running import deadlines_of
from tongban.node.blobs.files import Reading
from tongban.pages.node_access import current_node, pinned_document, pinned_item, surroundings
from tongban.projections.models import CaseRow, TimelineRow

_APPLICATION = "application"

#: Entries of the intake place that a system has to look at.
_ARRIVALS = {
    CaseDispatched.__name__: ArrivalKind.APPLICATION,
    CorrectionCompleted.__name__: ArrivalKind.CORRECTION,
    WithdrawalRequested.__name__: ArrivalKind.WITHDRAWAL_REQUESTED,
}


def arrivals(access: ConnectorToken, *, after: int, limit: int) -> Arrivals:
    """What arrived after the cursor, in its order, with each case as it stands now."""
    cases = CaseRow.objects.filter(organisation__in=access.organisations).values("case")
    lines = TimelineRow.objects.filter(
        seq__gt=after, kind__in=_ARRIVALS, ground="", case__in=cases
    ).order_by("seq")
    found = list(lines[: limit + 1])
    taken = found[:limit]
    return Arrivals(
        arrivals=list(_shown(access, taken)),
        next=taken[-1].seq if taken else after,
        more=len(found) > limit,
    )


def case_of(access: ConnectorToken, number: str) -> CaseState | None:
    """The case, None where it is not here or another authority's."""
    state = current_node().case_state(number)
    if state is None or state.organisation not in access.organisations:
        return None
    return state if state.done(ActKind.DISPATCH) else None


def sheet_of(access: ConnectorToken, state: CaseState) -> CaseSheet:
    """The case as the system needs it; reading the application is recorded."""
    item = pinned_item(state)
    document = pinned_document(state)
    running = deadlines_of(state, item, surroundings().calendar, document) if item else ()
    name = InTwoLanguages.of(item.name) if item else None
    return CaseSheet(
        case=state.id,
        item=state.item,
        item_name=name or InTwoLanguages(zh=state.item, en=state.item),
        organisation=state.organisation,
        mode=state.mode,
        delivery=state.delivery,
        stage=state.stage,
        held=state.holder == state.competent and state.transit is None,
        ended=state.ended,
        instants=_instants(state),
        due_on=running[0].due_on.isoformat() if running else None,
        form=_form(access, state),
        materials=[
            MaterialReference(code=line.code, form=line.form, body=line.body)
            for line in state.materials
        ],
        correction=[DefectLine(code=line.code, defect=line.defect) for line in state.correction],
        steps=[
            StepLine(code=step.code, name=InTwoLanguages.of(step.name))
            for step in state.declared_steps
        ],
    )


def bodies_of(state: CaseState) -> set[str]:
    """Names of what came from the applicant."""
    return {_APPLICATION, *(line.body for line in state.materials if line.body)}


def read(access: ConnectorToken, state: CaseState, name: str) -> bytes | None:
    """A body, None where it was erased; who reads it, and why, goes on the home log first."""
    return current_node().read_body(
        state.id, name, reader=connector_of(access, state), purpose=_purpose(access)
    )


def read_file(access: ConnectorToken, state: CaseState, name: str) -> Reading | None:
    """A body of any size in chunks, None where it was erased; recorded likewise."""
    return current_node().read_file(
        state.id, name, reader=connector_of(access, state), purpose=_purpose(access)
    )


def _purpose(access: ConnectorToken) -> str:
    return f"业务系统办理：{access.system}"


def _shown(access: ConnectorToken, lines: list[TimelineRow]) -> Iterator[Arrival]:
    for line in lines:
        state = case_of(access, line.case)
        if state is not None:
            yield Arrival(cursor=line.seq, kind=_ARRIVALS[line.kind], case=sheet_of(access, state))


def _form(access: ConnectorToken, state: CaseState) -> dict[str, Any] | None:
    content = read(access, state, _APPLICATION)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # A partner's node sent what is no form; the body itself can still be fetched.
        return None


def _instants(state: CaseState) -> Instants:
    decided = state.decided
    return Instants(
        taken_in_at=text_of(state.intake.taken_in_at),
        received_at=_text(state.received_at),
        available_at=_text(state.available_at),
        days_run_from=_text(state.days_run_from),
        accepted_at=_text(state.accepted_at),
        not_accepted_at=_text(state.not_accepted_at),
        correction_notified_at=_text(state.correction_notified_at),
        corrected_at=_text(state.corrected_at),
        decided_at=_text(decided.at if decided else None),
        withdrawal_requested_at=_text(state.withdrawal_requested_at),
        withdrawn_at=_text(state.withdrawn_at),
    )


def _text(at: datetime | None) -> str | None:
    return text_of(at) if at else None
