"""What a change makes of the row of its case, of its legs and of its deadlines."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tongban.core.agreements.document import Document
from tongban.core.canonical import encode
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.cases.state import CaseState
from tongban.core.deadlines.deadline import Deadline
from tongban.core.entry import ActorKind
from tongban.core.home.events import IntentRecorded, IntentSettled
from tongban.core.items.form import Prefill
from tongban.core.items.item import Item
from tongban.node.ports import Change, Connection
from tongban.pages.masking import mask_name
from tongban.projections.models import CaseRow, DeadlineRow, LegRow

#: The version of an item that a case pins, by digest; None where it is not kept here.
ItemOf = Callable[[Connection, str], Item | None]
DocumentOf = Callable[[Connection, str], Document | None]

_APPLICANTS = (Prefill.ORGANISATION_NAME, Prefill.PERSON_NAME)


def fold_case(row: CaseRow, change: Change, state: CaseState, item: Item | None) -> None:
    """Bring the row up to this change."""
    row.state = encode(state)
    row.item = state.item
    row.stage = state.stage
    row.holder = state.holder
    row.in_transit = state.transit is not None
    row.intake_party = state.intake_party
    row.competent = state.competent
    row.organisation = state.organisation or (item.organisation.code if item else "")
    row.taken_in_at = state.intake.taken_in_at
    row.ended = state.ended
    row.changed_at = change.entry.at
    count_waiting(row, change)
    if isinstance(change.entry.event, CaseTakenIn | CaseDispatched):
        _name_applicant(row, change, item)


def count_waiting(row: CaseRow, change: Change) -> bool:
    """Count an act that waits for the line, or waits no more; whether the change was about one."""
    by = _WAITING.get(type(change.entry.event), 0)
    if by:
        row.waiting += by
        row.changed_at = change.entry.at
    return by != 0


def leg_rows(case: str, state: CaseState) -> Iterator[LegRow]:
    """The legs of a case so far."""
    for number, leg in enumerate(state.legs, start=1):
        yield LegRow(
            case=case,
            number=number,
            kind=leg.kind,
            party=leg.party,
            began_at=leg.began_at,
            ended_at=leg.ended_at,
        )


def deadline_rows(case: str, deadlines: tuple[Deadline, ...]) -> Iterator[DeadlineRow]:
    """The deadlines of a case that run now."""
    for deadline in deadlines:
        yield DeadlineRow(
            case=case,
            rule=deadline.rule,
            party=deadline.party,
            began_on=deadline.began_on,
            days=deadline.days,
            due_on=deadline.due_on,
            legal=deadline.legal,
            provisional=deadline.provisional,
        )


_WAITING = {IntentRecorded: 1, IntentSettled: -1}


def _name_applicant(row: CaseRow, change: Change, item: Item | None) -> None:
    """A masked name from the application, and the number of an applicant who applied himself."""
    actor = change.entry.actor
    if actor.kind is ActorKind.APPLICANT:
        row.applicant_number = actor.number or ""
    row.applicant = _masked_applicant(change.body("application"), item) or row.applicant


def _masked_applicant(application: bytes | None, item: Item | None) -> str:
    answers = _answers(application)
    names = {field.prefill: field.name for field in item.form.fields} if item else {}
    given = (answers.get(names.get(prefill, "")) for prefill in _APPLICANTS)
    name = next((text for text in given if isinstance(text, str) and text), "")
    return mask_name(name)


def _answers(application: bytes | None) -> dict[str, Any]:
    """What was answered; a partner may send anything, so what is no JSON object names nobody."""
    try:
        answers = json.loads(application or b"{}")
    except ValueError:
        return {}
    return answers if isinstance(answers, dict) else {}
