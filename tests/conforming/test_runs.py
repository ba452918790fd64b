"""A run over our own node, and runs that come to an end before the rules do."""

import time
from collections import Counter
from pathlib import Path

import pytest
from tests.conforming.doors import (
    CITY,
    Receive,
    examine,
    found,
    introduced,
    node_behind_a_door,
    talk_to,
)
from tests.conforming.wrong_nodes import WRONG_NODES
from tests.node.liar import Liar

from tongban.channels.faults import EnvelopeUnreadable
from tongban.channels.quota import Quota
from tongban.conformance.examination import Examination, conforms
from tongban.conformance.introduction import is_heard
from tongban.conformance.rule import Judgement, NotReached
from tongban.conformance.rules import RULES
from tongban.conformance.runner import Runner, RunnerUnreadable
from tongban.core.inquiries.state import InquiryStanding
from tongban.evidence.suites import SUITES, USUAL
from tongban.logs.rows import ChannelStatus
from tongban.testing.memory_nodes import MemoryNode, SeededRandomness


def fresh(name: str = "runner", suite: str = USUAL) -> Runner:
    return Runner.make(SeededRandomness(name).draw, suite=suite)


def status(node: MemoryNode, peer: str) -> ChannelStatus:
    return next(row.status for row in node.node.channels() if row.peer == peer)


@pytest.mark.parametrize("mine", SUITES)
@pytest.mark.parametrize("theirs", SUITES)
def test_our_own_node_keeps_every_rule_under_both_suites(
    mine: str, theirs: str, tmp_path: Path
) -> None:
    runner = fresh(suite=mine)
    with node_behind_a_door(tmp_path, suite=theirs) as (node, _, described):
        introduced(node, runner)
        findings = examine(talk_to(described, runner))
    assert Counter(each.judgement for each in findings) == {Judgement.PASSED: len(RULES)}
    assert conforms(findings)


def test_a_node_that_changed_its_keys_and_its_suite_keeps_every_rule(tmp_path: Path) -> None:
    runner = fresh()
    with node_behind_a_door(tmp_path, suite="sm2-sm3", earlier=(USUAL,)) as (node, _, described):
        introduced(node, runner)
        assert conforms(examine(talk_to(described, runner)))


def test_other_partners_of_the_node_notice_nothing(tmp_path: Path) -> None:
    runner, other = fresh(), fresh("another")
    with node_behind_a_door(tmp_path) as (node, _, described):
        introduced(node, runner)
        introduced(node, other)
        beside = talk_to(described, other)
        beside.settle()
        examine(talk_to(described, runner))
        beside.settle()
        assert status(node, other.name) is ChannelStatus.OPEN
        assert status(node, runner.name) is ChannelStatus.FROZEN


def test_nothing_is_left_open_at_the_node_but_a_question_that_was_withdrawn(
    tmp_path: Path,
) -> None:
    runner = fresh()
    with node_behind_a_door(tmp_path) as (node, _, described):
        introduced(node, runner)
        rule = next(rule for rule in RULES if rule.id == "entries.take_effect")
        talk = talk_to(described, runner)
        Examination(talk, RULES).run([rule])
        asked = node.node.inquiries.with_partner(runner.name)
    assert [each.standing for each in asked] == [InquiryStanding.WITHDRAWN]


def test_a_run_is_repeated_when_the_node_took_the_runner_in_again(tmp_path: Path) -> None:
    runner = fresh()
    with node_behind_a_door(tmp_path) as (node, _, described):
        introduced(node, runner)
        assert conforms(examine(talk_to(described, runner)))
        assert not is_heard(talk_to(described, runner))
        again = examine(talk_to(described, runner))
        assert "take the runner in once more" in found(again, Judgement.NOT_REACHED)["pushes.gap"]
        assert found(again, Judgement.FAILED) == {}
        introduced(node, runner)
        assert is_heard(talk_to(described, runner))
        assert conforms(examine(talk_to(described, runner)))


def test_a_node_that_does_not_know_the_runner_fails_at_the_first_envelope(tmp_path: Path) -> None:
    runner = fresh()
    with node_behind_a_door(tmp_path) as (_, _, described):
        assert not is_heard(talk_to(described, runner))
        findings = examine(talk_to(described, runner))
    failed = found(findings, Judgement.FAILED)
    assert set(failed) == {"envelopes.taken"}
    assert runner.name in failed["envelopes.taken"]
    assert found(findings, Judgement.NOT_REACHED)["pushes.gap"] == (
        "the node broke envelopes.taken on the way"
    )


def test_a_run_ends_in_time_however_slow_the_node_is(tmp_path: Path) -> None:
    def slow(receive: Receive) -> Receive:
        def slowly(envelope: bytes) -> bytes | None:
            time.sleep(0.2)
            return receive(envelope)

        return slowly

    runner = fresh()
    began = time.monotonic()
    with node_behind_a_door(tmp_path, around=slow) as (node, _, described):
        introduced(node, runner)
        findings = examine(talk_to(described, runner, seconds=2))
    assert time.monotonic() - began < 8
    assert found(findings, Judgement.FAILED) == {}
    assert found(findings, Judgement.NOT_REACHED)["pushes.gap"] == (
        "the time of this run was used up"
    )


def test_a_node_that_writes_to_the_runner_meanwhile_keeps_every_rule(tmp_path: Path) -> None:
    """As one does that opens its items to all."""
    runner, calls = fresh(), iter(range(10**6))
    nodes: list[MemoryNode] = []

    def busy(receive: Receive) -> Receive:
        def writing(envelope: bytes) -> bytes | None:
            (node,) = nodes
            if next(calls) % 5 == 4 and status(node, runner.name) is ChannelStatus.OPEN:
                liar = Liar(node.node, runner.name)
                liar.write(liar.draft_act("nowhere"))
            return receive(envelope)

        return writing

    with node_behind_a_door(tmp_path, around=busy) as (node, _, described):
        nodes.append(node)
        introduced(node, runner)
        findings = examine(talk_to(described, runner))
    assert conforms(findings), [each for each in findings if each.judgement is not Judgement.PASSED]


def test_a_node_that_is_over_its_quota_is_waited_for(tmp_path: Path) -> None:
    runner, quota = fresh(), Quota(messages=150, bytes=10**9, window_seconds=1)
    with node_behind_a_door(tmp_path, quota=quota) as (node, _, described):
        introduced(node, runner)
        assert conforms(examine(talk_to(described, runner, pause=time.sleep)))


def test_a_quota_that_never_ends_breaks_no_rule(tmp_path: Path) -> None:
    runner, quota = fresh(), Quota(messages=30, bytes=10**9, window_seconds=10**6)
    with node_behind_a_door(tmp_path, quota=quota) as (node, _, described):
        introduced(node, runner)
        findings = examine(talk_to(described, runner))
    assert found(findings, Judgement.FAILED) == {}
    assert "429" in found(findings, Judgement.NOT_REACHED)["pushes.gap"]


def test_a_node_that_is_out_of_order_now_and_then_is_asked_again(tmp_path: Path) -> None:
    calls = iter(range(10**6))

    def broken(receive: Receive) -> Receive:
        def now_and_then(envelope: bytes) -> bytes | None:
            if next(calls) % 7 == 3:
                raise RuntimeError("made up")
            return receive(envelope)

        return now_and_then

    runner = fresh()
    with node_behind_a_door(tmp_path, around=broken) as (node, _, described):
        introduced(node, runner)
        assert conforms(examine(talk_to(described, runner)))


def test_a_node_that_answers_what_is_no_envelope_fails_there_and_is_not_led_on(
    tmp_path: Path,
) -> None:
    def silly(receive: Receive) -> Receive:
        def answer(envelope: bytes) -> bytes | None:
            return b"hello" if receive(envelope) is not None else None

        return answer

    runner = fresh()
    with node_behind_a_door(tmp_path, around=silly) as (node, _, described):
        introduced(node, runner)
        assert is_heard(talk_to(described, runner))
        assert set(found(examine(talk_to(described, runner)), Judgement.FAILED)) == {
            "answers.sealed"
        }


def test_what_strangers_send_is_refused_whatever_else_the_node_does(tmp_path: Path) -> None:
    def deaf(_: Receive) -> Receive:
        def refuse(_: bytes) -> bytes | None:
            raise EnvelopeUnreadable("made up")

        return refuse

    runner = fresh()
    with node_behind_a_door(tmp_path, around=deaf) as (_, _, described):
        passed = found(examine(talk_to(described, runner)), Judgement.PASSED)
    assert "envelopes.stranger" in passed
    assert "pushes.batch" not in passed


def test_a_door_that_does_not_answer_breaks_no_rule(tmp_path: Path) -> None:
    runner = fresh()
    with node_behind_a_door(tmp_path) as (_, _, described):
        pass
    with pytest.raises(NotReached, match="does not answer"):
        is_heard(talk_to(described, runner))


def test_keys_that_were_kept_are_the_same_runner() -> None:
    runner = fresh()
    again = Runner.from_bytes(runner.to_bytes())
    assert again == runner
    assert again.descriptor() == runner.descriptor()


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"name":"x","suite":"ed25519-sha256","seeds":{"log":"AA=="}}']
)
def test_bytes_that_are_no_keys_are_told(data: bytes) -> None:
    with pytest.raises(RunnerUnreadable, match="not the keys of a runner"):
        Runner.from_bytes(data)


def test_there_are_wrong_nodes_enough() -> None:
    broken = {rule for each in WRONG_NODES.values() for rule in each.breaks}
    assert len(broken) >= 30
    assert {rule.partition(".")[0] for rule in broken} == {
        rule.id.partition(".")[0] for rule in RULES
    }
    assert CITY not in broken
