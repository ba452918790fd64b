"""Whatever happens to agreements between two nodes, both decide alike about every act."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tongban.core.agreements.authorise import why_stopped
from tongban.core.agreements.clauses import RunOff
from tongban.core.cases.events import CaseDispatched, CorrectionCompleted, ResultDelivered
from tongban.core.cases.state import CaseState

from .enforcement import Side
from .histories import ITEMS, History, Move
from .test_daily_limits import FLOW, LIMIT

MOVES: st.SearchStrategy[list[Move]] = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(
            [
                *["offer", "sign", "sign", "publish", "suspend", "resume", "terminate"],
                *["apply", "apply", "apply", "dispatch", "dispatch!", "notify"],
                *["complete", "complete!", "accept", "accept", "grant", "grant"],
                *["deliver", "deliver", "deliver!", "deliver!"],
                *["push", "push", "push", "push", "wait", "skew"],
            ]
        ),
        st.sampled_from([0, 0, 0, 0, 1, 1, 2, 3]),
        st.integers(min_value=0, max_value=5),
    ),
    min_size=20,
    max_size=60,
)
RULES = st.sampled_from(list(RunOff))


def check(moves: Sequence[Move], rule: RunOff) -> History:
    """Both came to the same about each act, hold the same, and nothing is stuck."""
    history = History(rule)
    history.play(moves)
    assert history.duel.differences == []
    one, other = history.duel.sides
    assert one.own.agreements.keys() == other.own.agreements.keys()
    assert standing(one, history.clocks[0]) == standing(other, history.clocks[0])
    for case in one.own.cases.keys() & other.own.cases.keys():
        assert course(one.own.cases[case]) == course(other.own.cases[case])
    for state in one.own.agreements.values():
        for tally in state.intakes:
            assert tally.sent == ()
            assert all(line.landed <= limit(history, state.document) for line in tally.days)
    assert [matter.case for matter in history.matters if not history.can_move(matter)] == []
    return history


def tell(history: History) -> None:
    """What it was about, for whoever asks how varied the histories are."""
    for words in (*history.duel.rulings, *(type(said).__name__ for said in history.written)):
        event(words)


def course(state: CaseState) -> tuple[object, ...]:
    """What both sides hold of a case; each keeps for itself what of its own was refused."""
    return (state.stage, state.holder, state.transit, state.counts, state.decided, state.delivered)


def standing(side: Side, at: datetime) -> dict[tuple[str, str], object]:
    """Why each text carries nothing new for each item, and what was counted under it."""
    pair = side.own.pair()
    return {
        (digest, item.code): (why_stopped(pair, state, item.code, at), state.intakes)
        for digest, state in side.own.agreements.items()
        for item in ITEMS
    }


def limit(history: History, document: str) -> int:
    clause = history.texts[document].clause(FLOW.clause)
    assert clause is not None
    return clause.grants[0].daily_limit


def test_a_case_that_was_refused_and_sent_again_meanwhile_is_held_alike() -> None:
    apart: list[Move] = [(0, "apply", 0, 0), (1, "suspend", 0, 0), (1, "push", 0, 0)]
    refused: list[Move] = [(0, "push", 0, 0), (1, "push", 0, 0), (0, "dispatch!", 0, 0)]
    again: list[Move] = [(1, "resume", 0, 0), (0, "push", 0, 0), (1, "accept", 0, 0)]
    check([*apart, *refused, *again], RunOff.FINISH)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MOVES, RULES)
def test_both_sides_decide_alike_whatever_happened_to_their_agreements(
    moves: list[Move], rule: RunOff
) -> None:
    tell(check(moves, rule))


@pytest.mark.drill
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MOVES, RULES)
def test_both_sides_decide_alike_in_ten_thousand_histories(moves: list[Move], rule: RunOff) -> None:
    tell(check(moves, rule))


#: Who does what, and a detail where that matters.
Told = tuple[int, str] | tuple[int, str, int]


def told(rule: RunOff, *moves: Told) -> History:
    """A history of moves on the first text, each with a detail where that matters."""
    history = History(rule)
    history.play([(who, what, 0, detail[0] if detail else 0) for who, what, *detail in moves])
    assert history.duel.differences == []
    return history


def test_the_sender_alone_keeps_to_the_limit_where_clocks_agree() -> None:
    history = told(RunOff.FINISH, *[(0, "apply")] * (LIMIT + 3), (0, "push"))
    sent = [said for said in history.written if isinstance(said, CaseDispatched)]
    assert (len(sent), history.duel.rulings) == (LIMIT, [])


def test_the_receiver_keeps_to_it_where_the_sender_does_not() -> None:
    excess = [(0, "dispatch!", back) for back in (0, 1, 2)]
    history = told(RunOff.FINISH, *[(0, "apply")] * (LIMIT + 3), *excess, (0, "push"))
    assert history.duel.rulings == ["daily_limit_reached"] * 3


_DONE = (0, "push"), (1, "accept"), (1, "grant"), (1, "push"), (0, "push")
#: A licence that its applicant wants at the counter is granted; then the text ends.
COURSE: list[Told] = [(0, "apply", 3), *_DONE]
GRANTED: list[Told] = [*COURSE, (1, "terminate"), (1, "push"), (0, "push"), (1, "wait", 4)]


def test_what_was_under_way_finishes_where_the_text_says_so() -> None:
    history = told(RunOff.FINISH, *GRANTED, (1, "deliver"), (1, "push"), (0, "deliver"))
    (delivered,) = [said for said in history.written if isinstance(said, ResultDelivered)]
    assert history.duel.rulings == []
    assert history.duel.sides[1].own.cases["case-0"].delivered is not None, delivered


def test_what_was_under_way_stops_where_the_text_says_so_and_comes_back() -> None:
    history = told(RunOff.STOP, *GRANTED, (0, "deliver!"), (0, "push"), (1, "deliver"))
    assert history.duel.rulings == ["terminated"]
    assert history.duel.sides[0].own.cases["case-0"].stage == "delivered"


def test_an_end_that_the_counter_has_not_heard_of_stops_it_all_the_same() -> None:
    cross: list[Told] = [(1, "suspend"), (0, "deliver"), (0, "push"), (1, "push")]
    history = told(RunOff.STOP, *COURSE, *cross)
    assert history.duel.rulings == ["suspended"]


def test_what_was_stopped_in_one_direction_goes_on_in_the_other() -> None:
    stopped: list[Told] = [(1, "suspend", 1), (1, "push")]
    history = told(RunOff.STOP, *stopped, (0, "apply"), (0, "apply", 2))
    (sent,) = [said for said in history.written if isinstance(said, CaseDispatched)]
    assert sent.item == ITEMS[2].code


def test_a_correction_comes_in_the_applicants_own_right_when_no_clause_carries_it() -> None:
    course: list[Told] = [
        (0, "apply", 3),
        (0, "push"),
        (1, "notify"),
        (1, "suspend"),
        (1, "push"),
        (0, "push"),
    ]
    history = told(RunOff.STOP, *course, (0, "complete", 2), (0, "complete", 5))
    (done,) = [said for said in history.written if isinstance(said, CorrectionCompleted)]
    assert history.duel.sides[1].own.cases["case-0"].stage == "corrected", done


def test_a_delivery_that_the_other_refuses_by_its_clock_is_as_if_never_made() -> None:
    ended: list[Told] = [(1, "terminate"), (1, "push"), (0, "push"), (1, "skew", 5)]
    history = told(RunOff.STOP, *COURSE, *ended, (1, "deliver"), (1, "push"))
    assert history.duel.rulings == ["wrong_party"]
    cases = [side.own.cases["case-0"] for side in history.duel.sides]
    assert [(case.stage, case.delivered) for case in cases] == [("decided", None)] * 2
    assert history.can_move(history.matters[0])
