"""Lines of a timeline in words, and the chip that quotes the clause."""

import pytest
from django.utils.translation import override
from tests.standin import START, World

from tongban.catalogue import load_agreements, load_instruments
from tongban.core.agreements.document import Document, document_digest
from tongban.core.cases.acts import ACT_OF
from tongban.core.cases.events import Grade
from tongban.core.entry import BasisKind
from tongban.core.words import Words
from tongban.projections.event_words import chip_of, grade_words, leg_event
from tongban.projections.models import TimelineRow

AGREEMENT = load_agreements()[0]
INSTRUMENT = load_instruments()[0]
STEPS = {"review": Words(zh="业务审查", en="Review")}


def row(kind: str = "CaseDispatched", **changes: object) -> TimelineRow:
    return TimelineRow(seq=1, case="x", at=START, kind=kind, **changes)


def resting_on(kind: BasisKind, document: Document) -> TimelineRow:
    return row(
        basis_kind=kind,
        basis_document=document_digest(document),
        basis_clause=document.clauses[0].number,
    )


def test_a_clause_is_quoted_with_its_agreement(world: World) -> None:
    acting = resting_on(BasisKind.CLAUSE, AGREEMENT)
    world.node.documents[acting.basis_document] = AGREEMENT
    chip = chip_of(acting)
    assert chip is not None
    assert AGREEMENT.title.zh in chip.words[0]
    assert AGREEMENT.clauses[0].text.zh in chip.words


def test_an_instrument_is_quoted(world: World) -> None:
    acting = resting_on(BasisKind.INSTRUMENT, INSTRUMENT)
    world.node.documents[acting.basis_document] = INSTRUMENT
    chip = chip_of(acting)
    assert chip is not None
    assert INSTRUMENT.clauses[0].text.zh in chip.words


def test_an_unknown_document_is_named_by_its_fingerprint() -> None:
    acting = resting_on(BasisKind.CLAUSE, AGREEMENT)
    chip = chip_of(acting)
    assert chip is not None
    assert acting.basis_document.partition(":")[2][:10] in chip.words[0]


def test_an_act_in_the_authoritys_own_power_has_no_chip() -> None:
    assert chip_of(row("CaseAccepted")) is None


@pytest.mark.parametrize("event", [event.__name__ for event in ACT_OF])
def test_every_act_of_a_case_has_words(event: str) -> None:
    assert leg_event(row(event), STEPS).words != event


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_has_words(grade: Grade) -> None:
    assert grade_words(grade) != grade


def test_an_event_of_a_newer_version_is_shown_as_it_came() -> None:
    assert leg_event(row("CaseTeleported", detail="far"), STEPS).words == "CaseTeleported"


def test_a_step_is_called_as_its_process_calls_it() -> None:
    assert leg_event(row("StepReported", detail="review"), STEPS).note == "业务审查"
    with override("en"):
        assert leg_event(row("StepReported", detail="review"), STEPS).note == "Review"


def test_a_step_of_another_process_keeps_its_code() -> None:
    assert leg_event(row("StepReported", detail="feast"), STEPS).note == "feast"


def test_what_the_partner_refused_says_why() -> None:
    shown = leg_event(row(ground="not_holder"), STEPS)
    assert "对方没有接受" in shown.note


def test_what_a_system_reported_says_so() -> None:
    assert "系统报告" in leg_event(row("CaseAccepted", reported_at=START), STEPS).note
