"""From a finished draft to the command that takes it in (收件)."""

import json
from typing import Any

from tongban.accounts.actors import actor_of
from tongban.accounts.roles import Role
from tongban.core.body import Body
from tongban.core.cases.commands import CompleteCorrection, TakeIn
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.pages.node_access import now
from tongban.pages.uploads import body_of
from tongban.portal.drafts import contents_of
from tongban.portal.models import Draft, DraftFile


def missing_materials(item: Item, given: set[str]) -> list[str]:
    """Codes of required materials that are not there yet."""
    return [
        line.code
        for line in item.materials
        if line.necessity is Necessity.REQUIRED and line.code not in given
    ]


def take_in(draft: Draft, item: Item, answers: dict[str, Any]) -> TakeIn:
    """The command that takes the application in online, under the draft's own case number."""
    files = contents_of(draft)
    return TakeIn(
        case=draft.case,
        actor=actor_of(draft.person, Role.RESIDENT),
        bodies=(_application(answers), *(_material(file) for file in files)),
        item=item.code,
        competent=item.competent,
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        kind=IntakeKind.ONLINE,
        person_check=PersonCheck.ACCOUNT,
        materials=tuple(_line(file) for file in files),
        place=draft.place,
        taken_in_at=now(),
    )


def complete_correction(draft: Draft, answers: dict[str, Any] | None) -> CompleteCorrection:
    """The command that hands in what the list asked for; answers: the corrected form, if any."""
    files = contents_of(draft)
    application = (_application(answers),) if answers is not None else ()
    return CompleteCorrection(
        case=draft.case,
        actor=actor_of(draft.person, Role.RESIDENT),
        bodies=(*application, *(_material(file) for file in files)),
        materials=tuple(_line(file) for file in files),
        completed_at=now(),
    )


def _application(answers: dict[str, Any]) -> Body:
    content = json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Body(name="application", media="application/json", content=content.encode())


def _material(file: DraftFile) -> Body:
    return body_of(f"material:{file.material}", file)


def _line(file: DraftFile) -> MaterialLine:
    return MaterialLine(
        code=file.material, form=MaterialForm.ELECTRONIC, body=f"material:{file.material}"
    )
