"""From the papers on the counter to the commands that take them in (收件, 补正)."""

import json
from collections.abc import Mapping
from dataclasses import replace
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
from tongban.pages.places import place_of
from tongban.pages.uploads import body_of
from tongban.workbench import letters
from tongban.workbench.defect_lists import Listed
from tongban.workbench.drafts import contents_of, recipient_of
from tongban.workbench.letters import Letterhead
from tongban.workbench.models import CounterDraft, CounterFile

#: Name of the body that carries the postal address of the applicant.
RECIPIENT = "recipient"


def take_in(draft: CounterDraft, item: Item, answers: Mapping[str, Any]) -> TakeIn:
    """The command that takes the application in at the counter, under the draft's own number."""
    files = [file for file in contents_of(draft) if file.form and file.size]
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


def tell(
    draft: CounterDraft, item: Item, answers: Mapping[str, Any], chosen: Listed, remark: str
) -> TakeIn:
    """The same with what lies whole on the counter, and the one notice of everything else."""
    taken = take_in(draft, item, answers)
    head = Letterhead(case=draft.case, item=item, at=taken.taken_in_at)
    place = place_of(draft.place)
    window = f"{place.name.zh}跨省通办窗口" if place else "跨省通办窗口"
    letter = letters.correction(head, chosen.defects, remark, told_by=window)
    return replace(taken, notice=chosen.lines, bodies=(*taken.bodies, letter))


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
    return body_of(f"material:{file.material}", file)


def _line(file: CounterFile) -> MaterialLine:
    return MaterialLine(
        code=file.material, form=MaterialForm(file.form), body=f"material:{file.material}"
    )
