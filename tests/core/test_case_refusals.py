"""What is refused, on which ground, and that nothing is left behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tongban.core.agreements.refusals import AgreementGround
from tongban.core.body import BYTES_MAX, Body
from tongban.core.cases.commands import (
    CaseCommand,
    ConfirmWithdrawal,
    RecordDeadline,
    RequestWithdrawal,
)
from tongban.core.cases.decide import decide
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
    PersonCheck,
)
from tongban.core.cases.refusals import CaseGround
from tongban.core.entry import BasisKind
from tongban.core.refusal import Refusal, Remedy

from .examples import (
    AGENT,
    APPLICANT,
    CASE,
    CLERK,
    FOOD,
    FUND,
    MORNING,
    NOTHING,
    OFFICER,
    accept,
    bodies,
    complete,
    counter,
    dispatch,
    hand_out,
    materials,
    notify,
    online,
    rate,
    refuse_acceptance,
    settle_it,
    take_in,
)
from .line import Line, Node


def ground(line: Line, node: Node, command: CaseCommand) -> str:
    """The ground on which a node refuses, with the proof that it changed nothing."""
    before = (node.state, list(node.log))
    answer = line.ask(node, command)
    assert isinstance(answer, Refusal), answer
    assert (node.state, node.log) == before
    return answer.ground


def arrived() -> Line:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, dispatch())
    return line


def corrected() -> Line:
    line = arrived()
    line.do(line.competent, notify("floor_plan"))
    line.do(line.intake, complete("floor_plan"))
    return line


def decided_at_counter() -> Line:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    return line


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"item": "another"}, CaseGround.UNKNOWN_ITEM),
        ({"competent": "wuhu.g60.demo"}, CaseGround.NOT_THE_COMPETENT_PARTY),
        ({"mode": Mode.DELEGATED_INTAKE}, CaseGround.MODE_NOT_OFFERED),
        ({"delivery": Delivery.COUNTER}, CaseGround.DELIVERY_NOT_OFFERED),
        ({"person_check": PersonCheck.ID_CARD_SEEN}, CaseGround.PERSON_CHECK_NOT_ENOUGH),
        ({"materials": ()}, CaseGround.MATERIAL_MISSING),
        ({"bodies": ()}, CaseGround.BODY_MISSING),
        ({"taken_in_at": MORNING + timedelta(seconds=1)}, CaseGround.INSTANT_IN_FUTURE),
        (
            {"bodies": (Body(name="application", media="x", content=b" " * (BYTES_MAX + 1)),)},
            CaseGround.BODY_TOO_LARGE,
        ),
        (
            {"materials": (MaterialLine(code="poem", form=MaterialForm.COPY),)},
            CaseGround.MATERIAL_UNKNOWN,
        ),
        (
            {
                "materials": (
                    MaterialLine(code="floor_plan", form=MaterialForm.COPY, body="material:x"),
                )
            },
            CaseGround.BODY_MISSING,
        ),
    ],
)
def test_a_take_in_that_lacks_something_is_refused(
    changes: dict[str, object], expected: CaseGround
) -> None:
    line = online()
    assert ground(line, line.intake, take_in(FOOD, **changes)) == expected


def test_a_take_in_of_an_unknown_item_is_refused() -> None:
    line = online()
    context = replace(line.context(line.intake), item=None)

    answer = decide(None, take_in(FOOD), context)
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.UNKNOWN_ITEM


def test_a_place_does_not_take_in_for_itself() -> None:
    line = online()
    line.intake.name = FOOD.competent
    assert ground(line, line.intake, take_in(FOOD)) == CaseGround.OWN_PLACE


def test_a_case_is_taken_in_once() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    assert ground(line, line.intake, take_in(FOOD)) == CaseGround.CASE_EXISTS


def test_an_original_that_was_not_in_hand_is_refused_at_the_counter() -> None:
    line = counter()
    command = take_in(FUND, materials=materials(FUND, MaterialForm.COPY))
    assert ground(line, line.intake, command) == CaseGround.ORIGINAL_NOT_SEEN


def test_a_copy_is_enough_where_nobody_stands_at_a_counter() -> None:
    line = counter()
    command = take_in(FUND, kind=IntakeKind.ONLINE, materials=materials(FUND, MaterialForm.COPY))
    assert not isinstance(line.ask(line.intake, command), Refusal)


def test_nothing_happens_on_a_case_that_is_not_here() -> None:
    line = online()
    assert ground(line, line.competent, accept()) == CaseGround.UNKNOWN_CASE


def test_nothing_happens_under_a_process_that_is_not_here() -> None:

    line = arrived()
    context = replace(line.context(line.competent), process=None)
    answer = decide(line.competent.state, accept(), context)
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.UNKNOWN_PROCESS


def test_materials_cannot_be_checked_without_the_item() -> None:

    line = online()
    line.do(line.intake, take_in(FOOD))
    context = replace(line.context(line.intake), item=None)
    answer = decide(line.intake.state, dispatch(), context)
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.UNKNOWN_ITEM


def test_a_delegated_take_in_without_an_agreement_shows_the_direct_way() -> None:
    line = counter()
    line.pair = NOTHING
    answer = line.ask(line.intake, take_in(FUND))
    assert isinstance(answer, Refusal)
    assert answer.ground == AgreementGround.NO_AGREEMENT
    assert answer.remedies[0] is Remedy.DIRECT_APPLICATION


def test_an_agreement_that_ended_overnight_stops_the_clerk_but_not_the_applicant() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.pair = NOTHING
    assert ground(line, line.intake, dispatch(CLERK)) == AgreementGround.NO_AGREEMENT
    line.do(line.intake, dispatch(APPLICANT))
    state = line.competent.state
    assert state is not None
    assert state.dispatched_on is BasisKind.OWN_RIGHT
    assert state.intake.taken_in_at == MORNING


def test_the_intake_place_cannot_accept() -> None:
    line = arrived()
    assert ground(line, line.intake, accept()) == CaseGround.WRONG_PARTY


def test_nobody_moves_a_case_in_transit() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.ask(line.intake, dispatch())
    assert ground(line, line.intake, dispatch()) == CaseGround.IN_TRANSIT


def test_a_case_is_not_handed_over_twice() -> None:
    line = arrived()
    assert ground(line, line.intake, dispatch()) == CaseGround.SECOND_HANDOVER


def test_the_authority_waits_while_the_intake_place_holds_the_case() -> None:
    line = arrived()
    line.do(line.competent, notify("floor_plan"))
    assert ground(line, line.competent, accept()) == CaseGround.NOT_HOLDER


def test_a_second_correction_list_is_refused() -> None:
    line = corrected()
    assert ground(line, line.competent, notify("safety_rules")) == CaseGround.SECOND_CORRECTION


def test_after_a_completed_correction_only_acceptance_follows() -> None:
    line = corrected()
    assert ground(line, line.competent, refuse_acceptance()) == CaseGround.ACCEPTANCE_IS_OWED
    assert ground(line, line.competent, settle_it()) == CaseGround.ACCEPTANCE_IS_OWED
    line.do(line.competent, accept())


def test_a_decision_comes_after_acceptance() -> None:
    line = arrived()
    assert ground(line, line.competent, settle_it()) == CaseGround.WRONG_STAGE


def test_acceptance_happens_once() -> None:
    line = arrived()
    line.do(line.competent, accept())
    assert ground(line, line.competent, accept()) == CaseGround.ALREADY_DONE


def test_a_closed_case_stays_closed() -> None:
    line = arrived()
    line.do(line.competent, refuse_acceptance())
    assert ground(line, line.competent, accept()) == CaseGround.ENDED


def test_a_correction_notice_lists_something() -> None:
    line = arrived()
    assert ground(line, line.competent, notify()) == CaseGround.CORRECTION_EMPTY


def test_a_correction_notice_comes_in_words() -> None:
    line = arrived()
    bare = replace(notify("floor_plan"), bodies=())
    assert ground(line, line.competent, bare) == CaseGround.BODY_MISSING


def test_a_correction_brings_everything_on_the_list() -> None:
    line = arrived()
    line.do(line.competent, notify("floor_plan", "safety_rules"))
    expected = CaseGround.CORRECTION_INCOMPLETE
    assert ground(line, line.intake, complete("floor_plan")) == expected


def test_a_new_application_form_may_answer_the_whole_list() -> None:
    line = arrived()
    line.do(line.competent, notify("shop_address"))
    line.do(line.intake, replace(complete(), bodies=bodies("application")))
    assert line.competent.state is not None
    assert line.competent.state.stage == "corrected"


def test_a_correction_is_not_completed_in_the_future() -> None:
    line = arrived()
    line.do(line.competent, notify("floor_plan"))
    late = replace(complete("floor_plan"), completed_at=MORNING + timedelta(days=1))
    assert ground(line, line.intake, late) == CaseGround.INSTANT_IN_FUTURE


def test_the_result_is_delivered_as_the_applicant_chose() -> None:
    line = decided_at_counter()
    expected = CaseGround.DELIVERY_NOT_AS_CHOSEN
    assert ground(line, line.intake, hand_out(Delivery.POST)) == expected


def test_a_posted_result_has_a_number() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND, delivery=Delivery.POST))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    assert ground(line, line.intake, hand_out(Delivery.POST)) == CaseGround.TRACKING_MISSING


def test_only_the_applicant_rates() -> None:
    line = decided_at_counter()
    assert ground(line, line.intake, rate(CLERK)) == CaseGround.APPLICANT_MUST_ASK
    line.do(line.intake, rate(AGENT))
    assert ground(line, line.intake, rate()) == CaseGround.ALREADY_DONE


def test_a_case_is_rated_once_it_is_decided() -> None:
    line = arrived()
    assert ground(line, line.intake, rate()) == CaseGround.WRONG_STAGE


def test_only_a_requested_withdrawal_is_confirmed() -> None:
    line = arrived()
    command = ConfirmWithdrawal(case=CASE, actor=OFFICER)
    assert ground(line, line.competent, command) == CaseGround.WITHDRAWAL_NOT_REQUESTED


def test_a_withdrawn_application_is_not_dispatched() -> None:
    line = online()
    line.do(line.intake, take_in(FOOD))
    line.do(line.intake, RequestWithdrawal(case=CASE, actor=APPLICANT))
    assert ground(line, line.intake, dispatch()) == CaseGround.WITHDRAWAL_REQUESTED
    line.do(line.intake, ConfirmWithdrawal(case=CASE, actor=APPLICANT))
    assert line.intake.state is not None
    assert (line.intake.state.stage, line.intake.log) == ("withdrawn", [])


def test_the_holder_confirms_a_withdrawal() -> None:
    line = arrived()
    line.do(line.intake, RequestWithdrawal(case=CASE, actor=APPLICANT))
    line.do(line.competent, ConfirmWithdrawal(case=CASE, actor=OFFICER))
    assert line.intake.state == line.competent.state
    assert line.intake.state is not None
    assert line.intake.state.ended


def test_a_case_without_deadlines_of_this_name_records_none() -> None:
    line = arrived()
    command = RecordDeadline(case=CASE, actor=OFFICER, rule="poetry")
    assert ground(line, line.competent, command) == CaseGround.UNKNOWN_RULE
