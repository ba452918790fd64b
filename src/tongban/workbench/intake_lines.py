"""Intakes that a clerk has begun, as the queue lists them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.core.items.form import Prefill
from tongban.core.items.item import Item
from tongban.pages.masking import mask_name
from tongban.pages.node_access import current_node
from tongban.workbench.models import CounterDraft

_APPLICANTS = (Prefill.ORGANISATION_NAME, Prefill.PERSON_NAME)


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeLine:
    """One draft; applicant: masked, "" before the name was typed."""

    token: str
    item: Item
    applicant: str
    begun_at: datetime


def intake_lines(drafts: Iterable[CounterDraft]) -> list[IntakeLine]:
    """The drafts whose items are still published."""
    items = {item.code: item for item in current_node().items()}
    return [
        IntakeLine(
            token=draft.token,
            item=items[draft.item],
            applicant=_applicant(draft, items[draft.item]),
            begun_at=draft.begun_at,
        )
        for draft in drafts
        if draft.item in items
    ]


def _applicant(draft: CounterDraft, item: Item) -> str:
    answers = json.loads(draft.answers)
    names = {field.prefill: field.name for field in item.form.fields}
    given = (answers.get(names.get(prefill, "")) for prefill in _APPLICANTS)
    return mask_name(next((str(name) for name in given if name), ""))
