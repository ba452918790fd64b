"""Commands, documents and a working line that tests start from; everybody here is made up."""

from datetime import date, datetime, timedelta, timezone

from tests.granting import granting

from tongban.catalogue import load_agreements, load_instruments, load_items, load_processes
from tongban.core.agreements.document import Agreement, Document, document_digest
from tongban.core.agreements.state import (
    AgreementState,
    PairAgreements,
    Signature,
    pair_agreements,
)
from tongban.core.body import Body
from tongban.core.cases.commands import (
    Accept,
    CompleteCorrection,
    Decide,
    Deliver,
    Dispatch,
    NotifyCorrection,
    Open,
    Rate,
    RefuseAcceptance,
    TakeIn,
)
from tongban.core.cases.events import (
    CorrectionLine,
    Delivery,
    Grade,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
    Reported,
    Verdict,
)
from tongban.core.cases.process import Power
from tongban.core.deadlines.calendar import TableCalendar
from tongban.core.entry import Actor, ActorKind
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity

from .line import Line, Node

CHINA = timezone(timedelta(hours=8))
#: A Monday, 9 o'clock.
MORNING = datetime(2026, 11, 2, 9, tzinfo=CHINA)
CALENDAR = TableCalendar(
    holidays=frozenset({date(2026, 11, 4)}),
    workdays=frozenset({date(2026, 11, 7)}),
    years=frozenset({2026}),
)
CASE = "case-1"

APPLICANT = Actor(kind=ActorKind.APPLICANT)
AGENT = Actor(kind=ActorKind.AGENT)
CLERK = Actor(kind=ActorKind.OFFICER, organisation="11320500002989552P", role="clerk", number="3")
OFFICER = Actor(
    kind=ActorKind.OFFICER, organisation="11340100002989551W", role="case_officer", number="7"
)
SYSTEM = Actor(kind=ActorKind.SYSTEM)

ITEMS = {item.code: item for city in ("hefei", "hangzhou", "wuhu") for item in load_items(city)}
PROCESSES = load_processes()
FOOD = ITEMS["11340100002989551W3340131001000"]
FUND = ITEMS["1233010047011355223332099001000"]
SHIP = ITEMS["11340200003018364J3340118002000"]
CARD = ITEMS["11330100MB187144333332099004000"]


def agreement_between(one: str, other: str) -> Agreement:
    nodes = {f"{one}.g60.demo", f"{other}.g60.demo"}
    return next(agreement for agreement in load_agreements() if agreement.nodes == nodes)


def instrument() -> Document:
    return load_instruments()[0]


def offered(document: Document, *, cited: bool = False) -> AgreementState:
    return AgreementState(
        document=document_digest(document),
        offered_by="songjiang.g60.demo",
        offered_at=MORNING,
        entry="0" * 26,
        cited=cited,
    )


def signed(agreement: Agreement) -> AgreementState:
    state = offered(agreement)
    signatures = tuple(
        Signature(party=node, note="made up", at=MORNING, entry=f"sign {node}")
        for node in sorted(agreement.nodes)
    )
    return AgreementState(
        document=state.document,
        offered_by=state.offered_by,
        offered_at=state.offered_at,
        entry=state.entry,
        signatures=signatures,
    )


def pair_of(*states_and_documents: tuple[AgreementState, Document]) -> PairAgreements:
    return pair_agreements(
        [state for state, _ in states_and_documents],
        {state.document: document for state, document in states_and_documents},
    )


NOTHING = pair_of()


def in_force(one: str, other: str) -> PairAgreements:
    agreement = agreement_between(one, other)
    return pair_of((signed(agreement), agreement))


def line(item: Item, intake: str, pair: PairAgreements = NOTHING, mode: Mode | None = None) -> Line:
    chosen = mode or item.modes[0].mode
    return Line(
        item=item,
        process=PROCESSES[chosen],
        pair=pair,
        calendar=CALENDAR,
        now=MORNING,
        intake=Node(name=f"{intake}.g60.demo"),
        competent=Node(name=item.competent),
    )


def online() -> Line:
    """J1: Songjiang takes in online what Hefei decides, in the applicant's own right."""
    return line(FOOD, "songjiang")


def counter() -> Line:
    """J2: the Suzhou counter takes in for Hangzhou, under their agreement."""
    return line(FUND, "suzhou", in_force("suzhou", "hangzhou"))


def licence_counter() -> Line:
    """J15: the Jiaxing counter takes in a licence for Wuhu, under their agreement."""
    return line(SHIP, "jiaxing", in_force("jiaxing", "wuhu"))


def counter_on_behalf() -> Line:
    """The same counter, which may notify in Wuhu's name (代为受理)."""
    text = granting("jiaxing.g60.demo", "wuhu.g60.demo", more=frozenset({Power.NOTIFY}))
    return line(SHIP, "jiaxing", pair_of((signed(text), text)))


def bodies(*names: str) -> tuple[Body, ...]:
    return tuple(Body(name=name, media="application/json", content=b"{}") for name in names)


def materials(item: Item, form: MaterialForm) -> tuple[MaterialLine, ...]:
    return tuple(
        MaterialLine(code=material.code, form=form)
        for material in item.materials
        if material.necessity is Necessity.REQUIRED
    )


def take_in(item: Item, /, **changes: object) -> TakeIn:
    """A take-in as the item's first mode expects it."""
    at_counter = item.modes[0].mode is Mode.DELEGATED_INTAKE
    form = MaterialForm.ORIGINAL_SEEN if at_counter else MaterialForm.ELECTRONIC
    check = PersonCheck.ID_CARD_READER if at_counter else PersonCheck.ACCOUNT
    fields: dict[str, object] = {
        "case": CASE,
        "actor": CLERK if at_counter else APPLICANT,
        "bodies": bodies("application"),
        "item": item.code,
        "competent": item.competent,
        "mode": item.modes[0].mode,
        "delivery": Delivery.COUNTER if at_counter else Delivery.ONLINE,
        "kind": IntakeKind.COUNTER if at_counter else IntakeKind.ONLINE,
        "person_check": check,
        "materials": materials(item, form),
        "place": "320500",
        "taken_in_at": MORNING,
    }
    return TakeIn(**{**fields, **changes})  # type: ignore[arg-type]  # fields named above


def dispatch(actor: Actor = APPLICANT) -> Dispatch:
    return Dispatch(case=CASE, actor=actor)


def look() -> Open:
    return Open(case=CASE, actor=OFFICER)


def accept(reported: Reported | None = None) -> Accept:
    return Accept(case=CASE, actor=OFFICER, number="SL-2026-1", reported=reported)


def refuse_acceptance(reported: Reported | None = None) -> RefuseAcceptance:
    return RefuseAcceptance(
        case=CASE,
        actor=OFFICER,
        ground="outside_competence",
        bodies=bodies("decision"),
        reported=reported,
    )


def notify(*codes: str, reported: Reported | None = None) -> NotifyCorrection:
    lines = tuple(CorrectionLine(code=code, defect="illegible") for code in codes)
    return NotifyCorrection(
        case=CASE, actor=OFFICER, lines=lines, bodies=bodies("correction"), reported=reported
    )


def complete(
    *codes: str, actor: Actor = APPLICANT, form: MaterialForm = MaterialForm.ELECTRONIC
) -> CompleteCorrection:
    return CompleteCorrection(
        case=CASE,
        actor=actor,
        materials=tuple(MaterialLine(code=code, form=form) for code in codes),
        completed_at=MORNING,
    )


def settle_it(verdict: Verdict = Verdict.GRANTED, reported: Reported | None = None) -> Decide:
    names = ("decision", "result") if verdict is Verdict.GRANTED else ("decision",)
    return Decide(
        case=CASE, actor=OFFICER, verdict=verdict, bodies=bodies(*names), reported=reported
    )


def hand_out(
    method: Delivery = Delivery.COUNTER, actor: Actor = CLERK, tracking: str = ""
) -> Deliver:
    return Deliver(
        case=CASE,
        actor=actor,
        method=method,
        person_check=PersonCheck.ID_CARD_SEEN,
        tracking=tracking,
    )


def rate(actor: Actor = APPLICANT) -> Rate:
    return Rate(case=CASE, actor=actor, grade=Grade.VERY_SATISFIED)


def reported(acted_at: datetime, reported_at: datetime | None = None) -> Reported:
    return Reported(acted_at=acted_at, reported_at=reported_at or acted_at, system="approvals.wuhu")
