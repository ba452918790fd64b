"""What parties and counters do in the stories of agreements, each in a step or a few."""

from dataclasses import replace
from datetime import datetime

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
)
from tongban.core.cases.commands import CaseCommand
from tongban.core.cases.events import Delivery, IntakeKind, MaterialForm, PersonCheck
from tongban.core.china_time import china_day

from .examples import CLERK, accept, dispatch, hand_out, materials, settle_it, take_in
from .short_texts import (
    HEFEI,
    ITEM,
    PROCESS,
    SUZHOU,
)
from .story_script import Script, portable


def offer(script: Script, text: Agreement) -> None:
    digest = document_digest(text)
    script.write(SUZHOU, "Suzhou lays the text", text, AgreementOffered(document=digest))
    script.push(SUZHOU, "Hefei has it before it, signed by nobody")


def sign(script: Script, node: str, text: Agreement, say: str) -> None:
    note = portable(text, node, script.now)
    event = AgreementSigned(document=document_digest(text), party=node, note=note)
    script.write(node, say, text, event)


def conclude(script: Script, text: Agreement) -> None:
    offer(script, text)
    sign(script, SUZHOU, text, "Suzhou signs")
    script.push(SUZHOU, "one signature binds nobody")
    sign(script, HEFEI, text, "Hefei signs")
    script.push(HEFEI, "signed by both")


def suspend(script: Script, text: Agreement) -> None:
    event = AgreementSuspended(document=document_digest(text), ground="audit")
    script.write(HEFEI, "Hefei suspends all of it", text, event)


def resume(script: Script, node: str, text: Agreement, say: str) -> None:
    script.write(node, say, text, AgreementResumed(document=document_digest(text)))


def terminate(script: Script, text: Agreement, last: datetime, say: str) -> None:
    event = AgreementTerminated(
        document=document_digest(text), ground="policy", last_day=china_day(last).isoformat()
    )
    script.write(HEFEI, say, text, event)


def filing(case: str, at: datetime) -> CaseCommand:
    """What a counter of Suzhou takes in for Hefei."""
    return take_in(
        ITEM,
        case=case,
        mode=PROCESS.mode,
        actor=CLERK,
        kind=IntakeKind.COUNTER,
        delivery=Delivery.COUNTER,
        person_check=PersonCheck.ID_CARD_READER,
        materials=materials(ITEM, MaterialForm.ORIGINAL_SEEN),
        taken_in_at=at,
    )


def intake(script: Script, case: str, say: str, *, blind: bool = False) -> None:
    """Taken in and dispatched; nothing has left yet."""
    sent = replace(dispatch(CLERK), case=case)
    script.act(SUZHOU, say, filing(case, script.now), sent, blind=blind)


def take(script: Script, case: str) -> None:
    intake(script, case, "Suzhou takes a case in and hands it over")
    script.push(SUZHOU, "it takes effect, and is pinned to the text")


def decided(script: Script, case: str) -> None:
    acts = (replace(accept(), case=case), replace(settle_it(), case=case))
    script.act(HEFEI, "Hefei accepts and grants", *acts)
    script.push(HEFEI, "the result is at Suzhou's counter")


def deliver(script: Script, node: str, case: str, say: str, *, blind: bool = False) -> None:
    command = replace(hand_out(Delivery.COUNTER, actor=CLERK), case=case)
    script.act(node, say, command, blind=blind)
