"""Which acts have a basis, and on which ground the others have none."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core.agreements.authorise import (
    Delegation,
    check_basis,
    choose_basis,
    find_basis,
)
from tongban.core.agreements.document import Agreement, RunOff, document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import PairAgreements, Suspension, pair_agreements
from tongban.core.cases.events import Delivery, Mode
from tongban.core.cases.process import ActKind, Power
from tongban.core.entry import Basis, BasisKind
from tongban.core.refusal import Refusal, Remedy

from .examples import (
    CARD,
    CHINA,
    FOOD,
    FUND,
    MORNING,
    NOTHING,
    PROCESSES,
    agreement_between,
    in_force,
    instrument,
    offered,
    pair_of,
    signed,
)

AGREEMENT = agreement_between("suzhou", "hangzhou")
DIGEST = document_digest(AGREEMENT)
SUZHOU, HANGZHOU = "suzhou.g60.demo", "hangzhou.g60.demo"
CLAUSE = Basis(kind=BasisKind.CLAUSE, document=DIGEST, clause="2.1")
OWN_RIGHT = Basis(kind=BasisKind.OWN_RIGHT)
RECEIVE = Delegation(
    powers=(Power.RECEIVE, Power.CHECK_ORIGINALS),
    item=FUND.code,
    mode=Mode.DELEGATED_INTAKE,
    grantee=SUZHOU,
    granter=HANGZHOU,
    at=MORNING,
)
IN_FORCE = in_force("suzhou", "hangzhou")
DISPATCH = PROCESSES["delegated_intake"].act(ActKind.DISPATCH, Delivery.COUNTER, None, "taken_in")
DELIVER = PROCESSES["delegated_intake"].act(
    ActKind.DELIVER, Delivery.COUNTER, BasisKind.CLAUSE, "decided"
)
RATE = PROCESSES["delegated_intake"].act(ActKind.RATE, Delivery.COUNTER, None, "taken_in")


def suspended(*items: str) -> PairAgreements:
    stop = Suspension(by=HANGZHOU, ground="audit", items=items, at=MORNING, entry="x")
    return pair_of((replace(signed(AGREEMENT), suspensions=(stop,)), AGREEMENT))


def stopping() -> Agreement:
    """The agreement with the other run-off rule."""
    clauses = tuple(
        replace(clause, run_off=RunOff.STOP if clause.run_off else None)
        for clause in AGREEMENT.clauses
    )
    return replace(AGREEMENT, clauses=clauses)


def ground(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.ground


def test_a_clause_in_force_is_a_basis() -> None:
    assert find_basis(IN_FORCE, RECEIVE) == CLAUSE
    assert check_basis(IN_FORCE, CLAUSE, RECEIVE) is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (replace(RECEIVE, powers=(Power.NOTIFY,)), AgreementGround.POWER_NOT_GRANTED),
        (replace(RECEIVE, mode=Mode.ALL_ONLINE), AgreementGround.MODE_NOT_GRANTED),
        (replace(RECEIVE, item=FOOD.code), AgreementGround.ITEM_NOT_GRANTED),
        (replace(RECEIVE, granter=SUZHOU, grantee=HANGZHOU), AgreementGround.NO_AGREEMENT),
        (
            replace(RECEIVE, at=datetime(2024, 12, 31, 23, 59, tzinfo=CHINA)),
            AgreementGround.NOT_YET_IN_FORCE,
        ),
        (
            replace(RECEIVE, at=datetime(2030, 1, 1, tzinfo=CHINA)),
            AgreementGround.EXPIRED,
        ),
    ],
)
def test_what_is_not_granted_says_exactly_what_is_missing(
    wanted: Delegation, expected: AgreementGround
) -> None:
    assert ground(find_basis(IN_FORCE, wanted)) == expected


def test_an_agreement_holds_until_the_last_second_of_its_last_day_in_china() -> None:
    last = datetime(2029, 12, 31, 23, 59, 59, tzinfo=CHINA)
    assert find_basis(IN_FORCE, replace(RECEIVE, at=last)) == CLAUSE


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2031, 1, 1)))  # noqa: DTZ001  # hypothesis draws naive instants
def test_validity_is_a_matter_of_days_in_china(naive: datetime) -> None:
    at = naive.replace(tzinfo=CHINA)
    inside = date(2025, 1, 1) <= at.date() <= date(2029, 12, 31)
    assert isinstance(find_basis(IN_FORCE, replace(RECEIVE, at=at)), Basis) == inside


def test_an_agreement_that_one_party_has_not_signed_is_no_basis() -> None:
    state = signed(AGREEMENT)
    pair = pair_of((replace(state, signatures=state.signatures[:1]), AGREEMENT))
    assert ground(find_basis(pair, RECEIVE)) == AgreementGround.NOT_SIGNED_BY_ALL


def test_a_document_without_a_state_grants_nothing() -> None:
    pair = pair_agreements([], {DIGEST: AGREEMENT})
    assert ground(find_basis(pair, RECEIVE)) == AgreementGround.NO_AGREEMENT
    assert ground(check_basis(pair, CLAUSE, RECEIVE)) == AgreementGround.UNKNOWN_DOCUMENT


def test_a_state_without_its_document_grants_nothing() -> None:
    pair = pair_agreements([signed(AGREEMENT)], {})
    assert ground(find_basis(pair, RECEIVE)) == AgreementGround.NO_AGREEMENT


def test_two_grants_of_one_clause_are_one_basis_and_of_two_clauses_none() -> None:
    (number,) = {clause.number for clause in AGREEMENT.clauses if clause.grants} & {CLAUSE.clause}
    clause = AGREEMENT.clause(number or "")
    assert clause is not None
    both = tuple(
        replace(grant, powers=(power,)) for grant in clause.grants for power in RECEIVE.powers
    )
    halves = [replace(clause, grants=both[:1]), replace(clause, number="9.9", grants=both[1:])]
    bare = tuple(replace(each, grants=()) for each in AGREEMENT.clauses if each != clause)
    for clauses, expected in (
        ((replace(clause, grants=both),), CLAUSE.clause),
        (tuple(halves), AgreementGround.POWER_NOT_GRANTED),
    ):
        text = replace(AGREEMENT, clauses=(*bare, *clauses))
        found = find_basis(pair_of((signed(text), text)), RECEIVE)
        assert (found.clause if isinstance(found, Basis) else found.ground) == expected


def test_what_a_pair_speaks_of_is_by_direction_and_item() -> None:
    assert IN_FORCE.speaks_of((HANGZHOU, SUZHOU, FUND.code))
    assert not IN_FORCE.speaks_of((SUZHOU, HANGZHOU, FUND.code))
    assert not IN_FORCE.speaks_of((HANGZHOU, SUZHOU, "nothing"))


def test_a_suspension_stops_its_items_only() -> None:
    assert ground(find_basis(suspended(), RECEIVE)) == AgreementGround.SUSPENDED
    assert ground(find_basis(suspended(FUND.code), RECEIVE)) == AgreementGround.SUSPENDED
    assert find_basis(suspended(CARD.code), RECEIVE) == CLAUSE


def test_a_case_under_way_is_finished_despite_suspension_and_expiry() -> None:
    late = replace(RECEIVE, at=MORNING + timedelta(days=3650))
    for pair, wanted in ((suspended(), RECEIVE), (IN_FORCE, late)):
        under_way = replace(wanted, under_way=DIGEST)
        assert check_basis(pair, CLAUSE, under_way) is None
        assert find_basis(pair, under_way) == CLAUSE
    assert ground(check_basis(IN_FORCE, CLAUSE, late)) == AgreementGround.EXPIRED


def test_a_case_under_way_stops_where_the_agreement_says_so() -> None:
    agreement = stopping()
    pair = pair_of((signed(agreement), agreement))
    basis = replace(CLAUSE, document=document_digest(agreement))
    late = replace(RECEIVE, at=MORNING + timedelta(days=3650), under_way=document_digest(agreement))
    assert ground(check_basis(pair, basis, late)) == AgreementGround.EXPIRED


def test_a_clause_that_grants_something_else_is_no_basis() -> None:
    other = replace(CLAUSE, clause="2.2")
    expected = AgreementGround.CLAUSE_DOES_NOT_GRANT
    assert ground(check_basis(IN_FORCE, other, RECEIVE)) == expected
    pretended = replace(CLAUSE, kind=BasisKind.INSTRUMENT)
    assert ground(check_basis(IN_FORCE, pretended, RECEIVE)) == expected


@pytest.mark.parametrize(
    "basis",
    [
        Basis(kind=BasisKind.OWN_RIGHT, document=DIGEST),
        Basis(kind=BasisKind.OWN_RIGHT, clause="2.1"),
        Basis(kind=BasisKind.CLAUSE, document=DIGEST),
        Basis(kind=BasisKind.INSTRUMENT, clause="2.1"),
    ],
)
def test_a_basis_is_named_in_full_or_not_at_all(basis: Basis) -> None:
    assert ground(check_basis(IN_FORCE, basis, RECEIVE)) == AgreementGround.BASIS_MALFORMED


def test_a_published_instrument_binds_without_an_agreement() -> None:
    document = instrument()
    pair = pair_of((offered(document, cited=True), document))
    wanted = replace(RECEIVE, item=CARD.code)
    found = find_basis(pair, wanted)
    assert isinstance(found, Basis)
    assert (found.kind, found.clause) == (BasisKind.INSTRUMENT, "annex-2")
    assert check_basis(pair, found, replace(wanted, under_way=found.document)) is None
    early = replace(wanted, at=datetime(2020, 9, 23, tzinfo=CHINA))
    assert ground(find_basis(pair, early)) == AgreementGround.NOT_YET_IN_FORCE


def test_an_item_with_a_code_of_its_own_is_listed_as_its_authority_told_of_it() -> None:
    document = instrument()
    pair = pair_of((offered(document, cited=True), document))
    wanted = replace(RECEIVE, item="HZ-CARD-7")
    assert ground(find_basis(pair, wanted)) == AgreementGround.NO_AGREEMENT
    found = find_basis(pair, replace(wanted, listed_as=CARD.code[19:]))
    assert isinstance(found, Basis)
    assert found.clause == "annex-2"
    assert check_basis(pair, found, replace(wanted, listed_as=CARD.code[19:])) is None
    assert ground(check_basis(pair, found, wanted)) == AgreementGround.CLAUSE_DOES_NOT_GRANT
    assert (pair.has_lists, IN_FORCE.has_lists) == (True, False)


def test_a_clause_comes_before_an_instrument() -> None:
    document = instrument()
    pair = pair_of((offered(document, cited=True), document), (signed(AGREEMENT), AGREEMENT))
    assert find_basis(pair, replace(RECEIVE, item=CARD.code)) == CLAUSE


def test_the_own_right_is_chosen_last_and_only_for_the_applicant() -> None:
    assert DISPATCH is not None
    assert choose_basis(IN_FORCE, DISPATCH, RECEIVE, applicant_acts=True) == CLAUSE
    assert choose_basis(NOTHING, DISPATCH, RECEIVE, applicant_acts=True) == OWN_RIGHT
    refusal = choose_basis(NOTHING, DISPATCH, RECEIVE, applicant_acts=False)
    assert ground(refusal) == AgreementGround.NO_AGREEMENT
    assert isinstance(refusal, Refusal)
    assert Remedy.DIRECT_APPLICATION in refusal.remedies


def test_a_delegated_delivery_never_rests_on_the_own_right() -> None:
    assert DELIVER is not None
    wanted = replace(RECEIVE, powers=(Power.DELIVER,))
    refusal = choose_basis(NOTHING, DELIVER, wanted, applicant_acts=True)
    assert ground(refusal) == AgreementGround.NO_AGREEMENT


def test_an_act_without_a_power_needs_the_applicant() -> None:
    assert RATE is not None
    wanted = replace(RECEIVE, powers=())
    assert choose_basis(IN_FORCE, RATE, wanted, applicant_acts=True) == OWN_RIGHT
    refusal = choose_basis(IN_FORCE, RATE, wanted, applicant_acts=False)
    assert ground(refusal) == AgreementGround.OWN_RIGHT_IS_THE_APPLICANTS


def test_a_basis_that_the_process_does_not_allow_is_not_chosen() -> None:
    assert DISPATCH is not None
    act = replace(DISPATCH, bases=(BasisKind.INSTRUMENT,))
    refusal = choose_basis(IN_FORCE, act, RECEIVE, applicant_acts=True)
    assert ground(refusal) == AgreementGround.BASIS_KIND_NOT_ALLOWED


def test_the_authority_needs_no_basis_for_its_own_power() -> None:
    assert DISPATCH is not None
    act = replace(DISPATCH, bases=(), power=None)
    assert choose_basis(NOTHING, act, RECEIVE, applicant_acts=False) is None
