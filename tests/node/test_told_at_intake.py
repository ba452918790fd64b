"""代为受理 between two nodes: told at the counter, supplied there, and one case for both."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.granting import granting
from tests.node.looking import home_events

from tongban.core.agreements.commands import Resume, Suspend
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.body import Body
from tongban.core.cases.commands import CompleteCorrection, NotifyCorrection, TakeIn
from tongban.core.cases.events import CorrectionLine, Delivery, MaterialForm, MaterialLine, Mode
from tongban.core.cases.process import Power
from tongban.core.cases.state import CaseState
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import OutcomeDisputed
from tongban.core.refusal import Refusal
from tongban.node.desk import Executed
from tongban.node.rebuild import rebuild
from tongban.testing.applications import (
    HANGZHOU,
    OFFICER,
    RESIDENT,
    SUZHOU,
    accept,
    item_of,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation
from tongban.testing.simulation.people import Matter, application, sign_both

TEXT = granting(SUZHOU, HANGZHOU, more=frozenset({Power.NOTIFY}))
ITEM = item_of(HANGZHOU, Mode.DELEGATED_INTAKE)


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[MemoryFederation]:
    made = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    publish(made)
    made.settle()
    for _ in range(2):
        sign_both({name: made[name] for name in made.names}, TEXT)
        made.settle()
    yield made
    made.stop()


def body(name: str, words: str) -> Body:
    return Body(name=name, media="text/plain", content=words.encode())


def lacking(federation: MemoryFederation) -> tuple[TakeIn, str]:
    """An intake without one material, which the counter names; and that material."""
    matter = Matter(federation[SUZHOU].new_case("320500"), ITEM, Mode.DELEGATED_INTAKE)
    whole = replace(application(matter, federation.clock.now()), delivery=Delivery.COUNTER)
    left_out = whole.materials[0]
    bodies = tuple(each for each in whole.bodies if each.name != left_out.body)
    asked = replace(
        whole,
        materials=whole.materials[1:],
        bodies=(*bodies, body("correction", "bring it")),
        notice=(CorrectionLine(code=left_out.code, defect="missing"),),
    )
    return asked, left_out.code


def told(federation: MemoryFederation) -> tuple[str, str]:
    asked, material = lacking(federation)
    done = federation[SUZHOU].execute(asked)
    assert isinstance(done, Executed), done
    assert not done.waiting
    return done.subject, material


def completion(federation: MemoryFederation, case: str, material: str) -> CompleteCorrection:
    line = MaterialLine(code=material, form=MaterialForm.ORIGINAL_SEEN, body=f"material:{material}")
    return CompleteCorrection(
        case=case,
        actor=OFFICER,
        materials=(line,),
        completed_at=federation.clock.now(),
        bodies=(body(line.body, "here it is"),),
    )


def both(federation: MemoryFederation, case: str) -> CaseState:
    """What both know in the end; neither computed anything otherwise than the other."""
    federation.settle()
    one, other = (federation[name].case_state(case) for name in (SUZHOU, HANGZHOU))
    assert one is not None
    assert one == other
    for name in (SUZHOU, HANGZHOU):
        assert not home_events(federation[name], OutcomeDisputed)
    return one


def read(federation: MemoryFederation, name: str, case: str, body: str) -> bytes | None:
    reader = Actor(kind=ActorKind.SYSTEM)
    return federation[name].read_body(case, body, reader=reader, purpose="test")


def test_nothing_goes_out_until_the_applicant_has_supplied_what_was_told(
    federation: MemoryFederation,
) -> None:
    case, _ = told(federation)
    federation.settle()
    state = federation[SUZHOU].case_state(case)
    assert state is not None
    assert state.stage == "correcting_at_intake"
    assert federation[HANGZHOU].case_state(case) is None
    assert read(federation, SUZHOU, case, "correction") == b"bring it"


def test_what_is_supplied_goes_on_at_once_with_everything_that_came_before(
    federation: MemoryFederation,
) -> None:
    case, material = told(federation)
    federation.clock.pass_days(2)
    federation.settle()
    done = federation[SUZHOU].execute(completion(federation, case, material))
    assert isinstance(done, Executed), done
    state = both(federation, case)
    assert (state.stage, state.holder) == ("corrected", HANGZHOU)
    assert state.days_run_from == state.intake.taken_in_at
    for name in ("application", "correction", f"material:{material}"):
        assert read(federation, HANGZHOU, case, name) == read(federation, SUZHOU, case, name)
    assert read(federation, HANGZHOU, case, f"material:{material}") == b"here it is"
    assert isinstance(federation[HANGZHOU].execute(accept(case)), Executed)
    assert both(federation, case).stage == "accepted"


def test_a_line_that_is_down_keeps_nobody_from_being_told(federation: MemoryFederation) -> None:
    federation.cut |= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    federation.settle()
    case, material = told(federation)
    assert isinstance(federation[SUZHOU].execute(completion(federation, case, material)), Executed)
    federation.cut.clear()
    assert both(federation, case).stage == "corrected"


def test_what_outlives_the_agreement_is_supplied_and_sent_by_the_own_right(
    federation: MemoryFederation,
) -> None:
    case, material = told(federation)
    stop = Suspend(document=document_digest(TEXT), actor=OFFICER, ground="audit")
    assert isinstance(federation[HANGZHOU].execute(stop, partner=SUZHOU), Executed)
    federation.settle()
    brought = completion(federation, case, material)
    refused = federation[SUZHOU].execute(brought)
    assert isinstance(refused, Refusal)
    assert refused.ground == AgreementGround.SUSPENDED
    done = federation[SUZHOU].execute(replace(brought, actor=RESIDENT))
    assert isinstance(done, Executed), done
    state = both(federation, case)
    assert (state.stage, state.correction) == ("dispatched", ())
    assert state.days_run_from == state.available_at


def test_a_case_that_came_back_is_told_at_the_counter_and_sent_again(
    federation: MemoryFederation,
) -> None:
    document = document_digest(TEXT)
    stop = Suspend(document=document, actor=OFFICER, ground="audit")
    assert isinstance(federation[HANGZHOU].execute(stop, partner=SUZHOU), Executed)
    matter = Matter(federation[SUZHOU].new_case("320500"), ITEM, Mode.DELEGATED_INTAKE)
    asked = replace(application(matter, federation.clock.now()), delivery=Delivery.COUNTER)
    assert isinstance(federation[SUZHOU].execute(asked), Executed)
    federation.settle()
    go_on = Resume(document=document, actor=OFFICER)
    assert isinstance(federation[HANGZHOU].execute(go_on, partner=SUZHOU), Executed)
    federation.settle()
    material = asked.materials[0].code
    notice = NotifyCorrection(
        case=matter.case,
        actor=OFFICER,
        lines=(CorrectionLine(code=material, defect="unreadable"),),
        bodies=(body("correction", "bring it"),),
    )
    assert isinstance(federation[SUZHOU].execute(notice), Executed)
    brought = completion(federation, matter.case, material)
    assert isinstance(federation[SUZHOU].execute(brought), Executed)
    assert both(federation, matter.case).stage == "corrected"


def test_a_letter_that_was_erased_holds_the_case_back_nowhere(
    federation: MemoryFederation,
) -> None:
    case, material = told(federation)
    federation[SUZHOU].erase_body(case, "correction", actor=OFFICER, ground="asked")
    assert isinstance(federation[SUZHOU].execute(completion(federation, case, material)), Executed)
    federation.settle()
    state = federation[HANGZHOU].case_state(case)
    assert state is not None
    assert (state.stage, state.correction[0].code) == ("corrected", material)
    assert read(federation, HANGZHOU, case, "correction") is None


def test_a_rebuild_tells_the_same_story(federation: MemoryFederation) -> None:
    case, material = told(federation)
    assert isinstance(federation[SUZHOU].execute(completion(federation, case, material)), Executed)
    before = both(federation, case)
    for name in (SUZHOU, HANGZHOU):
        rebuild(federation[name].kernel)
    assert both(federation, case) == before
