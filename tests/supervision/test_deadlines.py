from pathlib import Path

import pytest

from tongban.supervision.deadlines import record_passed_deadlines
from tongban.supervision.rounds import Duty, Rounds
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def submitted(pair: MemoryFederation) -> str:
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    pair.settle()
    return command.case


def test_silence_for_five_working_days_is_deemed_acceptance_and_recorded_once(
    pair: MemoryFederation,
) -> None:
    case = submitted(pair)
    pair.clock.pass_days(5)
    assert record_passed_deadlines(pair[HEFEI]) == 0
    pair.clock.pass_days(4)
    assert record_passed_deadlines(pair[HEFEI]) == 1
    assert record_passed_deadlines(pair[HEFEI]) == 0
    pair.settle()
    for name in pair.names:
        state = pair[name].case_state(case)
        assert state is not None
        assert state.deemed_accepted


def test_only_the_holder_records_the_effect(pair: MemoryFederation) -> None:
    submitted(pair)
    pair.clock.pass_days(20)
    assert record_passed_deadlines(pair[SONGJIANG]) == 0


def test_an_accepted_case_is_left_alone(pair: MemoryFederation) -> None:
    case = submitted(pair)
    pair[HEFEI].execute(accept(case))
    pair.clock.pass_days(20)
    assert record_passed_deadlines(pair[HEFEI]) == 0


def test_a_duty_that_fails_does_not_stop_the_others(pair: MemoryFederation) -> None:
    done: list[float] = []

    def fail(_node: object) -> None:
        raise OSError("the disk is full")

    duties = (
        Duty(name="failing", every_seconds=1, do=fail),
        Duty(name="other", every_seconds=10, do=lambda _node: done.append(1)),
    )
    rounds = Rounds(pair[HEFEI], duties)
    for now in (1.0, 5.0, 11.0, 12.0):
        rounds.go_round(now)
    assert len(done) == 2
