"""Hand-overs that come back: recalled in time, refused, or undone at the writer."""

from tongban.core.cases.commands import Recall, RequestWithdrawal
from tongban.core.cases.events import Delivery, Verdict
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.settle import settle
from tongban.core.cases.state import CaseState, FlagKind
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal

from .examples import (
    APPLICANT,
    CASE,
    CLERK,
    FOOD,
    FUND,
    OFFICER,
    accept,
    complete,
    counter,
    dispatch,
    hand_out,
    notify,
    online,
    rate,
    settle_it,
    take_in,
)
from .line import Line, Node

RECALL = Recall(case=CASE, actor=OFFICER)


def view(node: Node) -> CaseState:
    assert node.state is not None
    return node.state


def taken_in() -> Line:
    line = online()
    line.do(line.intake, take_in(FOOD))
    return line


def last(node: Node) -> str:
    entry = [line for line in node.log if isinstance(line, Entry)][-1]
    return entry.id


def test_a_recall_in_the_same_push_brings_the_case_back() -> None:
    line = taken_in()
    before = view(line.intake)
    line.ask(line.intake, dispatch())
    line.ask(line.intake, RECALL)
    outcome = line.push(line.intake)
    line.push(line.competent)
    assert outcome is not None
    assert list(outcome.refused.values()) == [CaseGround.RECALLED]
    assert line.competent.state is None
    after = view(line.intake)
    assert (after.stage, after.holder, after.legs) == (before.stage, before.holder, before.legs)
    assert after.returned == CaseGround.RECALLED


def test_a_recalled_case_can_be_sent_again_and_both_agree() -> None:
    line = taken_in()
    line.ask(line.intake, dispatch())
    line.ask(line.intake, RECALL)
    line.push(line.intake)
    line.push(line.competent)
    line.do(line.intake, dispatch())
    assert view(line.intake) == view(line.competent)


def test_a_recall_after_receipt_is_refused() -> None:
    line = taken_in()
    line.ask(line.intake, dispatch())
    line.push(line.intake)
    line.ask(line.intake, RECALL)
    outcome = line.push(line.intake)
    assert outcome is not None
    assert list(outcome.refused.values()) == [CaseGround.RECALL_TOO_LATE]
    line.push(line.competent)
    assert view(line.intake).holder == line.competent.name


def test_a_notice_recalled_in_time_leaves_the_case_with_the_authority() -> None:
    line = taken_in()
    line.do(line.intake, dispatch())
    line.ask(line.competent, notify("floor_plan"))
    line.ask(line.competent, RECALL)
    line.push(line.competent)
    line.push(line.intake)
    assert view(line.competent).correction == ()
    assert view(line.competent).stage == "dispatched"
    line.do(line.competent, notify("floor_plan", "safety_rules"))
    assert view(line.intake).correction == view(line.competent).correction


def test_there_is_nothing_to_recall_without_a_handover_of_ones_own() -> None:
    line = taken_in()
    first = line.ask(line.intake, RECALL)
    line.ask(line.intake, dispatch())
    line.ask(line.intake, RECALL)
    again = line.ask(line.intake, RECALL)
    assert isinstance(first, Refusal)
    assert isinstance(again, Refusal)
    assert first.ground == again.ground == CaseGround.NOTHING_TO_RECALL


def test_a_refused_completion_gives_the_correction_back_to_the_counter() -> None:
    line = taken_in()
    line.do(line.intake, dispatch())
    line.do(line.competent, notify("floor_plan"))
    before = view(line.intake)
    line.ask(line.intake, complete("floor_plan"))
    line.ask(line.intake, RECALL)
    line.push(line.intake)
    line.push(line.competent)
    after = view(line.intake)
    assert (after.stage, after.materials) == (before.stage, before.materials)


def test_a_refused_decision_is_undone() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.ask(line.competent, settle_it(Verdict.GRANTED))
    after = settle(view(line.competent), last(line.competent), "some_ground")
    assert (after.stage, after.decided, after.returned) == ("accepted", None, "some_ground")


def test_a_refused_delivery_is_undone_and_flagged() -> None:
    line = counter()
    line.do(line.intake, take_in(FUND))
    line.do(line.intake, dispatch(CLERK))
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    line.ask(line.intake, hand_out(Delivery.COUNTER))
    after = settle(view(line.intake), last(line.intake), "expired")
    assert (after.stage, after.delivered, after.ended) == ("decided", None, False)
    assert [flag.kind for flag in after.flags] == [FlagKind.REFUSED_BY_PARTNER]


def test_a_refused_rating_and_a_refused_withdrawal_are_undone() -> None:
    line = taken_in()
    line.do(line.intake, dispatch())
    line.ask(line.intake, RequestWithdrawal(case=CASE, actor=APPLICANT))
    without = settle(view(line.intake), last(line.intake), "wrong_stage")
    assert without.withdrawal_requested_at is None
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    line.ask(line.intake, rate())
    assert settle(view(line.intake), last(line.intake), "wrong_stage").grade is None


def test_a_refused_act_of_ones_own_power_is_only_flagged() -> None:
    line = taken_in()
    line.do(line.intake, dispatch())
    line.ask(line.competent, accept())
    after = settle(view(line.competent), last(line.competent), "not_holder")
    assert after.stage == "accepted"
    assert [flag.detail for flag in after.flags] == ["not_holder"]


def test_an_outcome_without_refusal_changes_nothing_but_a_handover() -> None:
    line = taken_in()
    line.do(line.intake, dispatch())
    line.ask(line.competent, accept())
    state = view(line.competent)
    assert settle(state, last(line.competent)) == state
