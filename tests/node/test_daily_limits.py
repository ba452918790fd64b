"""So many intakes a day and no more: the excess waits at the counter, and goes by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.node.looking import home_events

from tongban.catalogue import load_agreements
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.intakes import Tally
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.commands import Dispatch, Recall, RequestWithdrawal
from tongban.core.cases.events import Mode
from tongban.core.cases.refusals import CaseGround
from tongban.core.channel.refusals import ChannelGround
from tongban.core.china_time import CHINA_TIME
from tongban.core.home.events import IntentSettled, OutcomeDisputed
from tongban.core.refusal import Refusal
from tongban.node.desk import Executed
from tongban.node.rebuild import rebuild
from tongban.testing.applications import HANGZHOU, OFFICER, SUZHOU, item_of, publish
from tongban.testing.memory_nodes import MemoryFederation
from tongban.testing.simulation.people import Matter, application, sign_both

LIMIT = 2
#: The held ones go so long after midnight, when it is past midnight on the partner's clock as well.
GOES = datetime(2026, 11, 24, 0, 5, tzinfo=CHINA_TIME)


def limited() -> Agreement:
    """The agreement of the two cities, with a limit in every clause."""
    agreement = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
    clauses = tuple(
        replace(clause, grants=tuple(replace(grant, daily_limit=LIMIT) for grant in clause.grants))
        for clause in agreement.clauses
    )
    return replace(agreement, clauses=clauses)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Suzhou takes in for Hangzhou."""
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    publish(federation)
    federation.settle()
    for _ in range(2):
        # The second signs once it has heard of the offer.
        sign_both({name: federation[name] for name in federation.names}, limited())
        federation.settle()
    yield federation
    federation.stop()


def take_in(two: MemoryFederation) -> Executed:
    matter = Matter(
        two[SUZHOU].new_case("320500"),
        item_of(HANGZHOU, Mode.DELEGATED_INTAKE),
        Mode.DELEGATED_INTAKE,
    )
    answer = two[SUZHOU].execute(application(matter, two.clock.now()))
    assert isinstance(answer, Executed), answer
    return answer


def fill(two: MemoryFederation) -> list[str]:
    """As many as the day allows, landed."""
    cases = [take_in(two).subject for _ in range(LIMIT)]
    two.settle()
    return cases


def tally(two: MemoryFederation, name: str) -> Tally:
    """What a node counts of the one flow there is."""
    other = HANGZHOU if name == SUZHOU else SUZHOU
    (state,) = two[name].agreements_with(other)
    (found,) = state.intakes
    return found


def holder(two: MemoryFederation, name: str, case: str) -> str:
    state = two[name].case_state(case)
    assert state is not None
    return state.holder


def test_what_lands_counts_alike_on_both_sides(two: MemoryFederation) -> None:
    fill(two)
    assert tally(two, SUZHOU) == tally(two, HANGZHOU)
    assert [line.landed for line in tally(two, SUZHOU).days] == [LIMIT]


def test_the_excess_waits_here_and_goes_the_next_day_in_order(two: MemoryFederation) -> None:
    fill(two)
    held = [take_in(two) for _ in range(LIMIT + 1)]
    assert {answer.held_until for answer in held} == {GOES}
    assert all(answer.waiting for answer in held)
    two.clock.instant = GOES
    two[SUZHOU].desk.send_held()
    two.settle()
    places = [holder(two, SUZHOU, answer.subject) for answer in held]
    assert places == [HANGZHOU, HANGZHOU, SUZHOU]
    assert two[SUZHOU].desk.held_until(held[-1].subject) == GOES + timedelta(days=1)
    assert home_events(two[HANGZHOU], OutcomeDisputed) == []


def test_nothing_goes_before_its_day(two: MemoryFederation) -> None:
    fill(two)
    held = take_in(two)
    two.clock.instant = GOES - timedelta(minutes=6)
    two[SUZHOU].desk.send_held()
    assert two[SUZHOU].desk.held_until(held.subject) == GOES


def test_what_is_on_its_way_counts_for_the_sender(two: MemoryFederation) -> None:
    two.cut |= {(SUZHOU, HANGZHOU)}
    first = [take_in(two) for _ in range(LIMIT)]
    assert [answer.held_until for answer in first] == [None, None]
    assert take_in(two).held_until == GOES


def test_who_dispatches_again_what_waits_is_told_that_it_waits(two: MemoryFederation) -> None:
    fill(two)
    held = take_in(two).subject
    again = two[SUZHOU].execute(Dispatch(case=held, actor=OFFICER))
    assert isinstance(again, Refusal)
    assert again.ground == AgreementGround.DAILY_LIMIT_REACHED


def test_other_acts_do_not_wait_behind_what_is_held(two: MemoryFederation) -> None:
    (first, *_) = fill(two)
    take_in(two)
    asked = two[SUZHOU].execute(RequestWithdrawal(case=first, actor=OFFICER))
    assert isinstance(asked, Refusal | Executed)
    assert isinstance(asked, Refusal) or not asked.waiting


def test_what_waits_is_not_lost_with_the_process(two: MemoryFederation) -> None:
    fill(two)
    held = take_in(two).subject
    two.nodes[SUZHOU].stop()
    two.nodes[SUZHOU].start()
    two.settle()
    two.clock.instant = GOES
    two[SUZHOU].desk.send_held()
    two.settle()
    assert holder(two, HANGZHOU, held) == HANGZHOU


def test_the_day_is_asked_on_a_closed_line_when_it_opens(two: MemoryFederation) -> None:
    fill(two)
    two.cut |= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    two.nodes[SUZHOU].stop()
    two.nodes[SUZHOU].start()
    waiting = take_in(two)
    assert (waiting.waiting, waiting.held_until) == (True, None)
    two.cut.clear()
    two.settle()
    assert two[SUZHOU].desk.held_until(waiting.subject) == GOES


def test_a_line_that_is_closed_for_good_gives_back_what_is_held(two: MemoryFederation) -> None:
    fill(two)
    take_in(two)
    assert two[SUZHOU].close_channel(HANGZHOU, actor=OFFICER, ground="gone") == 1
    assert [event.ground for event in home_events(two[SUZHOU], IntentSettled)] == [
        ChannelGround.LINE_CLOSED
    ]


def test_what_is_asked_back_in_time_does_not_count(two: MemoryFederation) -> None:
    two.cut |= {(SUZHOU, HANGZHOU)}
    case = take_in(two).subject
    two[SUZHOU].execute(Recall(case=case, actor=OFFICER))
    two.cut.clear()
    two[SUZHOU].conversation.forget_standing(HANGZHOU)
    two.settle()
    state = two[SUZHOU].case_state(case)
    assert state is not None
    assert state.returned == CaseGround.RECALLED
    assert [state.intakes for state in two[SUZHOU].agreements_with(HANGZHOU)] == [()]


def test_a_clock_ahead_of_the_partners_day_has_it_refused_by_both_alike(
    two: MemoryFederation,
) -> None:
    """Suzhou believes that a new day has begun; at Hangzhou it has not."""
    fill(two)
    case = submit_on_another_day(two)
    two.settle()
    state = two[SUZHOU].case_state(case)
    assert state is not None
    assert state.returned == AgreementGround.DAILY_LIMIT_REACHED
    assert home_events(two[SUZHOU], OutcomeDisputed) == []
    assert tally(two, SUZHOU) == tally(two, HANGZHOU)


def submit_on_another_day(two: MemoryFederation) -> str:
    before = two.clock.instant
    two.clock.instant = before + timedelta(days=1)
    case = take_in(two).subject
    two.clock.instant = before + timedelta(hours=1)
    return case


def test_a_rebuild_counts_the_same(two: MemoryFederation) -> None:
    fill(two)
    take_in(two)
    before = [tally(two, name) for name in two.names]
    for name in two.names:
        rebuild(two[name].kernel)
    assert [tally(two, name) for name in two.names] == before


@pytest.mark.parametrize("loser", [SUZHOU, HANGZHOU])
def test_who_loses_the_disk_counts_the_same_again(two: MemoryFederation, loser: str) -> None:
    fill(two)
    before = tally(two, loser)
    two.nodes[loser].lose_disk()
    two.introduce()
    two.settle()
    assert tally(two, loser) == before
