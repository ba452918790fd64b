"""What both sides ask of every act on a guest's record, so that they answer alike."""

from dataclasses import dataclass
from itertools import pairwise

from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.refusals import refuse as refuse_field
from tongban.core.entry import Event
from tongban.core.plain_codes import unfit_field
from tongban.core.records.events import ObjectionWithdrawn, RecordAcknowledged
from tongban.core.records.refusals import RecordGround, refuse
from tongban.core.records.state import Act, RecordState
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Hands:
    """In whose hands the writer's keys were: ever in a keeper's, and still for this entry."""

    once_kept: bool
    still_kept: bool


def permit(state: RecordState, event: Event, *, writer: str, hands: Hands) -> Refusal | None:
    """Why this act is refused in this state, or None where it is not."""
    if not isinstance(event, Act):
        return refuse(RecordGround.UNKNOWN_RECORD_ACT, type(event).__name__)
    unfit = unfit_field(event)
    if unfit:
        return refuse_field(CaseGround.FIELD_UNFIT, unfit)
    ground = _of_another(state, writer, hands) or _misplaced(state, event)
    return refuse(ground, state.guest) if ground else None


def _of_another(state: RecordState, writer: str, hands: Hands) -> RecordGround | None:
    """Only the guest speaks of its record, and only with its own voice."""
    if writer != state.guest:
        return RecordGround.NOT_YOUR_RECORD
    if not hands.once_kept:
        return RecordGround.NEVER_KEPT
    return RecordGround.STILL_KEPT if hands.still_kept else None


def _misplaced(state: RecordState, event: Act) -> RecordGround | None:
    if isinstance(event, ObjectionWithdrawn):
        known = event.entry in state.objections()
        return None if known else RecordGround.UNKNOWN_OBJECTION
    return _acknowledging(state, event)


def _acknowledging(state: RecordState, event: RecordAcknowledged) -> RecordGround | None:
    before = state.acknowledged_until(event.about)
    if event.until <= before:
        return RecordGround.NOTHING_TO_ACKNOWLEDGE
    places = [before, *(each.entry for each in event.objections)]
    grows = all(one < other for one, other in pairwise(places))
    return None if grows and places[-1] <= event.until else RecordGround.OBJECTION_MISPLACED
