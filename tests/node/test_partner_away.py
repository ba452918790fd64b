"""A partner that is away for a month, or for ever."""

from tests.node.looking import submit
from tests.node.test_starts import all_is_well, restart, row

from tongban.core.cases.state import CaseState
from tongban.core.refusal import Refusal
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application
from tongban.testing.memory_nodes import MemoryFederation

BOTH = (SONGJIANG, HEFEI)


def away(pair: MemoryFederation) -> None:
    pair.cut |= {BOTH, BOTH[::-1]}


def test_after_a_month_everything_arrives_in_order(pair: MemoryFederation) -> None:
    away(pair)
    cases = []
    for _ in range(30):
        cases.append(submit(pair))
        pair.clock.pass_days(1)
        pair.settle()
    pair.cut.clear()
    pair.settle()
    assert [state.id for state in pair[HEFEI].cases()] == sorted(cases)
    assert all_is_well(pair)


def test_a_month_without_the_partner_and_with_restarts_loses_nothing(
    pair: MemoryFederation,
) -> None:
    away(pair)
    restart(pair, SONGJIANG)
    commands = [online_application(pair) for _ in range(5)]
    for command in commands:
        answer = pair[SONGJIANG].execute(command)
        assert not isinstance(answer, Refusal)
        assert answer.waiting
        pair.clock.pass_days(6)
        restart(pair, SONGJIANG)
    pair.cut.clear()
    pair.settle()
    received = [pair[HEFEI].case_state(command.case) for command in commands]
    assert all(isinstance(state, CaseState) and state.holder == HEFEI for state in received)
    assert all_is_well(pair)


def test_a_partner_that_never_comes_back_holds_up_nobody_here(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    away(pair)
    restart(pair, SONGJIANG)
    pair.clock.pass_days(400)
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.holder == HEFEI
    assert not isinstance(pair[SONGJIANG].execute(online_application(pair)), Refusal)


def test_when_a_partner_last_spoke_is_remembered(pair: MemoryFederation) -> None:
    submit(pair)
    pair.settle()
    heard = row(pair, SONGJIANG).last_contact_at
    away(pair)
    pair.clock.pass_days(31)
    restart(pair, SONGJIANG)
    pair.settle()
    assert row(pair, SONGJIANG).last_contact_at == heard
    pair.cut.clear()
    pair.exchange(HEFEI, SONGJIANG)
    now = row(pair, SONGJIANG).last_contact_at
    assert heard is not None
    assert now is not None
    assert (now - heard).days == 31


def test_a_minute_of_talk_is_noted_once(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    heard = row(pair, SONGJIANG).last_contact_at
    pair[HEFEI].execute(accept(case))
    pair.settle()
    assert row(pair, SONGJIANG).last_contact_at == heard
