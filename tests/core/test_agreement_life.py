"""What becomes of an agreement after the signatures: resumed, ended, replaced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.core.agreements.authorise import Delegation, find_basis
from tongban.core.agreements.document import Agreement, RunOff, document_digest
from tongban.core.agreements.events import AgreementTerminated
from tongban.core.agreements.evolve import settle
from tongban.core.agreements.permit import Table, permit
from tongban.core.agreements.provisions import Notice, NoticeMatter
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import AgreementState, Termination
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power
from tongban.core.china_time import china_day
from tongban.core.entry import Basis
from tongban.core.refusal import Refusal

from .examples import FOOD, FUND, MORNING, pair_of, signed
from .talks import (
    AGREEMENT,
    DIGEST,
    DOCUMENTS,
    HANGZHOU,
    LIST_DIGEST,
    SUZHOU,
    asked,
    offer,
    refused,
    resume,
    sign,
    suspend,
    terminate,
    verify,
)

TODAY = china_day(MORNING)
RECEIVE = Delegation(
    powers=(Power.RECEIVE,),
    item=FUND.code,
    mode=Mode.DELEGATED_INTAKE,
    grantee=SUZHOU,
    granter=HANGZHOU,
    at=MORNING,
)


def concluded() -> AgreementState:
    state = asked(asked(None, offer()), sign(SUZHOU))
    return asked(state, sign(HANGZHOU), HANGZHOU)


def found(
    *lines: tuple[AgreementState, Agreement], days: int = 0, under_way: str | None = None
) -> str:
    """The document of the basis, or on which ground there is none."""
    wanted = replace(RECEIVE, at=MORNING + timedelta(days=days), under_way=under_way)
    answer = find_basis(pair_of(*lines), wanted)
    if isinstance(answer, Refusal):
        return answer.ground
    assert isinstance(answer, Basis)
    return answer.document or ""


def test_who_suspended_lifts_it_for_some_items_and_then_for_all() -> None:
    state = asked(concluded(), suspend())
    assert found((state, AGREEMENT)) == AgreementGround.SUSPENDED
    state = asked(state, resume(FUND.code))
    assert found((state, AGREEMENT)) == DIGEST
    assert state.suspended_for("another")
    state = asked(state, resume())
    assert not state.suspended_for("another")
    assert refused(state, resume()) == AgreementGround.NOT_SUSPENDED


def test_what_was_lifted_can_be_suspended_again() -> None:
    state = asked(asked(concluded(), suspend(FUND.code)), resume(FUND.code))
    state = asked(state, suspend(FUND.code))
    assert found((state, AGREEMENT)) == AgreementGround.SUSPENDED
    assert refused(state, suspend(FUND.code)) == AgreementGround.ALREADY_SUSPENDED


def test_all_that_was_lifted_in_part_can_be_suspended_again() -> None:
    state = asked(asked(concluded(), suspend()), resume(FUND.code))
    assert not asked(state, suspend()).suspensions[0].stops(FUND.code)
    assert asked(state, suspend()).suspended_for(FUND.code)


def test_nobody_lifts_what_the_other_suspended() -> None:
    state = asked(concluded(), suspend(FUND.code), HANGZHOU)
    assert refused(state, resume(FUND.code)) == AgreementGround.NOT_SUSPENDED
    assert refused(state, resume()) == AgreementGround.NOT_SUSPENDED
    both = asked(state, suspend(FUND.code))
    assert found((asked(both, resume()), AGREEMENT)) == AgreementGround.SUSPENDED


def test_an_agreement_ends_after_the_earliest_day_that_a_party_gave_it() -> None:
    state = asked(concluded(), terminate(TODAY + timedelta(days=9)))
    state = asked(state, terminate(TODAY + timedelta(days=5)), HANGZHOU)
    assert found((state, AGREEMENT), days=5) == DIGEST
    assert found((state, AGREEMENT), days=6) == AgreementGround.TERMINATED
    later = terminate(TODAY + timedelta(days=5))
    assert refused(state, later) == AgreementGround.ENDS_ANYWAY


@pytest.mark.parametrize(
    ("rule", "ground"), [(RunOff.FINISH, ""), (RunOff.STOP, AgreementGround.TERMINATED)]
)
def test_cases_under_way_go_by_the_run_off_rule_when_it_ends(rule: RunOff, ground: str) -> None:
    clauses = tuple(
        replace(clause, run_off=rule if clause.run_off else None) for clause in AGREEMENT.clauses
    )
    document = replace(AGREEMENT, clauses=clauses)
    digest = document_digest(document)
    state = asked(replace(concluded(), document=DIGEST), terminate(TODAY))
    ended = replace(state, document=digest)
    assert found((ended, document), days=1, under_way=digest) == (ground or digest)


def test_notice_counts_from_the_day_of_receipt() -> None:
    first, *others = AGREEMENT.clauses
    notices = tuple(
        Notice(matter=matter, days=days)
        for matter, days in ((NoticeMatter.EXIT, 30), (NoticeMatter.RENEWAL, 90))
    )
    patient = replace(AGREEMENT, clauses=(replace(first, notices=notices), *others))
    assert patient.clauses[0].enforced
    digest = document_digest(patient)
    state = replace(signed(patient), document=digest)
    DOCUMENTS[digest] = patient
    short = terminate(TODAY + timedelta(days=29), digest)
    assert refused(state, short) == AgreementGround.NOTICE_TOO_SHORT
    state = asked(state, terminate(TODAY + timedelta(days=30), digest))
    assert state.ended_on == TODAY + timedelta(days=30)


def test_what_is_not_concluded_or_no_agreement_is_neither_ended_nor_resumed() -> None:
    assert refused(None, terminate(TODAY)) == AgreementGround.NOT_OFFERED
    assert refused(None, resume()) == AgreementGround.NOT_OFFERED
    assert refused(asked(None, offer()), terminate(TODAY)) == AgreementGround.NOT_CONCLUDED
    for command in (terminate(TODAY, LIST_DIGEST), resume(document=LIST_DIGEST)):
        assert refused(None, command) == AgreementGround.NOT_AN_AGREEMENT
    after = terminate(AGREEMENT.valid_until)
    assert refused(concluded(), after) == AgreementGround.ENDS_ANYWAY


def test_what_the_partner_refused_of_it_is_as_if_never_said() -> None:
    stopped = asked(concluded(), suspend())
    lifted = asked(stopped, resume())
    assert settle(lifted, lifted.suspensions[0].lifts[0].entry, refused="x") == stopped
    ended = asked(stopped, terminate(TODAY))
    assert settle(ended, ended.terminations[0].entry, refused="x") == stopped


def amended(first: date = TODAY) -> tuple[AgreementState, Agreement]:
    """A text that takes the place of the agreement, signed by all."""
    document = replace(
        AGREEMENT, version=2, supersedes=DIGEST, valid_from=first, valid_until=date(2099, 1, 1)
    )
    return signed(document), document


def test_what_is_new_goes_by_the_amended_text_from_its_first_day() -> None:
    later = amended(TODAY + timedelta(days=3))
    lines = (concluded(), AGREEMENT), later
    assert found(*lines, days=2) == DIGEST
    assert found(*lines, days=3) == document_digest(later[1])
    assert found((concluded(), AGREEMENT), later, days=3, under_way=DIGEST) == DIGEST


def test_a_text_that_nobody_signed_takes_no_place() -> None:
    state, document = amended()
    waiting = replace(state, signatures=state.signatures[:1])
    assert found((concluded(), AGREEMENT), (waiting, document)) == DIGEST


def test_the_end_of_the_amended_text_brings_the_first_one_not_back() -> None:
    _, document = amended()
    narrower = replace(document, clauses=document.clauses[:1])
    ended = replace(
        signed(narrower),
        terminations=(
            Termination(by=SUZHOU, ground="changed", last_day=TODAY, at=MORNING, entry="x"),
        ),
    )
    lines = (concluded(), AGREEMENT), (ended, narrower)
    assert found(*lines, days=1) == AgreementGround.SUPERSEDED


@given(
    st.lists(
        st.tuples(
            st.sampled_from([SUZHOU, HANGZHOU]),
            st.sampled_from([suspend, resume]),
            st.sampled_from([(), (FUND.code,), (FOOD.code,)]),
        ),
        max_size=8,
    )
)
def test_an_item_is_suspended_as_long_as_one_party_has_not_lifted_it(
    acts: list[tuple[str, object, tuple[str, ...]]],
) -> None:
    state, stopped = concluded(), {SUZHOU: set[str](), HANGZHOU: set[str]()}
    consented = {item for consent in AGREEMENT.consents for item in consent.items}
    for party, act, items in acts:
        command = suspend(*items) if act is suspend else resume(*items)
        try:
            state = asked(state, command, party)
        except AssertionError:
            continue
        named = set(items) or consented
        stopped[party] = stopped[party] | named if act is suspend else stopped[party] - named
    for item in consented:
        assert state.suspended_for(item) == (item in stopped[SUZHOU] | stopped[HANGZHOU])


@pytest.mark.parametrize("day", ["", "soon", "20270630", "2027-6-30"])
def test_a_last_day_that_is_none_is_refused(day: str) -> None:
    event = AgreementTerminated(document=DIGEST, ground="changed", last_day=day)
    table = Table(writer=SUZHOU, reader=HANGZHOU, document=AGREEMENT, verify=verify, at=MORNING)
    refusal = permit(concluded(), DIGEST, event, table)
    assert refusal is not None
    assert refusal.ground == AgreementGround.NOT_A_DAY


def test_a_notice_beyond_the_calendar_leaves_no_day_to_go() -> None:
    first, *others = AGREEMENT.clauses
    notices = (Notice(matter=NoticeMatter.EXIT, days=3_000_000),)
    endless = replace(AGREEMENT, clauses=(replace(first, notices=notices), *others))
    table = Table(writer=SUZHOU, reader=HANGZHOU, document=endless, verify=verify, at=MORNING)
    digest = document_digest(endless)
    last_day = AGREEMENT.valid_until - timedelta(days=1)
    event = AgreementTerminated(document=digest, ground="changed", last_day=last_day.isoformat())
    refusal = permit(signed(endless), digest, event, table)
    assert refusal is not None
    assert refusal.ground == AgreementGround.NOTICE_TOO_SHORT
