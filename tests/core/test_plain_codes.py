from datetime import datetime, timedelta, timezone

import pytest
from tests.core.test_cited_documents import DISPATCHED

from tongban.catalogue import load_processes
from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementSuspended,
    AgreementTerminated,
    DepositStep,
)
from tongban.core.agreements.state import pair_agreements
from tongban.core.cases.beginning import begin
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseNotAccepted,
    CaseOpened,
    CorrectionCompleted,
    CorrectionLine,
    CorrectionNotified,
    Delivery,
    MaterialForm,
    MaterialLine,
    PersonCheck,
    Reported,
    ResultDelivered,
    StepReported,
    Verdict,
)
from tongban.core.cases.permit import Attempt, custody_refusal
from tongban.core.cases.refusals import CaseGround
from tongban.core.entry import Actor, ActorKind, Event
from tongban.core.plain_codes import is_number, is_step, unfit_field
from tongban.core.refusal import Refusal, Remedy

ONLINE = load_processes()["all_online"]
AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
REPORTED = Reported(acted_at=AT, reported_at=AT, system="s")


@pytest.mark.parametrize(
    "text",
    ["SL-310117-20261122-7K3QXP9M", "合市监受〔2026〕12号", "EA123456789CN", "1234567890123"],
)
def test_numbers_of_documents_and_postal_items_fit(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "张三", "张三 310117199001011234", "31011719900101123X", "13800000000", "a" * 41, "a b"],
)
def test_names_telephones_and_identity_numbers_do_not(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["review", "site_inspection", "second_review_2"])
def test_codes_of_steps_fit(text: str) -> None:
    assert is_step(text)


@pytest.mark.parametrize(
    "text", ["", "业务审查", "Review", "_review", "a__b", "tel_13800000000", "a" * 41]
)
def test_words_are_no_codes_of_steps(text: str) -> None:
    assert not is_step(text)


def delivered(tracking: str) -> ResultDelivered:
    return ResultDelivered(
        method=Delivery.POST, person_check=PersonCheck.ACCOUNT, tracking=tracking
    )


def notified(code: str, defect: str) -> CorrectionNotified:
    return CorrectionNotified(lines=(CorrectionLine(code=code, defect=defect),))


def completed(code: str) -> CorrectionCompleted:
    line = MaterialLine(code=code, form=MaterialForm.COPY)
    return CorrectionCompleted(materials=(line,), completed_at=AT)


DAY = "2026-12-31"


def left_on_record(ground: str) -> AgreementDeposited:
    return AgreementDeposited(
        document="d", step=DepositStep.EXITED, note="", enclosed=(), ground=ground
    )


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (CaseAccepted(number="张三"), "number"),
        (CaseDecided(verdict=Verdict.GRANTED, result_number="张三"), "result_number"),
        (CaseDecided(verdict=Verdict.REFUSED, ground="张三"), "ground"),
        (CaseNotAccepted(ground="13800000000"), "ground"),
        (notified("card", "张三"), "lines"),
        (completed("张三"), "materials"),
        (delivered("给张三"), "tracking"),
        (AgreementSuspended(document="d", ground="张三说的"), "ground"),
        (AgreementTerminated(document="d", ground="张三", last_day=DAY), "ground"),
        (AgreementLeft(document="d", ground="a b", last_day=DAY, note=""), "ground"),
        (left_on_record("张三"), "ground"),
    ],
)
def test_prose_in_a_field_is_found(event: Event, field: str) -> None:
    assert unfit_field(event) == field


@pytest.mark.parametrize(
    "event",
    [
        CaseAccepted(number="SL-1"),
        CaseDecided(verdict=Verdict.GRANTED),
        CaseNotAccepted(ground="outside_competence"),
        notified("card", "unreadable"),
        completed("card"),
        delivered(""),
        AgreementSuspended(document="d", ground="audit"),
        left_on_record(""),
        left_on_record("changed_policy"),
        CaseOpened(),
    ],
)
def test_codes_and_numbers_pass(event: Event) -> None:
    assert unfit_field(event) == ""


def refused(event: Event) -> Refusal:
    attempt = Attempt(
        event=event,
        act=None,
        basis=None,
        actor=Actor(kind=ActorKind.OFFICER),
        writer="hefei.example",
        pair=pair_agreements((), {}),
        at=AT,
        written_at=AT,
        bodies=frozenset(),
    )
    refusal = custody_refusal(begin("case", DISPATCHED, (), ONLINE), attempt)
    assert refusal is not None
    return refusal


def test_an_act_that_would_carry_prose_for_ever_is_refused_before_anything_else() -> None:
    refusal = refused(CaseAccepted(number="张三 13800000000"))
    assert (refusal.ground, refusal.detail) == (CaseGround.FIELD_UNFIT, "number")


@pytest.mark.parametrize("step", ["", "张三", "zhang_san", "业务审查"])
def test_a_step_that_the_process_does_not_declare_is_refused_and_not_repeated(step: str) -> None:
    refusal = refused(StepReported(step=step, reported=REPORTED))
    assert (refusal.ground, refusal.detail) == (CaseGround.UNKNOWN_STEP, "")
    assert refusal.remedies == (Remedy.MEND_AND_RETRY,)
