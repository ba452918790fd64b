"""Agreements of three and more parties come to the same between all of their pairs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.core.agreements.authorise import why_stopped
from tongban.core.agreements.commands import Deposit, Offer, Sign, Suspend, Terminate, Withdraw
from tongban.core.agreements.deposits import deposit_text, speaks_for_others
from tongban.core.agreements.document import Document
from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementSigned,
    DepositStep,
    PartyNote,
)
from tongban.core.agreements.evolve import settle
from tongban.core.agreements.forwarding import due, owed
from tongban.core.agreements.permit import Table, permit
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.state import pair_agreements
from tongban.core.china_time import china_day
from tongban.core.entry import Event

from .examples import FUND, MORNING, OFFICER
from .parties import SYSTEM, THREE, Parties, by, leave, signature, with_fourth
from .talks import LEGAL_REPRESENTATIVE, LIST, verify

SUZHOU, HANGZHOU, WUHU = (party.node for party in THREE.parties)
TODAY = china_day(MORNING)
IN_TIME = TODAY + timedelta(days=THREE.notice_days)


def offered() -> Parties:
    parties = Parties(agreement=THREE)
    parties.offer()
    parties.rest()
    return parties


def concluded() -> Parties:
    parties = offered()
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.rest()
    return parties


def stopped(parties: Parties, one: str, other: str, days: int = 0) -> str:
    """Why the text carries nothing new between two of them, "" where it does."""
    state = parties.states[one, other]
    assert state is not None
    pair = pair_agreements([state], {parties.digest: THREE})
    return why_stopped(pair, state, FUND.code, MORNING + timedelta(days=days)) or ""


def test_what_all_signed_with_the_depositary_is_concluded_between_all_pairs() -> None:
    parties = concluded()
    assert parties.concluded() == set(parties.states)
    assert parties.refused == []
    assert all(state and len(state.signatures) == 3 for state in parties.states.values())


def test_a_text_that_a_party_brings_to_the_depositary_comes_to_all() -> None:
    parties = Parties(agreement=THREE)
    parties.say(HANGZHOU, SUZHOU, Offer(document=parties.digest, actor=OFFICER))
    parties.rest()
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.rest()
    assert parties.concluded() == set(parties.states)


@pytest.mark.parametrize("forgetful", [HANGZHOU, WUHU])
def test_a_pair_that_forgot_the_text_comes_back_to_its_conclusion(forgetful: str) -> None:
    parties = concluded()
    for way in ((SUZHOU, forgetful), (forgetful, SUZHOU)):
        parties.states[way] = None
    parties.rest()
    assert parties.depositary == SUZHOU
    assert parties.concluded() == set(parties.states)
    assert parties.refused == []


def test_who_brings_the_word_of_another_is_told_from_who_brings_his_own() -> None:
    own = AgreementSigned(document="sha256:0", party=WUHU, note="")
    step = AgreementDeposited(document="sha256:0", step=DepositStep.CONCLUDED, note="", enclosed=())
    left = AgreementLeft(document="sha256:0", last_day="", ground="", note="")
    told = [speaks_for_others(event, WUHU) for event in (own, left, step)]
    assert told == [False, False, True]
    assert speaks_for_others(own, SUZHOU)


def test_while_one_signature_is_missing_it_is_in_force_nowhere() -> None:
    parties = offered()
    parties.sign(SUZHOU)
    parties.sign(WUHU)
    parties.rest()
    assert parties.concluded() == set()
    assert parties.states[HANGZHOU, WUHU] is None
    known = parties.states[HANGZHOU, SUZHOU]
    assert known is not None
    assert known.signed_by(WUHU)
    assert stopped(parties, HANGZHOU, SUZHOU) == AgreementGround.NOT_SIGNED_BY_ALL


def test_a_line_that_was_lost_in_the_middle_is_made_up_for() -> None:
    parties = offered()
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.cut = {(HANGZHOU, WUHU), (WUHU, HANGZHOU)}
    parties.rest()
    # What Hangzhou wrote for Wuhu waits; until Wuhu has it, Wuhu acts on nothing there.
    assert parties.states[WUHU, HANGZHOU] is None
    parties.cut = set()
    parties.rest()
    assert parties.concluded() == set(parties.states)


def test_what_is_owed_is_asked_any_number_of_times() -> None:
    parties = concluded()
    written = parties.count
    parties.rest()
    assert parties.count == written


def test_what_is_forwarded_twice_is_refused_and_changes_nothing() -> None:
    parties = concluded()
    before, known = parties.states[SUZHOU, WUHU], parties.many(SUZHOU)
    again = Deposit(document=parties.digest, actor=SYSTEM, said=known.deposits()[0])
    assert not parties.say(SUZHOU, WUHU, again)
    assert parties.refused == [AgreementGround.ALREADY_DEPOSITED]
    assert parties.states[SUZHOU, WUHU] == before


def test_a_party_that_signed_and_withdraws_before_the_last_signature_voids_the_text() -> None:
    parties = offered()
    parties.sign(WUHU)
    parties.leave(WUHU, TODAY)
    parties.rest()
    parties.sign(HANGZHOU)
    parties.rest()
    assert parties.refused == [AgreementGround.WITHDRAWN]
    assert parties.concluded() == set()
    assert all(parties.knows(node, DepositStep.WITHDRAWN, WUHU) for node in THREE.nodes)
    assert list(due(parties.many(SUZHOU))) == []


def test_a_withdrawal_that_crosses_the_conclusion_comes_too_late() -> None:
    parties = offered()
    for node in sorted(THREE.nodes):
        parties.sign(node)
    while parties.ways[HANGZHOU, SUZHOU] or parties.ways[WUHU, SUZHOU]:
        parties.deliver((HANGZHOU, SUZHOU))
        parties.deliver((WUHU, SUZHOU))
    parties.forward(SUZHOU)
    parties.leave(WUHU, TODAY)
    parties.rest()
    assert parties.refused == [AgreementGround.NOTICE_TOO_SHORT]
    assert parties.concluded() == set(parties.states)
    assert parties.all_agree()


def test_who_leaves_by_notice_leaves_every_pair_on_one_day_and_the_rest_goes_on() -> None:
    parties = concluded()
    parties.leave(WUHU, IN_TIME)
    parties.rest()
    assert parties.all_agree()
    days = THREE.notice_days
    for partner in (SUZHOU, HANGZHOU):
        assert stopped(parties, partner, WUHU, days) == ""
        assert stopped(parties, partner, WUHU, days + 1) == AgreementGround.TERMINATED
    assert stopped(parties, HANGZHOU, SUZHOU, days + 1) == ""


def test_an_exit_reaches_a_pair_whose_line_was_lost_with_the_same_day() -> None:
    parties = concluded()
    parties.leave(WUHU, IN_TIME)
    parties.cut = {(HANGZHOU, WUHU), (WUHU, HANGZHOU)}
    parties.rest()
    parties.now += timedelta(days=THREE.notice_days)
    parties.cut = set()
    parties.rest()
    state = parties.states[WUHU, HANGZHOU]
    assert state is not None
    assert state.ended_on == IN_TIME
    assert parties.all_agree()


@pytest.mark.parametrize(
    ("last_day", "ground"),
    [
        (IN_TIME - timedelta(days=1), AgreementGround.NOTICE_TOO_SHORT),
        (THREE.valid_until, AgreementGround.ENDS_ANYWAY),
    ],
)
def test_leaving_takes_the_notice_that_the_text_asks_for(last_day: date, ground: str) -> None:
    parties = concluded()
    parties.leave(WUHU, last_day)
    assert parties.refused == [ground] * 2


def test_nobody_leaves_twice() -> None:
    parties = concluded()
    parties.leave(WUHU, IN_TIME)
    parties.leave(WUHU, IN_TIME + timedelta(days=1))
    assert parties.refused == [AgreementGround.ALREADY_LEFT] * 2


def test_before_the_conclusion_only_the_depositary_is_told_of_a_withdrawal() -> None:
    known = offered().states[HANGZHOU, SUZHOU]
    word = replace(LEFT, note=leave(THREE, WUHU, IN_TIME).note)
    table = Table(writer=WUHU, reader=HANGZHOU, document=THREE, verify=verify, at=MORNING)
    refusal = permit(known, word.document, word, table)
    assert refusal
    assert refusal.ground == AgreementGround.NOT_THE_DEPOSITARY


def test_who_leaves_is_free_of_each_partner_that_heard_it_whatever_the_depositary_does() -> None:
    parties = concluded()
    parties.cut = {way for way in parties.states if SUZHOU in way}
    parties.leave(WUHU, IN_TIME)
    parties.rest()
    days = THREE.notice_days
    for one, other in ((WUHU, HANGZHOU), (HANGZHOU, WUHU)):
        assert stopped(parties, one, other, days) == ""
        assert stopped(parties, one, other, days + 1) == AgreementGround.TERMINATED
    parties.cut = set()
    parties.now += timedelta(days=2)
    parties.rest()
    # The depositary heard it too late for that day, and says so; the pair that heard it keeps it.
    assert AgreementGround.NOTICE_TOO_SHORT in parties.refused
    assert stopped(parties, SUZHOU, WUHU, days + 1) == ""
    assert stopped(parties, HANGZHOU, WUHU, days + 1) == AgreementGround.TERMINATED
    assert parties.all_agree()


def test_the_depositary_leaves_and_the_next_in_order_keeps_the_text() -> None:
    parties = concluded()
    parties.leave(SUZHOU, IN_TIME)
    parties.rest()
    assert all(parties.knows(node, DepositStep.EXITED, SUZHOU) for node in THREE.nodes)
    parties.leave(WUHU, IN_TIME)
    parties.rest()
    assert parties.refused == []
    assert all(parties.knows(node, DepositStep.EXITED, WUHU) for node in THREE.nodes)
    assert {state.ended_on for state in parties.states.values() if state} == {IN_TIME}
    assert parties.all_agree()


def test_who_keeps_it_and_the_next_deposit_the_exit_of_each_other() -> None:
    parties = concluded()
    for node in (SUZHOU, HANGZHOU, WUHU):
        parties.leave(node, IN_TIME)
    parties.rest()
    for gone in (SUZHOU, HANGZHOU):
        assert all(parties.knows(node, DepositStep.EXITED, gone) for node in THREE.nodes)
    assert {state.ended_on for state in parties.states.values() if state} == {IN_TIME}


def test_the_depositary_withdraws_before_all_have_signed() -> None:
    parties = offered()
    parties.sign(SUZHOU)
    parties.leave(SUZHOU, TODAY)
    parties.rest()
    parties.sign(WUHU)
    assert parties.refused == [AgreementGround.WITHDRAWN]
    assert all(parties.knows(node, DepositStep.WITHDRAWN, SUZHOU) for node in THREE.nodes)


def test_a_word_that_came_before_the_conclusion_counts_from_it_on() -> None:
    parties = offered()
    parties.cut = {(WUHU, SUZHOU)}
    for node in sorted(THREE.nodes):
        parties.sign(node)
    parties.cut = set()
    parties.deliver((WUHU, SUZHOU))
    parties.deliver((HANGZHOU, SUZHOU))
    parties.leave(WUHU, TODAY)
    state = parties.states[WUHU, SUZHOU]
    assert state is not None
    assert state.ends == ()
    assert state.ended_on is None


def test_nobody_says_its_own_exit() -> None:
    parties = concluded()
    own = left(DepositStep.EXITED, party=SUZHOU)
    assert not parties.say(SUZHOU, WUHU, Deposit(document=own.document, actor=SYSTEM, said=own))
    assert parties.refused == [AgreementGround.DEPOSIT_INVALID]


def test_two_of_many_neither_offer_nor_end_it_between_themselves() -> None:
    parties = concluded()
    end = Terminate(
        document=parties.digest, actor=LEGAL_REPRESENTATIVE, ground="x", last_day=IN_TIME
    )
    gone = Withdraw(document=parties.digest, actor=OFFICER, ground="x")
    assert not parties.say(HANGZHOU, WUHU, end)
    assert not parties.say(HANGZHOU, WUHU, gone)
    fresh = Parties(agreement=THREE)
    assert not fresh.say(HANGZHOU, WUHU, Offer(document=fresh.digest, actor=OFFICER))
    assert parties.refused == [AgreementGround.LEAVE_BY_DEPOSITARY] * 2
    assert fresh.refused == [AgreementGround.NOT_THE_DEPOSITARY]


def test_a_party_suspends_with_each_partner_at_once_and_the_others_go_on() -> None:
    parties = concluded()
    stop = Suspend(document=parties.digest, actor=OFFICER, ground="audit")
    for partner in (SUZHOU, HANGZHOU):
        assert parties.say(WUHU, partner, stop)
    parties.rest()
    assert stopped(parties, SUZHOU, WUHU) == AgreementGround.SUSPENDED
    assert stopped(parties, SUZHOU, HANGZHOU) == ""


def test_a_fourth_party_joins_by_a_version_that_all_sign() -> None:
    older = concluded()
    newer = Parties(agreement=with_fourth())
    newer.offer()
    newer.rest()
    for node in sorted(newer.agreement.nodes):
        newer.sign(node)
    newer.rest()
    assert newer.concluded() == set(newer.states)
    states = [older.states[HANGZHOU, WUHU], newer.states[HANGZHOU, WUHU]]
    known = [state for state in states if state is not None]
    documents = {older.digest: THREE, newer.digest: newer.agreement}
    pair = pair_agreements(known, documents)
    assert why_stopped(pair, known[0], FUND.code, MORNING) == AgreementGround.SUPERSEDED
    assert why_stopped(pair, known[1], FUND.code, MORNING) is None


def said(step: DepositStep = DepositStep.CONCLUDED, **changes: object) -> AgreementDeposited:
    """What the depositary might say of a text that all have signed."""
    notes = tuple(PartyNote(party=p.node, note=signature(THREE, p.node)) for p in THREE.parties)
    document = Parties(agreement=THREE).digest
    event = AgreementDeposited(document=document, step=step, note="", enclosed=notes)
    event = replace(event, **changes)  # type: ignore[arg-type]  # fields named by tests
    return replace(event, note=by(SUZHOU, deposit_text(THREE, event, SUZHOU, MORNING)))


def left(step: DepositStep, party: str = WUHU, **changes: object) -> AgreementDeposited:
    note = PartyNote(party=party, note=leave(THREE, party, IN_TIME).note)
    fields = {
        "enclosed": (note,),
        "party": party,
        "last_day": IN_TIME.isoformat(),
        "ground": "policy",
    }
    return said(step, **{**fields, **changes})


CONCLUSION = said()


@pytest.mark.parametrize(
    "event",
    [
        replace(CONCLUSION, note=by(WUHU, deposit_text(THREE, CONCLUSION, SUZHOU, MORNING))),
        replace(CONCLUSION, note=by(SUZHOU, "x")),
        replace(CONCLUSION, note=f"{CONCLUSION.note}x\n"),
        said(enclosed=CONCLUSION.enclosed[1:]),
        said(enclosed=(*CONCLUSION.enclosed[:2], PartyNote(party=WUHU, note="x"))),
        said(party=WUHU),
    ],
)
def test_a_conclusion_that_is_not_the_depositarys_or_lacks_a_signature_is_refused(
    event: AgreementDeposited,
) -> None:
    parties = Parties(agreement=THREE)
    assert not parties.say(
        HANGZHOU, WUHU, Deposit(document=event.document, actor=SYSTEM, said=event)
    )
    assert parties.refused == [AgreementGround.DEPOSIT_INVALID]


@pytest.mark.parametrize(
    ("event", "ground"),
    [
        (left(DepositStep.WITHDRAWN), AgreementGround.ALREADY_CONCLUDED),
        (left(DepositStep.EXITED, last_day="soon"), AgreementGround.NOT_A_DAY),
        (left(DepositStep.EXITED, ground="other"), AgreementGround.DEPOSIT_INVALID),
        (left(DepositStep.EXITED, party="hefei.g60.demo"), AgreementGround.DEPOSIT_INVALID),
        (left(DepositStep.EXITED, enclosed=()), AgreementGround.DEPOSIT_INVALID),
    ],
)
def test_a_step_that_does_not_fit_is_refused(event: AgreementDeposited, ground: str) -> None:
    parties = concluded()
    parties.say(HANGZHOU, WUHU, Deposit(document=event.document, actor=SYSTEM, said=event))
    assert parties.refused == [ground]


def test_nobody_leaves_what_two_nodes_have_not_concluded() -> None:
    parties = offered()
    exit_ = Deposit(document=parties.digest, actor=SYSTEM, said=left(DepositStep.EXITED))
    assert not parties.say(SUZHOU, HANGZHOU, exit_)
    assert not parties.say(HANGZHOU, WUHU, exit_)
    assert parties.refused == [AgreementGround.NOT_CONCLUDED, AgreementGround.NOT_OFFERED]


def test_what_was_withdrawn_cannot_be_concluded_any_more() -> None:
    parties = offered()
    parties.leave(WUHU, TODAY)
    parties.rest()
    parties.say(SUZHOU, WUHU, Deposit(document=parties.digest, actor=SYSTEM, said=said()))
    assert parties.refused == [AgreementGround.WITHDRAWN]


def test_what_a_partner_refused_of_steps_is_as_if_never_said() -> None:
    parties = offered()
    parties.sign(WUHU)
    parties.deliver((WUHU, SUZHOU))
    before = parties.states[SUZHOU, WUHU]
    assert before is not None
    parties.say(SUZHOU, WUHU, Deposit(document=parties.digest, actor=SYSTEM, said=said()))
    after = parties.states[SUZHOU, WUHU]
    assert after is not None
    assert settle(after, after.deposits[0].entry, refused="x") == before


def test_a_signature_that_falls_on_the_conclusion_it_crossed_is_said_no_more() -> None:
    """The depositary, which had forgotten, signs anew while the partner tells it the conclusion."""
    parties = concluded()
    known = parties.states[SUZHOU, WUHU]
    assert known is not None
    for way in ((SUZHOU, WUHU), (WUHU, SUZHOU)):
        parties.states[way] = replace(known, signatures=(), deposits=())
    command = Sign(
        document=parties.digest,
        actor=LEGAL_REPRESENTATIVE,
        party=SUZHOU,
        note=signature(THREE, SUZHOU),
    )
    assert parties.say(SUZHOU, WUHU, command)
    step = Deposit(document=parties.digest, actor=SYSTEM, said=known.deposits[0].said)
    assert parties.say(WUHU, SUZHOU, step)
    parties.rest()
    assert set(parties.refused) == {AgreementGround.ALREADY_SIGNED}
    ends = [parties.states[way] for way in ((SUZHOU, WUHU), (WUHU, SUZHOU))]
    assert all(state and len(state.signatures) == 3 for state in ends)
    assert not list(owed(parties.many(SUZHOU)))


def test_what_was_withdrawn_is_collected_no_further() -> None:
    parties = offered()
    parties.sign(WUHU)
    parties.leave(WUHU, TODAY)
    parties.rest()
    written = parties.count
    parties.sign(SUZHOU)
    parties.rest()
    assert parties.count == written


def judged(
    event: Event, document: Document | None, *, reader: str = SUZHOU, known: bool = False
) -> str:
    """On which ground a node refuses what Wuhu says on a document, "" where it does not."""
    table = Table(writer=WUHU, reader=reader, document=document, verify=verify, at=MORNING)
    state = offered().states[SUZHOU, WUHU] if known else None
    refusal = permit(state, Parties(agreement=THREE).digest, event, table)
    return refusal.ground if refusal else ""


LEFT = AgreementLeft(
    document=Parties(agreement=THREE).digest,
    last_day=IN_TIME.isoformat(),
    ground="policy",
    note=leave(THREE, WUHU, IN_TIME).note,
)
BY_PAIRS = replace(THREE, depositary="")


@pytest.mark.parametrize("event", [LEFT, CONCLUSION])
def test_an_instrument_has_no_parties_that_leave_or_conclude(event: Event) -> None:
    assert judged(event, LIST) == AgreementGround.NOT_AN_AGREEMENT


def test_a_text_without_depositary_is_concluded_and_left_by_no_step() -> None:
    assert judged(LEFT, BY_PAIRS, known=True) == AgreementGround.NO_DEPOSITARY
    assert judged(CONCLUSION, BY_PAIRS) == AgreementGround.NO_DEPOSITARY
    assert list(due(replace(offered().many(SUZHOU), agreement=BY_PAIRS))) == []


def test_who_never_had_the_text_leaves_nothing() -> None:
    assert judged(LEFT, THREE) == AgreementGround.NOT_OFFERED


def test_a_step_is_for_parties_alone() -> None:
    stranger = judged(CONCLUSION, THREE, reader="hefei.g60.demo")
    assert stranger == AgreementGround.NOT_A_PARTY


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("sign"), st.sampled_from(sorted(THREE.nodes))),
        st.tuples(st.just("leave"), st.sampled_from(sorted(THREE.nodes))),
        st.tuples(st.just("forward"), st.sampled_from(sorted(THREE.nodes))),
        st.tuples(st.just("letter"), st.sampled_from(sorted(Parties(agreement=THREE).states))),
        st.tuples(st.just("cut"), st.sampled_from(sorted(Parties(agreement=THREE).states))),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(ACTS, st.sampled_from([TODAY, IN_TIME]))
def test_in_whatever_order_letters_arrive_all_pairs_come_to_the_same(
    acts: list[tuple[str, object]], last_day: date
) -> None:
    parties = Parties(agreement=THREE)
    parties.offer()
    for act, about in acts:
        if act == "letter":
            parties.deliver(about)  # type: ignore[arg-type]  # drawn with its act
        elif act == "cut":
            parties.cut ^= {about}  # type: ignore[arg-type]  # drawn with its act
        elif act == "leave":
            parties.leave(str(about), last_day)
        else:
            getattr(parties, act)(str(about))
    parties.cut = set()
    parties.rest()
    assert parties.all_agree()
    # It is concluded between all or between none, and an exit ends it with all on one day.
    assert parties.concluded() in (set(), set(parties.states))
    for node in sorted(THREE.nodes):
        told = {parties.knows(other, DepositStep.EXITED, node) for other in sorted(THREE.nodes)}
        ends = {state.ended_on for way, state in parties.states.items() if state and node in way}
        assert told == {False} or (told, ends) == ({True}, {last_day})
