"""From the papers on the counter to the commands that take them in (收件, 补正)."""

import json
from collections.abc import Mapping
from typing import Any

from tongban.accounts.actors import actor_of
from tongban.accounts.models import Person
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
from tongban.pages.node_access import now
from tongban.workbench.drafts import contents_of, recipient_of
from tongban.workbench.models import CounterDraft, CounterFile

#: Name of the body that carries the postal address of the applicant.
RECIPIENT = "recipient"


def take_in(draft: CounterDraft, item: Item, answers: Mapping[str, Any]) -> TakeIn:
    """The command that takes the application in at the counter, under the draft's own number."""
    files = contents_of(draft)
    delivery = Delivery(draft.delivery)
    bodies = [_json("application", answers), *(_material(file) for file in files)]
    if delivery is Delivery.POST:
        bodies.append(_json(RECIPIENT, recipient_of(draft)))
    return TakeIn(
        case=draft.case,
        actor=actor_of(draft.clerk, Role.COUNTER_CLERK),
        bodies=tuple(bodies),
        item=item.code,
        competent=item.competent,
        mode=Mode.DELEGATED_INTAKE,
        delivery=delivery,
        kind=IntakeKind.COUNTER,
        person_check=PersonCheck(draft.person_check),
        materials=tuple(_line(file) for file in files),
        place=draft.place,
        taken_in_at=now(),
    )


def complete_correction(
    draft: CounterDraft, clerk: Person, answers: Mapping[str, Any] | None
) -> CompleteCorrection:
    """The command that hands in what the list asked for; answers: the mended form, if any."""
    files = contents_of(draft)
    application = (_json("application", answers),) if answers is not None else ()
    return CompleteCorrection(
        case=draft.case,
        actor=actor_of(clerk, Role.COUNTER_CLERK),
        bodies=(*application, *(_material(file) for file in files)),
        materials=tuple(_line(file) for file in files),
        completed_at=now(),
    )


def _json(name: str, content: Mapping[str, Any]) -> Body:
    text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Body(name=name, media="application/json", content=text.encode())


def _material(file: CounterFile) -> Body:
    return Body(name=f"material:{file.material}", media=file.media, content=file.content)


def _line(file: CounterFile) -> MaterialLine:
    return MaterialLine(
        code=file.material, form=MaterialForm(file.form), body=f"material:{file.material}"
    )
