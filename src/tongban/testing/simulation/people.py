"""What people do in a world: apply, decide, sign, stop; allowed or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from tongban.core.agreements.commands import AgreementCommand, Offer, Sign, Suspend
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.body import Body
from tongban.core.cases.commands import (
    Accept,
    CaseCommand,
    CompleteCorrection,
    ConfirmWithdrawal,
    Decide,
    Deliver,
    Dispatch,
    NotifyCorrection,
    Open,
    Rate,
    Recall,
    RefuseAcceptance,
    RequestWithdrawal,
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
    Verdict,
)
from tongban.core.cases.refusals import CaseGround
from tongban.core.catalogues.events import WithdrawalReason
from tongban.core.entry import Actor
from tongban.core.items.item import Item
from tongban.core.items.material import Necessity
from tongban.core.refusal import Refusal
from tongban.evidence.notes import encode_note, sign_note
from tongban.node.node import Node
from tongban.node.rotations import signer_for
from tongban.testing.applications import LEGAL_REPRESENTATIVE, OFFICER, RESIDENT
from tongban.testing.simulation.bargaining import accepted

#: How often an official takes the text that was agreed at a table, where there is one.
_SIGNS_WHAT_WAS_AGREED = 0.4


@dataclass(frozen=True, slots=True)
class Matter:
    """A case that was begun: its number, what it is about, and how it was to be handled.

    delivery: how its applicant wants the result. originals: whether a counter saw them.
    """

    case: str
    item: Item
    mode: Mode
    delivery: Delivery = Delivery.ONLINE
    originals: bool = True


def application(matter: Matter, now: datetime) -> TakeIn:
    """The application that begins the case, online or at a counter."""
    online = matter.mode is Mode.ALL_ONLINE
    lines = material_lines(matter.item, _form(matter))
    return TakeIn(
        case=matter.case,
        actor=RESIDENT if online else OFFICER,
        bodies=(body("application"), *(body(line.body) for line in lines)),
        item=matter.item.code,
        competent=matter.item.competent,
        mode=matter.mode,
        delivery=matter.delivery,
        kind=IntakeKind.ONLINE if online else IntakeKind.COUNTER,
        person_check=PersonCheck.ACCOUNT if online else PersonCheck.ID_CARD_SEEN,
        materials=lines,
        place="310117",
        taken_in_at=now,
    )


def do(node: Node, matter: Matter, name: str) -> bool:
    """Somebody does this on a case; whether it was allowed."""
    command = _command(name)(matter, node.kernel.clock.now())
    return not isinstance(node.execute(command), Refusal)


def act(node: Node, matter: Matter, chance: Random) -> bool:
    """Somebody wants something on a case; whether it was allowed."""
    return do(node, matter, chance.choice([*_ACTS, *_delivery(matter)]))


def go_on(node: Node, matter: Matter, chance: Random) -> bool:
    """Somebody does the first of the usual things that is allowed now."""
    course = (*_delivery(matter), *chance.choice(_COURSES))
    return any(do(node, matter, name) for name in course)


def bring_on(node: Node, matter: Matter, chance: Random) -> bool:
    """Somebody does what leads straight to a result or to a correction, if that is allowed now."""
    return any(do(node, matter, name) for name in chance.choice(_STRAIGHT))


def can_move(node: Node, matter: Matter, *, sent: bool) -> bool:
    """Whether anybody here may do anything now that brings the case further, or ends it.

    What was not sent its applicant can take elsewhere, where nobody decides on it here any more.
    """
    now = node.kernel.clock.now()
    names = _MOVING if sent else ("dispatch", "give_back", "ask_back")
    answers = (node.consider(_command(name)(matter, now)) for name in names)
    return any(not isinstance(answer, Refusal) or answer.ground in _PASSES for answer in answers)


def negotiate(node: Node, partner: str, agreement: Agreement, chance: Random) -> bool:
    """An official offers, signs or suspends a text; whether it was allowed."""
    if chance.random() < _SIGNS_WHAT_WAS_AGREED:
        agreement = accepted(node, partner, agreement) or agreement
    digest = document_digest(agreement)
    with node.kernel.database.write() as connection:
        node.kernel.library.put(connection, document_bytes(agreement))
    commands: tuple[AgreementCommand, ...] = (
        Offer(document=digest, actor=OFFICER),
        Sign(
            document=digest,
            actor=LEGAL_REPRESENTATIVE,
            party=node.name,
            note=_note(node, agreement, digest),
        ),
        Suspend(document=digest, actor=OFFICER, ground="made_up"),
    )
    command = chance.choices(commands, weights=(3, 5, 1))[0]
    return not isinstance(node.execute(command, partner=partner), Refusal)


def publish(node: Node, chance: Random) -> bool:
    """A catalogue officer gives an item another version, opens it to all, or withdraws it."""
    item = chance.choice(sorted(node.published.own(), key=lambda each: each.code))
    deed = chance.choices(("open", "change", "withdraw"), weights=(5, 4, 1))[0]
    if deed == "open":
        node.openings.open_to_all([item.code])
    elif deed == "change":
        node.published.publish([replace(item, version=item.version + 1)], ())
    else:
        node.published.withdraw([item.code], reason=WithdrawalReason.SUSPENDED)
    return True


def sign_both(nodes: Mapping[str, Node], agreement: Agreement) -> None:
    """Let an agreement be offered and signed, so that delegated acts have a basis."""
    digest = document_digest(agreement)
    first, second = sorted(agreement.nodes)
    for name, partner in ((first, second), (second, first)):
        node = nodes[name]
        with node.kernel.database.write() as connection:
            node.kernel.library.put(connection, document_bytes(agreement))
        if name == first:
            node.execute(Offer(document=digest, actor=OFFICER), partner=partner)
        sign_own(node, partner, agreement)


def sign_own(
    node: Node,
    partner: str,
    agreement: Agreement,
    actor: Actor = LEGAL_REPRESENTATIVE,
    authorisation: str = "",
) -> bool:
    """Somebody signs for a node, by a paper if one is named; whether it was allowed."""
    digest = document_digest(agreement)
    command = Sign(
        document=digest,
        actor=actor,
        party=node.name,
        note=_note(node, agreement, digest),
        authorisation=authorisation,
    )
    return not isinstance(node.execute(command, partner=partner), Refusal)


def body(name: str) -> Body:
    """A made-up content."""
    return Body(name=name, media="application/json", content=b'{"made_up": true}')


def material_lines(item: Item, form: MaterialForm) -> tuple[MaterialLine, ...]:
    """Every required material, handed in."""
    return tuple(
        MaterialLine(code=line.code, form=form, body=f"material:{line.code}")
        for line in item.materials
        if line.necessity is Necessity.REQUIRED
    )


def _form(matter: Matter) -> MaterialForm:
    if matter.mode is Mode.ALL_ONLINE:
        return MaterialForm.ELECTRONIC
    return MaterialForm.ORIGINAL_SEEN if matter.originals else MaterialForm.COPY


def _delivery(matter: Matter) -> tuple[str, ...]:
    """What is delivered online the authority's decision delivers by itself."""
    return () if matter.delivery is Delivery.ONLINE else ("deliver",)


def _command(name: str) -> Callable[[Matter, datetime], CaseCommand]:
    return _deliver if name == "deliver" else _ACTS[name]


def _note(node: Node, agreement: Agreement, digest: str) -> str:
    party = next(each for each in agreement.parties if each.node == node.name)
    text = signing_text(digest, node.name, party.office.zh, node.kernel.clock.now())
    peer = next(each.node for each in agreement.parties if each.node != node.name)
    signer = signer_for(node.kernel, peer)
    return encode_note(sign_note(text, name=key_name(node.name), signer=signer)).decode()


def _complete(matter: Matter, now: datetime) -> CaseCommand:
    lines = material_lines(matter.item, _form(matter))
    return CompleteCorrection(
        case=matter.case,
        actor=RESIDENT,
        materials=lines,
        completed_at=now,
        bodies=tuple(body(line.body) for line in lines),
    )


def _notify(matter: Matter, _now: datetime) -> CaseCommand:
    lines = material_lines(matter.item, MaterialForm.ELECTRONIC)
    return NotifyCorrection(
        case=matter.case,
        actor=OFFICER,
        lines=tuple(CorrectionLine(code=line.code, defect="unreadable") for line in lines),
        bodies=(body("correction"),),
    )


def _decide(verdict: Verdict) -> Callable[[Matter, datetime], CaseCommand]:
    def command(matter: Matter, _now: datetime) -> CaseCommand:
        return Decide(
            case=matter.case,
            actor=OFFICER,
            verdict=verdict,
            ground="" if verdict is Verdict.GRANTED else "made_up",
            result_number="JY-1",
            bodies=(body("decision"), body("result")),
        )

    return command


def _dispatch(matter: Matter, now: datetime) -> CaseCommand:
    bodies = application(matter, now).bodies
    return Dispatch(case=matter.case, actor=RESIDENT, bodies=bodies)


def _deliver(matter: Matter, _now: datetime) -> CaseCommand:
    online = matter.mode is Mode.ALL_ONLINE
    return Deliver(
        case=matter.case,
        actor=OFFICER,
        method=matter.delivery,
        person_check=PersonCheck.ACCOUNT if online else PersonCheck.ID_CARD_SEEN,
        tracking="YZ-1" if matter.delivery is Delivery.POST else "",
    )


_ACTS: Mapping[str, Callable[[Matter, datetime], CaseCommand]] = {
    "open": lambda m, _: Open(case=m.case, actor=OFFICER),
    "accept": lambda m, _: Accept(case=m.case, actor=OFFICER, number="SL-1"),
    "grant": _decide(Verdict.GRANTED),
    "refuse": _decide(Verdict.REFUSED),
    "notify": _notify,
    "complete": _complete,
    "recall": lambda m, _: Recall(case=m.case, actor=RESIDENT),
    "dispatch": _dispatch,
    "ask_back": lambda m, _: RequestWithdrawal(case=m.case, actor=RESIDENT),
    "give_back": lambda m, _: ConfirmWithdrawal(case=m.case, actor=OFFICER),
    "rate": lambda m, _: Rate(case=m.case, actor=RESIDENT, grade=Grade.SATISFIED),
    "not_accept": lambda m, _: RefuseAcceptance(
        case=m.case, actor=OFFICER, ground="made_up", bodies=(body("decision"),)
    ),
}

#: Why something has to wait for a day, or for a clock that was ahead, and for nobody.
_PASSES = {AgreementGround.DAILY_LIMIT_REACHED, CaseGround.INSTANT_IN_FUTURE}
#: What leads straight to a result, and to a correction, the furthest act first.
_STRAIGHT = (("deliver", "grant", "accept", "complete"), ("deliver", "complete", "notify"))
#: What brings a case further, or ends it.
_MOVING = ("accept", "complete", "dispatch", "deliver", "grant", "not_accept", "give_back")
#: Usual courses, the furthest act first.
_COURSES = (
    ("rate", "grant", "accept", "complete", "dispatch"),
    ("rate", "grant", "complete", "notify", "dispatch"),
    ("rate", "refuse", "accept", "open", "dispatch"),
)
