"""Working days and the limits that count them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.catalogue.calendar import load_calendar
from tongban.core.agreements.clauses import LegLimit
from tongban.core.agreements.document import Agreement
from tongban.core.cases.events import Verdict
from tongban.core.cases.process import LegKind
from tongban.core.china_time import china_day
from tongban.core.deadlines.calendar import (
    TableCalendar,
    add_working_days,
    working_days_between,
)
from tongban.core.deadlines.deadline import Deadline, Effect, Light, light, remaining_days
from tongban.core.deadlines.rules import RULES
from tongban.core.deadlines.running import deadlines_of
from tongban.core.items.item import Item

from .examples import (
    CALENDAR,
    CLERK,
    FOOD,
    FUND,
    MORNING,
    SHIP,
    accept,
    agreement_between,
    complete,
    counter,
    dispatch,
    hand_out,
    instrument,
    licence_counter,
    notify,
    online,
    refuse_acceptance,
    reported,
    settle_it,
    take_in,
)
from .line import Line, Node

REAL = load_calendar()
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 6, 30))
COUNTS = st.integers(min_value=0, max_value=40)


def dues(line: Line, node: Node | None = None) -> dict[str, str]:
    """The limits that run at a node, by rule: last day."""
    state = (node or line.intake).state
    assert state is not None
    running = deadlines_of(state, line.item, CALENDAR)
    return {deadline.rule: deadline.due_on.isoformat() for deadline in running}


def begun(make: Callable[[], Line], item: Item) -> Line:
    line = make()
    line.do(line.intake, take_in(item))
    return line


def sent(make: Callable[[], Line], item: Item) -> Line:
    line = begun(make, item)
    line.do(line.intake, dispatch(take_in(item).actor))
    return line


@given(DAYS, COUNTS, COUNTS)
def test_limits_add_up(day: date, first: int, second: int) -> None:
    there = add_working_days(REAL, add_working_days(REAL, day, first), second)
    assert there == add_working_days(REAL, day, first + second)


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_a_limit_ends_on_a_working_day_that_counts_back(day: date, count: int) -> None:
    due = add_working_days(REAL, day, count)
    assert REAL.is_working(due)
    assert working_days_between(REAL, day, due) == count


@given(DAYS, DAYS)
def test_counting_backwards_is_the_negative_of_counting_forwards(one: date, two: date) -> None:
    assert working_days_between(REAL, one, two) == -working_days_between(REAL, two, one)


def test_no_days_end_at_once_and_limits_never_run_backwards() -> None:
    assert add_working_days(REAL, date(2026, 10, 3), 0) == date(2026, 10, 3)
    with pytest.raises(ValueError, match="forward"):
        add_working_days(REAL, date(2026, 10, 3), -1)


def test_holidays_and_make_up_days_count_as_the_notice_says() -> None:
    assert not REAL.is_working(date(2026, 10, 1))
    assert REAL.is_working(date(2026, 10, 10))
    assert not REAL.is_working(date(2026, 11, 1))
    assert add_working_days(REAL, date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_years_without_a_notice_are_provisional() -> None:
    assert not REAL.provisional(2026)
    assert REAL.provisional(2031)
    empty = TableCalendar(holidays=frozenset(), workdays=frozenset(), years=frozenset())
    assert empty.is_working(date(2031, 1, 1))
    assert not empty.is_working(date(2031, 1, 4))


def test_a_limit_that_reaches_into_an_unknown_year_is_provisional() -> None:
    line = sent(online, FOOD)
    line.wait(days=55)
    line.do(line.competent, accept())
    state = line.competent.state
    assert state is not None
    running = deadlines_of(state, FOOD, CALENDAR)
    assert [deadline.provisional for deadline in running] == [True, True]
    assert china_day(line.now) == date(2026, 12, 27)


def test_the_counter_passes_on_by_the_next_working_day() -> None:
    assert dues(begun(counter, FUND)) == {"dispatch": "2026-11-03"}


def test_a_handover_on_its_way_runs_against_its_sender() -> None:
    line = begun(online, FOOD)
    line.ask(line.intake, dispatch())
    state = line.intake.state
    assert state is not None
    (deadline,) = deadlines_of(state, FOOD, CALENDAR)
    assert (deadline.rule, deadline.party) == ("transit", line.intake.name)


def test_a_licence_is_accepted_after_five_working_days_of_silence() -> None:
    line = sent(licence_counter, SHIP)
    state = line.competent.state
    assert state is not None
    (deadline,) = deadlines_of(state, SHIP, CALENDAR)
    assert deadline.due_on == date(2026, 11, 9)
    assert deadline.effect is Effect.DEEMED_ACCEPTANCE
    assert (deadline.leg, deadline.party) == (LegKind.ACCEPTANCE, SHIP.competent)


def test_the_law_on_licences_sets_no_limit_for_a_public_service() -> None:
    line = sent(counter, FUND)
    assert dues(line) == {}
    line.do(line.competent, accept())
    assert dues(line) == {"promised_decision": "2026-11-06"}
    line.do(line.competent, settle_it())
    assert dues(line) == {}


def test_the_decision_has_a_promised_and_a_legal_day() -> None:
    line = sent(online, FOOD)
    line.do(line.competent, accept())
    assert dues(line) == {"promised_decision": "2026-11-12", "decision": "2026-11-30"}


def test_a_reported_acceptance_starts_the_clock_when_it_happened() -> None:
    line = sent(online, FOOD)
    line.wait(days=3)
    line.do(line.competent, accept(reported(MORNING)))
    assert dues(line)["promised_decision"] == "2026-11-12"


def test_a_correction_stops_the_first_clock_and_a_completion_starts_the_next() -> None:
    line = sent(online, FOOD)
    line.do(line.competent, notify("floor_plan"))
    assert dues(line) == {}
    line.wait(days=1)
    line.do(line.intake, complete("floor_plan"))
    assert dues(line) == {"acceptance_after_correction": "2026-11-10"}
    line.do(line.competent, accept())
    assert "acceptance_after_correction" not in dues(line)


def test_a_refused_acceptance_stops_every_clock() -> None:
    line = sent(online, FOOD)
    line.do(line.competent, refuse_acceptance())
    assert dues(line) == {}


def test_a_granted_licence_is_delivered_within_ten_days() -> None:
    line = sent(licence_counter, SHIP)
    line.do(line.competent, accept())
    line.do(line.competent, settle_it())
    state = line.intake.state
    assert state is not None
    (deadline,) = deadlines_of(state, SHIP, CALENDAR)
    assert (deadline.rule, deadline.due_on) == ("delivery", date(2026, 11, 16))
    assert deadline.party == line.intake.name
    line.do(line.intake, hand_out())
    assert dues(line) == {}


def test_a_refused_licence_has_no_licence_to_deliver() -> None:
    line = sent(licence_counter, SHIP)
    line.do(line.competent, accept())
    line.do(line.competent, settle_it(Verdict.REFUSED))
    assert dues(line) == {}


AGREED = agreement_between("jiaxing", "wuhu")


def agreed(line: Line, agreement: Agreement = AGREED) -> list[Deadline]:
    state = line.intake.state
    assert state is not None
    running = deadlines_of(state, line.item, CALENDAR, agreement)
    return [deadline for deadline in running if deadline.rule == "agreed"]


def with_limits(*limits: tuple[str, LegKind, int]) -> Agreement:
    """The agreement with these limits alone: number of the clause, leg, working days."""
    clauses = tuple(
        replace(
            clause,
            limits=tuple(
                LegLimit(leg=leg, working_days=days)
                for number, leg, days in limits
                if number == clause.number
            ),
        )
        for clause in AGREED.clauses
    )
    return replace(AGREED, clauses=clauses)


def test_agreed_limits_run_on_each_leg_against_whom_it_runs() -> None:
    line = begun(licence_counter, SHIP)
    assert agreed(line) == []
    line.do(line.intake, dispatch(CLERK))
    (accepting,) = agreed(line)
    assert (accepting.leg, accepting.party) == (LegKind.ACCEPTANCE, line.competent.name)
    assert (accepting.days, accepting.legal, accepting.effect) == (3, False, None)
    assert accepting.basis.zh == f"《{AGREED.title.zh}》约定的受理时限"
    line.do(line.competent, accept())
    assert agreed(line) == []
    line.do(line.competent, settle_it())
    (delivering,) = agreed(line)
    assert (delivering.leg, delivering.party) == (LegKind.DELIVERY, line.intake.name)


def test_nothing_is_agreed_where_the_applicant_goes_by_the_own_right() -> None:
    assert agreed(sent(online, FOOD)) == []
    state = sent(online, FOOD).intake.state
    assert state is not None
    assert deadlines_of(state, FOOD, CALENDAR, instrument())[0].rule == "correction_notice"


def test_the_clause_that_a_case_rests_on_and_clauses_that_grant_nothing_set_limits() -> None:
    line = sent(licence_counter, SHIP)
    state = line.intake.state
    assert state is not None
    assert state.pinned_basis is not None
    pinned = state.pinned_basis.clause or ""
    another = next(each.number for each in AGREED.clauses if each.grants and each.number != pinned)
    leg = LegKind.ACCEPTANCE
    assert [each.days for each in agreed(line, with_limits((pinned, leg, 4)))] == [4]
    assert agreed(line, with_limits((another, leg, 2))) == []
    assert [each.days for each in agreed(line, with_limits((pinned, leg, 4), ("3.1", leg, 3)))] == [
        3
    ]


@pytest.mark.parametrize("days", [-1, 1_001])
def test_what_is_no_limit_runs_on_no_case(days: int) -> None:
    line = sent(licence_counter, SHIP)
    text = with_limits(("3.1", LegKind.ACCEPTANCE, days))
    assert agreed(line, text) == []
    assert not next(clause for clause in text.clauses if clause.number == "3.1").enforced


def test_every_rule_says_its_own_name() -> None:
    line = begun(licence_counter, SHIP)
    found = set(dues(line))
    line.ask(line.intake, dispatch(CLERK))
    found |= set(dues(line))
    line.push(line.intake)
    line.push(line.competent)
    for node, command in (
        (line.competent, notify("inspection_certificate")),
        (line.intake, complete("inspection_certificate", actor=CLERK)),
        (line.competent, accept()),
        (line.competent, settle_it()),
    ):
        found |= set(dues(line))
        line.do(node, command)
    assert found | set(dues(line)) | {"agreed"} == set(RULES)


@pytest.mark.parametrize(
    ("today", "left", "colour"),
    [
        (date(2026, 11, 2), 8, Light.GREEN),
        (date(2026, 11, 10), 2, Light.GREEN),
        (date(2026, 11, 11), 1, Light.AMBER),
        (date(2026, 11, 12), 0, Light.AMBER),
        (date(2026, 11, 13), -1, Light.RED),
        (date(2026, 11, 14), -1, Light.RED),
        (date(2026, 11, 16), -2, Light.RED),
    ],
)
def test_the_light_follows_the_working_days_left(today: date, left: int, colour: Light) -> None:
    line = sent(online, FOOD)
    line.do(line.competent, accept())
    state = line.intake.state
    assert state is not None
    promised = deadlines_of(state, FOOD, CALENDAR)[0]
    assert remaining_days(promised, today, CALENDAR) == left
    assert light(promised, today, CALENDAR) is colour


def test_a_long_limit_turns_amber_in_its_last_fifth() -> None:
    line = sent(online, FOOD)
    line.do(line.competent, accept())
    state = line.intake.state
    assert state is not None
    legal = deadlines_of(state, FOOD, CALENDAR)[1]
    four_left = date(2026, 11, 24)
    assert light(legal, four_left, CALENDAR) is Light.AMBER
    assert light(legal, four_left - timedelta(days=1), CALENDAR) is Light.GREEN


def test_a_saturday_after_the_last_day_is_overdue() -> None:
    line = sent(counter, FUND)
    line.do(line.competent, accept())
    state = line.intake.state
    assert state is not None
    (promised,) = deadlines_of(state, FUND, CALENDAR)
    assert promised.due_on == date(2026, 11, 6)
    assert light(promised, date(2026, 11, 8), CALENDAR) is Light.RED
