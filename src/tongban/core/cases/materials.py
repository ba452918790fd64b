"""What the intake party asks of materials before it sends; only the item says what is needed."""

from collections.abc import Iterator

from tongban.core.cases.events import (
    CaseDispatched,
    CaseTakenIn,
    CorrectionCompleted,
    IntakeKind,
    MaterialForm,
    MaterialLine,
)
from tongban.core.cases.permit import lines_of
from tongban.core.cases.process import ActKind
from tongban.core.cases.refusals import CaseGround, refuse
from tongban.core.cases.state import CaseState
from tongban.core.entry import Event
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.refusal import Refusal


def materials_refusal(
    state: CaseState, event: Event, item: Item | None, told: frozenset[str] = frozenset()
) -> Refusal | None:
    """The first thing wrong with the materials that the event brings.

    told: codes of what the applicant is told to supply before the case is sent.
    """
    if not isinstance(event, CaseTakenIn | CaseDispatched | CorrectionCompleted):
        return None
    if item is None:
        return refuse(CaseGround.UNKNOWN_ITEM, state.item)
    return next(_wrong(state, event, item, told), None)


def _wrong(state: CaseState, event: Event, item: Item, told: frozenset[str]) -> Iterator[Refusal]:
    brought = {line.code: line for line in lines_of(event)}
    for code, line in brought.items():
        material = item.material(code)
        if material is None:
            yield refuse(CaseGround.MATERIAL_UNKNOWN, code)
        elif material.original_check and not _original_enough(state, line) and code not in told:
            yield refuse(CaseGround.ORIGINAL_NOT_SEEN, code)
    if isinstance(event, CorrectionCompleted) and state.done(ActKind.DISPATCH):
        return
    there = {line.code for line in state.materials} | brought.keys() | told
    for material in item.materials:
        if material.necessity is Necessity.REQUIRED and material.code not in there:
            yield refuse(CaseGround.MATERIAL_MISSING, material.code)


def _original_enough(state: CaseState, line: MaterialLine) -> bool:
    """At a counter the officer had the original in hand (原件核验)."""
    return line.form is MaterialForm.ORIGINAL_SEEN or state.intake.kind is IntakeKind.ONLINE
