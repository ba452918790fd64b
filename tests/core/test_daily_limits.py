"""At most so many intakes a day under a clause; what lands, and what is on its way."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from tongban.core.agreements.authorise import (
    Delegation,
    choose_basis,
    find_basis,
    limit_refusal,
)
from tongban.core.agreements.document import Agreement, Instrument, document_digest
from tongban.core.agreements.evolve import count_intake, settle_intake
from tongban.core.agreements.intakes import (
    DAYS_KEPT,
    DayCount,
    Flow,
    Tally,
    daily_limit,
    flow_of,
    land,
    limited_document,
    tally_of,
)
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import AgreementState, PairAgreements
from tongban.core.cases.process import ActKind, Power
from tongban.core.china_time import china_day, next_midnight
from tongban.core.entry import Basis, BasisKind, Entry, Subject, SubjectKind
from tongban.core.faults import BrokenInvariant
from tongban.core.refusal import Refusal

from .examples import (
    CLERK,
    FUND,
    MORNING,
    agreement_between,
    counter,
    dispatch,
    instrument,
    offered,
    pair_of,
    signed,
    take_in,
)
from .line import Line

LIMIT = 2
TODAY = china_day(MORNING)


def limited(number: int = LIMIT) -> Agreement:
    agreement = agreement_between("suzhou", "hangzhou")
    clauses = tuple(
        replace(clause, grants=tuple(replace(grant, daily_limit=number) for grant in clause.grants))
        for clause in agreement.clauses
    )
    return replace(agreement, clauses=clauses)


AGREEMENT = limited()
DIGEST = document_digest(AGREEMENT)
CLAUSE = next(clause for clause in AGREEMENT.clauses if clause.grants).number
FLOW = Flow(clause=CLAUSE, granter="hangzhou.g60.demo", grantee="suzhou.g60.demo")
BASIS = Basis(kind=BasisKind.CLAUSE, document=DIGEST, clause=CLAUSE)


def tallied(*days: DayCount, sent: tuple[str, ...] = ()) -> AgreementState:
    return replace(signed(AGREEMENT), intakes=(Tally(flow=FLOW, days=days, sent=sent),))


def pair(*days: DayCount, sent: tuple[str, ...] = ()) -> PairAgreements:
    return pair_of((tallied(*days, sent=sent), AGREEMENT))


#: What a counter's dispatch rests on.
WANTED = Delegation(
    powers=(Power.RECEIVE, Power.CHECK_ORIGINALS),
    item=FUND.code,
    mode=FUND.modes[0].mode,
    grantee=FLOW.grantee,
    granter=FLOW.granter,
    at=MORNING,
    intake=True,
)


def full() -> PairAgreements:
    return pair(DayCount(day=TODAY, landed=LIMIT))


def ground(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.ground


def of(line: Line) -> Entry:
    """The dispatch that a line's counter wrote."""
    (entry,) = (each for each in line.intake.log if isinstance(each, Entry))
    return entry


def dispatched(pair: PairAgreements) -> Line:
    line = counter()
    line.pair = pair
    line.ask(line.intake, take_in(FUND))
    line.ask(line.intake, dispatch(CLERK))
    return line


def test_the_limit_is_asked_of_an_intake_and_of_nothing_else() -> None:
    assert ground(find_basis(full(), WANTED)) == AgreementGround.DAILY_LIMIT_REACHED
    assert find_basis(full(), replace(WANTED, intake=False)) == BASIS


@pytest.mark.parametrize(
    ("landed", "sent", "free"),
    [(0, (), True), (1, (), True), (1, ("x",), False), (0, ("x",), True)],
)
def test_what_landed_today_and_what_is_on_its_way_count_together(
    landed: int, sent: tuple[str, ...], *, free: bool
) -> None:
    found = find_basis(pair(DayCount(day=TODAY, landed=landed), sent=sent), WANTED)
    assert isinstance(found, Basis) == free


def test_another_day_counts_for_itself() -> None:
    yesterday = DayCount(day=TODAY - timedelta(days=1), landed=LIMIT)
    assert find_basis(pair(yesterday), WANTED) == BASIS


def test_the_day_is_that_of_china() -> None:
    late = MORNING.replace(hour=23, minute=59)
    assert isinstance(find_basis(full(), replace(WANTED, at=late)), Refusal)
    assert find_basis(full(), replace(WANTED, at=late + timedelta(minutes=1))) == BASIS


def test_a_full_clause_is_nearer_than_one_that_is_over() -> None:
    over = replace(AGREEMENT, number="older", valid_until=date(2025, 6, 1))
    both = pair_of((signed(over), over), (tallied(DayCount(day=TODAY, landed=LIMIT)), AGREEMENT))
    assert ground(find_basis(both, WANTED)) == AgreementGround.DAILY_LIMIT_REACHED


def test_another_clause_that_has_room_carries_what_the_first_cannot() -> None:
    other = replace(AGREEMENT, number="second")
    both = pair_of((tallied(DayCount(day=TODAY, landed=LIMIT)), AGREEMENT), (signed(other), other))
    assert find_basis(both, WANTED) == replace(BASIS, document=document_digest(other))


def test_a_full_clause_never_stops_the_applicants_own_right() -> None:
    line = counter()
    act = next(act for act in line.process.acts if act.act is ActKind.DISPATCH)
    own = replace(act, bases=(BasisKind.CLAUSE, BasisKind.OWN_RIGHT))
    found = choose_basis(full(), own, WANTED, applicant_acts=True)
    assert found == Basis(kind=BasisKind.OWN_RIGHT)


def test_the_basis_that_an_entry_names_is_asked_whether_it_has_room() -> None:
    assert ground(limit_refusal(full(), BASIS, WANTED) or ()) == (
        AgreementGround.DAILY_LIMIT_REACHED
    )
    assert limit_refusal(pair(), BASIS, WANTED) is None
    assert limit_refusal(pair(), Basis(kind=BasisKind.OWN_RIGHT), WANTED) is None


def test_no_limit_is_no_limit() -> None:
    unlimited = limited(0)
    state = replace(signed(unlimited), intakes=full().states[DIGEST].intakes)
    assert isinstance(find_basis(pair_of((state, unlimited)), WANTED), Basis)


def test_only_clauses_limit() -> None:
    published = instrument()
    assert isinstance(published, Instrument)
    assert daily_limit(published, FLOW) == 0
    assert daily_limit(AGREEMENT, replace(FLOW, clause="9.9")) == 0
    assert daily_limit(AGREEMENT, replace(FLOW, granter="wuhu.g60.demo")) == 0
    assert daily_limit(AGREEMENT, FLOW) == LIMIT


def test_the_sender_asks_the_limit_last_and_is_refused() -> None:
    line = dispatched(full())
    assert line.intake.log == []
    answer = line.ask(line.intake, dispatch(CLERK))
    assert ground(answer) == AgreementGround.DAILY_LIMIT_REACHED


def test_the_receiver_refuses_what_was_sent_beyond_the_limit() -> None:
    line = dispatched(pair())
    line.pair = full()
    outcome = line.push(line.intake)
    assert outcome is not None
    assert list(outcome.refused.values()) == [AgreementGround.DAILY_LIMIT_REACHED]


def test_a_dispatch_counts_on_its_way_and_then_on_the_day_of_its_receipt() -> None:
    entry = of(dispatched(pair()))
    away = count_intake(signed(AGREEMENT), entry, None)
    assert tally_of(away.intakes, FLOW).sent == (entry.id,)
    there = settle_intake(away, entry, MORNING, refused=False)
    assert there == count_intake(signed(AGREEMENT), entry, MORNING)
    assert tally_of(there.intakes, FLOW) == Tally(flow=FLOW, days=(DayCount(day=TODAY, landed=1),))


def test_what_was_refused_does_not_count() -> None:
    entry = of(dispatched(pair()))
    away = count_intake(signed(AGREEMENT), entry, None)
    back = settle_intake(away, entry, MORNING, refused=True)
    assert back == signed(AGREEMENT)


def test_only_a_dispatch_under_a_limited_clause_is_counted() -> None:
    entry = of(dispatched(pair()))
    assert flow_of(entry) == FLOW
    assert limited_document(entry, {DIGEST: AGREEMENT}) == DIGEST
    assert limited_document(entry, {}) is None
    assert limited_document(replace(entry, basis=None), {DIGEST: AGREEMENT}) is None
    own = replace(entry, basis=Basis(kind=BasisKind.OWN_RIGHT))
    assert limited_document(own, {DIGEST: AGREEMENT}) is None
    assert limited_document(entry, {DIGEST: limited(0)}) is None


def test_what_is_no_intake_cannot_be_counted() -> None:
    entry = of(dispatched(pair()))
    own = replace(entry, basis=None, subject=Subject(kind=SubjectKind.CASE, id="x"))
    with pytest.raises(BrokenInvariant):
        count_intake(offered(AGREEMENT), own, None)
    with pytest.raises(BrokenInvariant):
        settle_intake(offered(AGREEMENT), own, MORNING, refused=True)


def test_counts_of_the_days_on_which_something_landed_last_are_kept() -> None:
    tallies: tuple[Tally, ...] = ()
    for number in range(DAYS_KEPT + 3):
        tallies = land(tallies, FLOW, TODAY + timedelta(days=number))
    kept = tally_of(tallies, FLOW)
    assert len(kept.days) == DAYS_KEPT
    assert (kept.landed(TODAY), kept.landed(TODAY + timedelta(days=3))) == (0, 1)


def test_flows_are_counted_apart() -> None:
    back = Flow(clause=CLAUSE, granter=FLOW.grantee, grantee=FLOW.granter)
    tallies = land(land(land((), FLOW, TODAY), back, TODAY), FLOW, TODAY)
    assert [tally.landed(TODAY) for tally in tallies] == [2, 1]


def test_other_counts_of_a_document_leave_the_index_as_it_is() -> None:
    before = pair()
    index = before.grants
    after = before.with_intakes(tallied(DayCount(day=TODAY, landed=LIMIT)))
    assert after.grants is index
    assert ground(find_basis(after, WANTED)) == AgreementGround.DAILY_LIMIT_REACHED
    assert find_basis(before, WANTED) == BASIS


def test_the_next_day_begins_at_midnight_in_china() -> None:
    midnight = next_midnight(MORNING.astimezone(UTC))
    assert (midnight - MORNING, midnight.hour, china_day(midnight)) == (
        timedelta(hours=15),
        0,
        TODAY + timedelta(days=1),
    )
