"""An intake with everything that its item asks for: asked of the node, never executed.

Pages offer a way only where the node's answer is yes, so they hold no rules of their own.
"""

from collections.abc import Iterator

from tongban.core.body import Body
from tongban.core.cases.commands import TakeIn
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.entry import Actor
from tongban.core.items.item import Item
from tongban.core.items.material import Material, Necessity
from tongban.pages.node_access import now


def counter_sample(item: Item, actor: Actor, place: str, delivery: Delivery) -> TakeIn:
    """Taken in by an officer at a counter of this place."""
    return TakeIn(
        case="",
        actor=actor,
        bodies=_form(),
        item=item.code,
        competent=item.competent,
        mode=Mode.DELEGATED_INTAKE,
        delivery=delivery,
        kind=IntakeKind.COUNTER,
        person_check=PersonCheck.ID_CARD_SEEN,
        materials=tuple(_on_paper(line) for line in _required(item)),
        place=place,
        taken_in_at=now(),
    )


def online_sample(item: Item, actor: Actor, place: str) -> TakeIn:
    """Applied for online by somebody of this place."""
    return TakeIn(
        case="",
        actor=actor,
        bodies=_form(),
        item=item.code,
        competent=item.competent,
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        kind=IntakeKind.ONLINE,
        person_check=PersonCheck.ACCOUNT,
        materials=tuple(
            MaterialLine(code=line.code, form=MaterialForm.ELECTRONIC) for line in _required(item)
        ),
        place=place,
        taken_in_at=now(),
    )


def _form() -> tuple[Body, ...]:
    return (Body(name="application", media="application/json", content=b""),)


def _required(item: Item) -> Iterator[Material]:
    return (line for line in item.materials if line.necessity is Necessity.REQUIRED)


def _on_paper(line: Material) -> MaterialLine:
    form = MaterialForm.ORIGINAL_SEEN if line.original_check else MaterialForm.COPY
    return MaterialLine(code=line.code, form=form)
