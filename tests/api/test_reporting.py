"""Facts of an approval system: once, late, out of order, repeated."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from tests.api.wuhu import (
    CLERK,
    JIAXING,
    OPERATOR,
    SHIP,
    SYSTEM,
    Approval,
    accepted,
    decided,
    step,
)

from tongban.core.cases.commands import RecordDeadline
from tongban.core.cases.state import FlagKind
from tongban.core.refusal import Refusal


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
    assert approval.outcomes(case, step(approval.ago(60), "receipt_check")) == ["recorded"]
    state = approval.state(case)
    assert state.accepted_at is not None
    assert state.steps[0].acted_at < state.accepted_at


def test_a_fact_against_the_process_is_recorded_and_flagged(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted(approval.ago(60)))
    assert approval.outcomes(case, accepted(approval.ago(50), "again")) == ["recorded"]
    kinds = {flag.kind for flag in approval.state(case).flags}
    assert FlagKind.REPEATED in kinds


def test_a_fact_after_the_case_was_handed_on_is_refused_in_words(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted(approval.ago(5)), decided(approval.ago(4)))
    approval.federation.settle()
    [late] = approval.report(case, step(approval.ago(5)))
    assert (late["answer"], late["ground"]) == ("refused", "not_holder")
    assert all(late["words"][part][language] for part in late["words"] for language in ("zh", "en"))


@pytest.mark.parametrize("word", ["张三", "业务审查", "zhang_san"])
def test_a_step_that_the_case_does_not_list_is_refused_in_words(
    approval: Approval, word: str
) -> None:
    case = approval.take_in()
    [line] = approval.report(case, step(approval.ago(1), word))
    assert (line["answer"], line["ground"], line["detail"]) == ("refused", "unknown_step", "")
    assert "steps" in line["words"]["next"]["en"]
    assert approval.state(case).steps == ()


def test_one_refused_fact_does_not_hold_up_the_next(approval: Approval) -> None:
    case = approval.take_in()
    facts = accepted("2026-11-23T09:00:00"), step(approval.ago(1))
    assert approval.outcomes(case, *facts) == ["refused", "recorded"]


def test_a_refused_key_can_be_used_again(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, accepted("yesterday"))
    assert approval.outcomes(case, accepted(approval.ago(1))) == ["recorded"]


@pytest.mark.parametrize(
    ("instant", "ground"),
    [
        ("2026-11-23T09:00:00", "instant_without_offset"),
        ("2126-11-23T09:00:00+08:00", "instant_in_future"),
        ("昨天", "instant_unreadable"),
        ("0001-01-01T00:00:00+14:00", "instant_unreadable"),
    ],
)
def test_an_instant_that_says_nothing_is_refused(
    approval: Approval, instant: str, ground: str
) -> None:
    case = approval.take_in()
    [line] = approval.report(case, step(instant))
    assert (line["answer"], line["ground"]) == ("refused", ground)
    assert approval.state(case).steps == ()


def test_instants_are_cut_to_milliseconds_in_china_time(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, step("2026-11-22T23:15:00.123987Z"))
    [recorded] = approval.state(case).steps
    assert recorded.acted_at.isoformat() == "2026-11-23T07:15:00.123000+08:00"
    assert recorded.system == SYSTEM


def test_a_key_does_not_stand_for_two_facts(approval: Approval) -> None:
    case = approval.take_in()
    approval.report(case, step(approval.ago(9), "review"))
    [line] = approval.report(case, step(approval.ago(9), "approval"))
    assert (line["answer"], line["ground"]) == ("refused", "key_used_before")
    assert len(approval.state(case).steps) == 1


def test_keys_outlive_the_token_of_their_system(approval: Approval) -> None:
    case = approval.take_in()
    fact = step(approval.ago(9))
    approval.report(case, fact)
    approval.revoke()
    approval.token = approval.issue(SHIP.organisation.code)
    assert approval.outcomes(case, fact) == ["repeated"]


def test_the_same_batch_sent_twice_at_once_is_recorded_once(approval: Approval) -> None:
    case = approval.take_in()
    facts = {"facts": [step(approval.ago(9), key=f"step-{n}") for n in range(5)]}

    def send(_: int) -> list[str]:
        answer = approval.post(f"cases/{case}/facts", facts)
        connection.close()
        return [line["answer"] for line in answer.json()["answers"]]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert sorted(chain(*answers)) == ["recorded"] * 5 + ["repeated"] * 15
    assert len(approval.state(case).steps) == 5


def test_facts_reported_before_the_line_is_open_wait_and_are_not_doubled(
    approval: Approval,
) -> None:
    case = approval.take_in()
    approval.federation.restart(approval.wuhu.name)
    fact = accepted(approval.ago(9))
    [line] = approval.report(case, fact)
    assert (line["answer"], line["waiting"]) == ("recorded", True)
    assert approval.outcomes(case, fact) == ["repeated"]
    approval.federation.settle()
    state = approval.state(case)
    assert (state.stage, state.flags) == ("accepted", ())


def test_a_refusal_of_acceptance_reaches_the_intake_place(approval: Approval) -> None:
    case = approval.take_in()
    fact = {
        "kind": "not_accepted",
        "key": "1",
        "acted_at": approval.ago(9),
        "ground": "not_competent",
        "decision": {"form": "text", "text": "不予受理决定书（演示）"},
    }
    assert approval.outcomes(case, fact) == ["recorded"]
    approval.federation.settle()
    state = approval.jiaxing.node.case_state(case)
    assert state is not None
    assert (state.stage, state.not_accepted_ground) == ("not_accepted", "not_competent")


@pytest.mark.parametrize(
    ("document", "content"),
    [
        ({"form": "json", "data": {"号": 1}}, '{\n  "号": 1\n}'.encode()),
        ({"form": "base64", "media": "application/pdf", "data": "JVBERi0x"}, b"%PDF-1"),
    ],
)
def test_results_come_as_data_or_as_files(
    approval: Approval, document: dict[str, Any], content: bytes
) -> None:
    case = approval.take_in()
    approval.report(
        case, accepted(approval.ago(9)), decided(approval.ago(8)) | {"result": document}
    )
    result = approval.wuhu.node.read_body(case, "result", reader=CLERK, purpose="送达")
    assert result == content


@pytest.mark.parametrize("data", ["not base64", "====", "汉字"])
def test_a_document_that_cannot_be_decoded_is_refused(approval: Approval, data: str) -> None:
    case = approval.take_in()
    result = {"form": "base64", "media": "application/pdf", "data": data}
    [line] = approval.report(case, decided(approval.ago(8)) | {"result": result})
    assert (line["ground"], line["detail"]) == ("document_unreadable", "result")


def test_a_document_over_a_megabyte_is_refused(approval: Approval) -> None:
    case = approval.take_in()
    document = {"form": "text", "text": "x" * 1_000_001}
    [line] = approval.report(case, decided(approval.ago(8)) | {"result": document})
    assert line["ground"] == "body_too_large"


def test_a_missing_document_is_flagged_and_not_refused(approval: Approval) -> None:
    case = approval.take_in()
    fact = decided(approval.ago(8))
    del fact["result"]
    assert approval.outcomes(case, fact) == ["recorded"]
    assert FlagKind.BODY_MISSING in {flag.kind for flag in approval.state(case).flags}


def test_a_late_report_of_a_timely_acceptance_reverses_a_deemed_one(approval: Approval) -> None:
    case = approval.take_in()
    acted_at = approval.now.isoformat()
    approval.federation.memory.clock.pass_days(10)
    rule = RecordDeadline(case=case, actor=OPERATOR, rule="correction_notice")
    assert not isinstance(approval.wuhu.node.execute(rule), Refusal)
    assert approval.state(case).deemed_accepted
    assert approval.outcomes(case, accepted(acted_at)) == ["recorded"]
    state = approval.state(case)
    assert state.accepted_at is not None
    assert (state.deemed_accepted, state.accepted_at.isoformat()) == (False, acted_at)


def test_a_fact_that_waits_can_be_asked_after_until_it_stands(approval: Approval) -> None:
    case = approval.take_in()
    approval.federation.restart(approval.wuhu.name)
    fact = accepted(approval.ago(9))
    approval.report(case, fact)
    assert approval.fact(case, fact["key"])["waiting"]
    [again] = approval.report(case, fact)
    assert (again["answer"], again["waiting"]) == ("repeated", True)
    approval.federation.settle()
    line = approval.fact(case, fact["key"])
    assert (line["answer"], line["waiting"]) == ("recorded", False)


def come_back(approval: Approval, ground: str) -> None:
    """What waits is settled as it is when a restored node learns that it had handed the case on."""
    kernel = approval.wuhu.node.kernel
    with kernel.database.write() as lent:
        for intent in kernel.store.pending_intents(lent, JIAXING):
            kernel.store.settle_intent(lent, intent.id, ground)


def test_a_fact_that_came_back_says_why_and_leaves_its_key_free(approval: Approval) -> None:
    case = approval.take_in()
    approval.federation.restart(approval.wuhu.name)
    approval.report(case, step(approval.ago(9), key="late"))
    come_back(approval, "not_holder")
    line = approval.fact(case, "late")
    assert (line["answer"], line["ground"], line["waiting"]) == ("refused", "not_holder", False)
    assert line["words"]["next"]["zh"]
    approval.federation.settle()
    assert approval.outcomes(case, step(approval.ago(5), "approval", key="late")) == ["recorded"]
    assert approval.fact(case, "late")["answer"] == "recorded"


def test_a_fact_that_was_never_recorded_is_unknown(approval: Approval) -> None:
    case = approval.take_in()
    answer = approval.get(f"cases/{case}/facts?key=never")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:tongban:problem:unknown_fact")
    assert approval.get(f"cases/{case}/facts").status_code == 422
