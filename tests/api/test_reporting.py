"""Facts of an approval system: once, late, out of order, repeated."""

from tests.api.wuhu import CLERK, JIAXING, Approval, accepted, decided, step

from tongban.core.cases.state import FlagKind


def test_a_case_is_decided_by_reports_and_returns_to_the_counter(approval: Approval) -> None:
    case = approval.take_in()
    at = approval.ago(60)
    assert approval.outcomes(case, accepted(at), step(at), decided(at)) == ["recorded"] * 3
    approval.federation.settle()
    state = approval.jiaxing.node.case_state(case)
    assert state is not None
    assert (state.stage, state.holder) == ("decided", JIAXING)
    assert not state.flags


def test_the_decision_and_the_result_reach_the_counter_as_bodies(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted(approval.ago(5)), decided(approval.ago(3)))
    approval.federation.settle()
    for name, words in (("decision", "准予决定书"), ("result", "船舶营业运输证")):
        content = approval.jiaxing.node.read_body(case, name, reader=CLERK, purpose="送达")
        assert content is not None
        assert words in content.decode()


def test_a_repeated_batch_changes_nothing(approval: Approval) -> None:
    case = approval.take_in()
    batch = accepted(approval.ago(60)), step(approval.ago(50))
    approval.report(case, *batch)
    before = approval.wuhu.node.history(case)
    assert approval.outcomes(case, *batch) == ["repeated", "repeated"]
    assert approval.wuhu.node.history(case) == before


def test_facts_may_come_out_of_order(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted(approval.ago(50)))
    assert approval.outcomes(case, step(approval.ago(60), "收件核对")) == ["recorded"]
    state = approval.state(case)
    assert state.accepted_at is not None
    assert state.steps[0].acted_at < state.accepted_at


def test_a_fact_against_the_process_is_recorded_and_flagged(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted(approval.ago(60)))
    assert approval.outcomes(case, accepted(approval.ago(50), "again")) == ["recorded"]
    kinds = {flag.kind for flag in approval.state(case).flags}
    assert FlagKind.REPEATED in kinds
