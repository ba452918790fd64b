"""Made-up applications on real items, for tests of whole nodes."""

from tongban.catalogue import load_opened_items, load_processes
from tongban.core.agreements.authority import REPRESENTATIVE
from tongban.core.body import Body
from tongban.core.cases.commands import Accept, CompleteCorrection, Decide, NotifyCorrection, TakeIn
from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
    Verdict,
)
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.testing.memory_nodes import MemoryFederation

SONGJIANG, HEFEI, SUZHOU, HANGZHOU = (
    f"{city}.g60.demo" for city in ("songjiang", "hefei", "suzhou", "hangzhou")
)
RESIDENT = Actor(kind=ActorKind.APPLICANT, number="R1")
OFFICER = Actor(
    kind=ActorKind.OFFICER, organisation="11340100002989551W", role="case_officer", number="O1"
)

#: Who stands for the office that agreements name, and signs without a written authorisation.
LEGAL_REPRESENTATIVE = Actor(kind=ActorKind.OFFICER, role=REPRESENTATIVE, number="L1")


def publish(federation: MemoryFederation) -> None:
    """Let every node know what the demonstration's agreements and instruments open."""
    federation.publish(all_items(), list(load_processes().values()))


def all_items() -> list[Item]:
    """Every item that some agreement or instrument of the demonstration opens."""
    return [item for city in ("hefei", "hangzhou", "wuhu") for item in load_opened_items(city)]


def item_of(competent: str, mode: Mode) -> Item:
    """An item that this node decides in this mode."""
    return next(
        item for item in all_items() if item.competent == competent and item.process_for(mode)
    )


def online_application(federation: MemoryFederation, place: str = "310117") -> TakeIn:
    """An online application from Songjiang to Hefei."""
    item = item_of(HEFEI, Mode.ALL_ONLINE)
    materials = tuple(
        MaterialLine(code=m.code, form=MaterialForm.ELECTRONIC, body=f"material:{m.code}")
        for m in item.materials
        if m.necessity is Necessity.REQUIRED
    )
    return TakeIn(
        case=federation[SONGJIANG].new_case(place),
        actor=RESIDENT,
        bodies=(
            _json("application"),
            *(Body(name=m.body, media="image/png", content=m.code.encode()) for m in materials),
        ),
        item=item.code,
        competent=HEFEI,
        mode=Mode.ALL_ONLINE,
        delivery=Delivery.ONLINE,
        kind=IntakeKind.ONLINE,
        person_check=PersonCheck.ACCOUNT,
        materials=materials,
        place=place,
        taken_in_at=federation.clock.now(),
    )


def accept(case: str) -> Accept:
    """The competent officer accepts."""
    return Accept(case=case, actor=OFFICER, number="SL-1")


def grant(case: str) -> Decide:
    """The competent officer grants, with decision and result."""
    bodies = (_json("decision"), _json("result"))
    return Decide(
        case=case, actor=OFFICER, verdict=Verdict.GRANTED, result_number="JY-1", bodies=bodies
    )


def notify(case: str, *codes: str) -> NotifyCorrection:
    """The competent officer names materials that must come again."""
    lines = tuple(CorrectionLine(code=code, defect="unreadable") for code in codes)
    return NotifyCorrection(case=case, actor=OFFICER, lines=lines, bodies=(_json("correction"),))


def complete(federation: MemoryFederation, case: str, *codes: str) -> CompleteCorrection:
    """The applicant brings them."""
    lines = tuple(
        MaterialLine(code=code, form=MaterialForm.ELECTRONIC, body=f"material:{code}")
        for code in codes
    )
    return CompleteCorrection(
        case=case,
        actor=RESIDENT,
        materials=lines,
        completed_at=federation.clock.now(),
        bodies=tuple(Body(name=m.body, media="image/png", content=b"mended") for m in lines),
    )


def _json(name: str) -> Body:
    return Body(name=name, media="application/json", content=b'{"made_up": true}')
