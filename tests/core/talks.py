"""Two parties at one table: what each asks of an agreement, and what the other makes of it."""

from datetime import date

from tongban.core.agreements.admit import admit
from tongban.core.agreements.authority import REPRESENTATIVE, SigningRules
from tongban.core.agreements.commands import (
    AgreementCommand,
    Offer,
    Resume,
    Sign,
    Suspend,
    Terminate,
    Withdraw,
)
from tongban.core.agreements.decide import AgreementContext, decide
from tongban.core.agreements.document import Document, document_digest
from tongban.core.agreements.evolve import evolve
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind, Entry, Event, Subject, SubjectKind
from tongban.core.refusal import Refusal

from .examples import MORNING, OFFICER, agreement_between, instrument

AGREEMENT = agreement_between("suzhou", "hangzhou")
DIGEST = document_digest(AGREEMENT)
LIST = instrument()
LIST_DIGEST = document_digest(LIST)
SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"
DOCUMENTS: dict[str, Document] = {DIGEST: AGREEMENT, LIST_DIGEST: LIST}

LEGAL_REPRESENTATIVE = Actor(kind=ActorKind.OFFICER, role=REPRESENTATIVE, number="1")


def verify(key: str, note: str) -> str | None:
    """Stands for a signature check: a note is the key's name, a line, and the text."""
    name, _, text = note.partition("\n")
    return text if name == key else None


def note(signer: str, **changes: str) -> str:
    line = AGREEMENT.party(signer)
    assert line is not None
    fields = {"document": DIGEST, "party": signer, "office": line.office.zh, **changes}
    return f"{key_name(signer)}\n{signing_text(**fields, at=MORNING)}"


def context(party: str = SUZHOU) -> AgreementContext:
    peer = HANGZHOU if party == SUZHOU else SUZHOU
    return AgreementContext(
        party=party,
        peer=peer,
        documents=DOCUMENTS,
        verify=verify,
        now=MORNING,
        signing=SigningRules(day=china_day(MORNING)),
    )


def entry(event: Event, document: str = DIGEST, number: int = 1) -> Entry:
    return Entry(
        id=f"{number:026d}",
        at=MORNING,
        actor=OFFICER,
        subject=Subject(kind=SubjectKind.AGREEMENT, id=document),
        event=event,
    )


def asked(
    state: AgreementState | None, command: AgreementCommand, party: str = SUZHOU
) -> AgreementState:
    """The state after a command that both sides allow."""
    answer = decide(state, command, context(party))
    assert not isinstance(answer, Refusal), answer
    number = 1 + (len(state.signatures) + len(state.suspensions) + 1 if state else 0)
    line = entry(answer[0].event, command.document, number)
    peer = HANGZHOU if party == SUZHOU else SUZHOU
    refusal = admit(
        state, line, writer=party, receiver=peer, documents=DOCUMENTS, verify=verify, at=MORNING
    )
    assert refusal is None
    return evolve(state, line, writer=party, reader=peer)


def refused(state: AgreementState | None, command: AgreementCommand, party: str = SUZHOU) -> str:
    answer = decide(state, command, context(party))
    assert isinstance(answer, Refusal)
    return answer.ground


def offer(document: str = DIGEST) -> Offer:
    return Offer(document=document, actor=OFFICER)


def sign(party: str, signed: str | None = None, document: str = DIGEST) -> Sign:
    return Sign(
        document=document, actor=LEGAL_REPRESENTATIVE, party=party, note=signed or note(party)
    )


def resume(*items: str, document: str = DIGEST) -> Resume:
    return Resume(document=document, actor=OFFICER, items=items)


def terminate(last_day: date, document: str = DIGEST) -> Terminate:
    return Terminate(
        document=document, actor=LEGAL_REPRESENTATIVE, ground="changed", last_day=last_day
    )


def withdraw(document: str = DIGEST) -> Withdraw:
    return Withdraw(document=document, actor=OFFICER, ground="changed_our_mind")


def suspend(*items: str, document: str = DIGEST) -> Suspend:
    return Suspend(document=document, actor=OFFICER, ground="audit", items=items)
