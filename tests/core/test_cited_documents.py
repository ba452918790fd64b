from datetime import datetime, timedelta, timezone

import pytest

from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementSigned,
    AgreementSuspended,
    InstrumentCited,
)
from tongban.core.cases.acts import is_case_event
from tongban.core.cases.events import (
    CaseDispatched,
    CaseOpened,
    Delivery,
    HandoverRecalled,
    Intake,
    IntakeKind,
    Mode,
    PersonCheck,
)
from tongban.core.channel.events import KeyRotated
from tongban.core.documents import cited_documents
from tongban.core.entry import Event
from tongban.core.home.events import PersonalDataRead
from tongban.core.negotiations.events import NegotiationCountered, NegotiationProposed

AT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=8)))
DISPATCHED = CaseDispatched(
    item="i",
    item_digest="sha256:1",
    process="sha256:2",
    mode=Mode.ALL_ONLINE,
    delivery=Delivery.ONLINE,
    intake_party="songjiang.example",
    competent="hefei.example",
    organisation="o",
    intake=Intake(
        kind=IntakeKind.ONLINE,
        taken_in_at=AT,
        person_check=PersonCheck.ACCOUNT,
        materials=(),
        place="310117",
    ),
)


def test_a_dispatch_cites_item_and_process() -> None:
    assert cited_documents(DISPATCHED) == ("sha256:1", "sha256:2")


@pytest.mark.parametrize(
    "event",
    [
        AgreementOffered(document="sha256:3"),
        AgreementSigned(document="sha256:3", party="p", note="n"),
        AgreementSuspended(document="sha256:3", ground="g"),
        InstrumentCited(document="sha256:3"),
        NegotiationProposed(document="sha256:3", answer_by="2026-12-01"),
        NegotiationCountered(version=1, document="sha256:3", answer_by="2026-12-01"),
    ],
)
def test_acts_on_an_agreement_cite_it(event: Event) -> None:
    assert cited_documents(event) == ("sha256:3",)


def test_new_keys_cite_the_descriptor_that_names_them() -> None:
    assert cited_documents(KeyRotated(descriptor="sha256:4", number=2)) == ("sha256:4",)


def test_other_acts_cite_nothing() -> None:
    assert cited_documents(CaseOpened()) == ()


def test_a_read_of_a_body_is_about_a_case_but_moves_nothing() -> None:
    assert is_case_event(CaseOpened())
    assert is_case_event(HandoverRecalled(handover="h"))
    assert not is_case_event(PersonalDataRead(body="application", purpose="task"))
