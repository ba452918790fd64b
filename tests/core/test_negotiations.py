"""Two parties come to one text, or do not; whatever crosses, both know the same in the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tongban.core import canonical
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.body import Body
from tongban.core.cases.events import CaseOpened
from tongban.core.cases.refusals import CaseGround
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.entry import Entry, Event, Subject, SubjectKind
from tongban.core.faults import BrokenInvariant
from tongban.core.home.events import BodyErased
from tongban.core.negotiations.admit import admit
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.negotiations.decide import decide
from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationProposed,
    NegotiationWithdrawn,
)
from tongban.core.negotiations.evolve import evolve
from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.permit import Table
from tongban.core.negotiations.refusals import NegotiationGround as Ground
from tongban.core.negotiations.settle import settle
from tongban.core.negotiations.state import (
    NegotiationStanding,
    NegotiationState,
    accepted_by,
    documents_of,
)
from tongban.core.refusal import Refusal

from .examples import MORNING, OFFICER, agreement_between, instrument
from .parties import THREE
from .table import DIGESTS, DOCUMENTS, DRAFTS, HANGZHOU, NAME, SUZHOU, Outcome, Talks

FRIDAY = "2026-11-06"
TODAY = china_day(MORNING)
CLAUSE = DRAFTS[0].clauses[0].number
WORDS = (Body(name="comment", media="text/plain", content="写得不清楚".encode()),)

ERASED = BodyErased(
    origin=f"{SUZHOU}/channel/{HANGZHOU}/1-{'0' * 32}",
    index=1,
    body="comment",
    ground="retention_ended",
)


def propose(document: int = 0, answer_by: str = FRIDAY) -> ProposeAgreement:
    return ProposeAgreement(
        negotiation=NAME, actor=OFFICER, document=DIGESTS[document], answer_by=answer_by
    )


def counter(version: int, document: int = 1, answer_by: str = FRIDAY) -> CounterProposal:
    return CounterProposal(
        negotiation=NAME,
        actor=OFFICER,
        version=version,
        document=DIGESTS[document],
        answer_by=answer_by,
    )


def comment(version: int, clause: str = CLAUSE, bodies: tuple[Body, ...] = WORDS) -> CommentClause:
    return CommentClause(
        negotiation=NAME, actor=OFFICER, version=version, clause=clause, bodies=bodies
    )


def accept(version: int) -> AcceptProposal:
    return AcceptProposal(negotiation=NAME, actor=OFFICER, version=version)


def reject(version: int, ground: str = "too_early") -> RejectProposal:
    return RejectProposal(negotiation=NAME, actor=OFFICER, version=version, ground=ground)


def withdraw(version: int) -> WithdrawProposal:
    return WithdrawProposal(negotiation=NAME, actor=OFFICER, version=version)


@pytest.fixture
def talks() -> Talks:
    """Suzhou has proposed a first version, and Hangzhou holds it."""
    found = Talks()
    assert found.ask(found.suzhou, propose()) == ""
    found.flush()
    return found


def both(talks: Talks) -> NegotiationState:
    """What both know, once everything was carried over."""
    talks.flush()
    assert talks.suzhou.state == talks.hangzhou.state
    assert talks.suzhou.state is not None
    return talks.suzhou.state


def standing(talks: Talks) -> NegotiationStanding:
    return both(talks).standing(china_day(talks.now))


def test_who_receives_a_proposal_holds_the_negotiation(talks: Talks) -> None:
    state = both(talks)
    assert (state.holder, standing(talks)) == (HANGZHOU, NegotiationStanding.OPEN)
    assert state.pending == ()


def test_a_proposal_on_its_way_is_nobodys_turn() -> None:
    talks = Talks()
    talks.ask(talks.suzhou, propose())
    state = talks.suzhou.state
    assert state is not None
    assert (state.holder, state.on_table, state.accepted) == ("", None, "")
    assert not state.lapsed(TODAY + timedelta(days=100))


def test_a_counter_turns_the_table(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, counter(1)) == ""
    state = both(talks)
    assert [version.by for version in state.versions] == [SUZHOU, HANGZHOU]
    assert state.holder == SUZHOU
    assert talks.ask(talks.suzhou, accept(2)) == ""
    assert both(talks).accepted == DIGESTS[1]


@pytest.mark.parametrize(
    ("command", "end"),
    [
        (accept(1), NegotiationStanding.ACCEPTED),
        (reject(1), NegotiationStanding.REJECTED),
        (withdraw(1), NegotiationStanding.WITHDRAWN),
    ],
)
def test_the_holder_ends_it(
    talks: Talks, command: NegotiationCommand, end: NegotiationStanding
) -> None:
    assert talks.ask(talks.hangzhou, command) == ""
    assert standing(talks) is end
    closing = both(talks).closing
    assert closing is not None
    assert (closing.by, closing.ground) == (HANGZHOU, "too_early" if "REJ" in end.name else "")
    assert talks.ask(talks.suzhou, withdraw(1)) == Ground.NEGOTIATION_ENDED


def test_who_laid_it_on_the_table_may_withdraw_it(talks: Talks) -> None:
    assert talks.ask(talks.suzhou, withdraw(1)) == ""
    assert standing(talks) is NegotiationStanding.WITHDRAWN


@pytest.mark.parametrize("command", [counter(1), accept(1), reject(1)])
def test_who_does_not_hold_it_does_not_move_it(talks: Talks, command: NegotiationCommand) -> None:
    assert talks.ask(talks.suzhou, command) == Ground.NOT_YOUR_TURN


def test_a_withdrawal_is_in_transit_until_the_holder_has_it(talks: Talks) -> None:
    talks.ask(talks.suzhou, withdraw(1))
    assert talks.suzhou.state is not None
    assert talks.suzhou.state.closing is None
    assert foreseen(talks.suzhou.state).closing is not None
    assert talks.ask(talks.suzhou, withdraw(1)) == Ground.NEGOTIATION_ENDED


@pytest.mark.parametrize("first", ["suzhou", "hangzhou"])
@pytest.mark.parametrize(
    ("holders", "end", "ground"),
    [
        (accept(1), NegotiationStanding.ACCEPTED, Ground.NEGOTIATION_ENDED),
        (reject(1), NegotiationStanding.REJECTED, Ground.NEGOTIATION_ENDED),
        (withdraw(1), NegotiationStanding.WITHDRAWN, Ground.NEGOTIATION_ENDED),
        (counter(1), NegotiationStanding.OPEN, Ground.NOT_ON_THE_TABLE),
    ],
)
def test_where_a_withdrawal_crosses_the_holders_act_stands(
    talks: Talks, first: str, holders: NegotiationCommand, end: NegotiationStanding, ground: Ground
) -> None:
    talks.ask(talks.suzhou, withdraw(1))
    talks.ask(talks.hangzhou, holders)
    if first == "suzhou":
        assert list(talks.push(talks.suzhou).values()) == [ground]
        assert talks.push(talks.hangzhou) == {}
    else:
        assert talks.push(talks.hangzhou) == {}
        assert list(talks.push(talks.suzhou).values()) == [ground]
    assert standing(talks) is end
    assert len(both(talks).versions) == (2 if end is NegotiationStanding.OPEN else 1)


def test_a_withdrawal_that_arrives_first_ends_it(talks: Talks) -> None:
    talks.ask(talks.suzhou, withdraw(1))
    talks.push(talks.suzhou)
    assert talks.ask(talks.hangzhou, accept(1)) == Ground.NEGOTIATION_ENDED
    assert standing(talks) is NegotiationStanding.WITHDRAWN


def test_who_countered_may_withdraw_that_before_it_arrived(talks: Talks) -> None:
    talks.ask(talks.hangzhou, counter(1))
    assert talks.ask(talks.hangzhou, withdraw(2)) == ""
    assert standing(talks) is NegotiationStanding.WITHDRAWN


def test_an_answer_to_another_version_is_stale(talks: Talks) -> None:
    talks.ask(talks.hangzhou, counter(1))
    talks.flush()
    assert talks.ask(talks.suzhou, accept(1)) == Ground.NOT_ON_THE_TABLE
    assert talks.ask(talks.suzhou, comment(3)) == Ground.NOT_ON_THE_TABLE


def test_comments_add_up_whatever_crosses(talks: Talks) -> None:
    assert talks.ask(talks.suzhou, comment(1)) == ""
    talks.ask(talks.hangzhou, counter(1))
    assert talks.ask(talks.hangzhou, comment(1)) == ""
    state = both(talks)
    assert [line.by for line in state.comments] == [SUZHOU, HANGZHOU]


def test_a_comment_needs_a_clause_and_words(talks: Talks) -> None:
    assert talks.ask(talks.suzhou, comment(1, clause="99.9")) == Ground.UNKNOWN_CLAUSE
    assert talks.ask(talks.suzhou, comment(1, bodies=())) == Ground.COMMENT_MISSING
    assert talks.ask(talks.suzhou, comment(1, clause="第一条")) == CaseGround.FIELD_UNFIT


def test_a_comment_on_what_has_ended_is_refused_there(talks: Talks) -> None:
    talks.ask(talks.suzhou, comment(1))
    talks.ask(talks.hangzhou, accept(1))
    assert list(talks.push(talks.suzhou).values()) == [Ground.NEGOTIATION_ENDED]
    assert both(talks).comments == ()


def test_a_comment_stays_that_crosses_a_withdrawal(talks: Talks) -> None:
    talks.ask(talks.suzhou, withdraw(1))
    talks.ask(talks.hangzhou, comment(1))
    talks.push(talks.suzhou)
    assert talks.push(talks.hangzhou) == {}
    assert len(both(talks).comments) == 1


def night(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA_TIME)


def test_it_lapses_after_the_last_minute_of_its_day_in_china(talks: Talks) -> None:
    talks.now = night(6, 23, 59)
    assert standing(talks) is NegotiationStanding.OPEN
    talks.now = night(7, 0, 0)
    assert standing(talks) is NegotiationStanding.LAPSED
    for node in (talks.suzhou, talks.hangzhou):
        assert talks.ask(node, withdraw(1)) == Ground.NEGOTIATION_LAPSED


def test_an_answer_lapses_by_the_clock_of_whoever_receives_it(talks: Talks) -> None:
    talks.now = night(6, 23, 59)
    talks.suzhou.off = timedelta(minutes=2)
    assert talks.ask(talks.hangzhou, accept(1)) == ""
    assert list(talks.push(talks.hangzhou).values()) == [Ground.NEGOTIATION_LAPSED]
    state = both(talks)
    assert (state.closing, state.pending) == (None, ())


def test_a_clock_that_is_late_takes_what_came_in_its_time(talks: Talks) -> None:
    talks.now = night(6, 23, 59)
    talks.suzhou.off = timedelta(minutes=-5)
    talks.ask(talks.hangzhou, accept(1))
    talks.now = night(7, 0, 2)
    assert talks.push(talks.hangzhou) == {}
    assert standing(talks) is NegotiationStanding.ACCEPTED


def test_a_new_version_gives_a_day_that_is_not_past(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, counter(1, answer_by="2026-11-01")) == Ground.ANSWER_DAY_PAST
    assert talks.ask(talks.hangzhou, counter(1, answer_by="soon")) == CaseGround.FIELD_UNFIT


def test_a_counter_is_another_text(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, counter(1, document=0)) == Ground.SAME_VERSION


def test_a_text_that_lies_on_an_open_table_is_not_proposed_again(talks: Talks) -> None:
    context = replace(talks.context(talks.hangzhou), on_tables=frozenset({DIGESTS[0]}))
    again = decide(None, propose(), context)
    assert isinstance(again, Refusal)
    assert (again.ground, again.detail) == (Ground.TEXT_ON_A_TABLE, DIGESTS[0])
    assert not isinstance(decide(None, propose(document=1), context), Refusal)


def test_a_ground_is_a_code(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, reject(1, "张三不同意")) == CaseGround.FIELD_UNFIT


def test_a_negotiation_begins_once(talks: Talks) -> None:
    assert talks.ask(talks.hangzhou, propose(1)) == Ground.ALREADY_PROPOSED


def test_nothing_is_said_in_a_negotiation_that_never_began() -> None:
    talks = Talks()
    assert talks.ask(talks.suzhou, accept(1)) == Ground.UNKNOWN_NEGOTIATION


def test_a_proposal_that_was_refused_is_as_if_never_made() -> None:
    talks = Talks()
    talks.hangzhou.off = timedelta(days=30)
    talks.ask(talks.suzhou, propose())
    talks.ask(talks.suzhou, withdraw(1))
    assert list(talks.push(talks.suzhou).values()) == [
        Ground.ANSWER_DAY_PAST,
        Ground.UNKNOWN_NEGOTIATION,
    ]
    talks.flush()
    assert (talks.suzhou.state, talks.hangzhou.state) == (None, None)


def table(**changes: object) -> Table:
    plain = Table(
        writer=SUZHOU,
        reader=HANGZHOU,
        at=MORNING,
        documents=DOCUMENTS,
        offered=frozenset(),
        bodies=frozenset(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # named in each call


def entry(event: Event, number: int = 99) -> Entry:
    return Entry(
        id=f"{number:026d}",
        at=MORNING,
        actor=OFFICER,
        subject=Subject(kind=SubjectKind.NEGOTIATION, id=NAME),
        event=event,
    )


def refused(state: NegotiationState | None, event: Event, **changes: object) -> str:
    refusal = admit(state, entry(event), table(**changes))
    assert refusal is not None
    return refusal.ground


def proposal(document: str = DIGESTS[0]) -> NegotiationProposed:
    return NegotiationProposed(document=document, answer_by=FRIDAY)


def test_a_text_must_be_an_agreement_between_just_these_two_that_nobody_offered() -> None:
    third, law = agreement_between("songjiang", "hefei"), instrument()
    assert refused(None, proposal("sha256:0")) == AgreementGround.UNKNOWN_DOCUMENT
    for document, ground in (
        (law, AgreementGround.NOT_AN_AGREEMENT),
        (third, Ground.PARTIES_DIFFER),
    ):
        assert refused(None, proposal(), documents={DIGESTS[0]: document}) == ground
    offered = frozenset({DIGESTS[0]})
    assert refused(None, proposal(), offered=offered) == AgreementGround.ALREADY_OFFERED


@pytest.mark.parametrize(
    ("depositary", "ground"), [(SUZHOU, ""), ("wuhu.g60.demo", Ground.PARTIES_DIFFER)]
)
def test_a_text_of_many_parties_is_talked_over_with_its_depositary_alone(
    depositary: str, ground: str
) -> None:
    text = {DIGESTS[0]: replace(THREE, depositary=depositary)}
    assert text[DIGESTS[0]].nodes == {SUZHOU, HANGZHOU, "wuhu.g60.demo"}
    refusal = admit(None, entry(proposal()), table(documents=text))
    assert (refusal.ground if refusal else "") == ground


def test_a_party_may_say_that_it_erased_its_copy_of_a_comment() -> None:
    begun = NegotiationState(id=NAME, parties=(SUZHOU, HANGZHOU))
    assert admit(begun, entry(ERASED), table()) is None
    assert refused(None, ERASED) == Ground.UNKNOWN_NEGOTIATION


def test_what_a_text_would_replace_stands_between_the_two() -> None:
    old = "sha256:" + "0" * 64
    amending = {DIGESTS[0]: replace(DRAFTS[0], supersedes=old)}
    assert refused(None, proposal(), documents=amending) == Ground.AMENDED_UNKNOWN
    stands = table(documents=amending, offered=frozenset({old}))
    assert admit(None, entry(proposal()), stands) is None


def test_what_is_no_act_of_a_negotiation_is_refused(talks: Talks) -> None:
    state = both(talks)
    assert refused(state, CaseOpened()) == Ground.UNKNOWN_NEGOTIATION_ACT
    act = NegotiationCommented(version=1, clause=CLAUSE)
    assert refused(state, act, documents={}) == Ground.UNKNOWN_CLAUSE


def test_an_acceptance_names_the_very_text(talks: Talks) -> None:
    act = NegotiationAccepted(version=1, document=DIGESTS[3])
    found = refused(both(talks), act, writer=HANGZHOU, reader=SUZHOU)
    assert found == Ground.NOT_ON_THE_TABLE


def test_only_what_was_admitted_is_folded(talks: Talks) -> None:
    names = {"writer": SUZHOU, "reader": HANGZHOU, "viewer": HANGZHOU}
    with pytest.raises(BrokenInvariant, match="CaseOpened"):
        evolve(both(talks), entry(CaseOpened()), **names)
    with pytest.raises(BrokenInvariant, match="not here"):
        evolve(None, entry(NegotiationWithdrawn(version=1)), **names)


def test_an_outcome_that_contradicts_what_stands_changes_nothing(talks: Talks) -> None:
    """A holder that lets both its own act and the withdrawal take effect breaks no partner."""
    talks.ask(talks.suzhou, withdraw(1))
    waiting = talks.suzhou.state
    assert waiting is not None
    (move,) = waiting.pending
    talks.ask(talks.hangzhou, accept(1))
    talks.push(talks.hangzhou)
    assert talks.suzhou.state is not None
    after = settle(talks.suzhou.state, move.entry, refused="")
    assert after is not None
    assert after.standing(TODAY) is NegotiationStanding.ACCEPTED


def test_an_entry_that_nobody_waits_for_settles_nothing(talks: Talks) -> None:
    state = both(talks)
    assert settle(state, "nothing", refused="") is state


def test_what_was_accepted_and_by_whom(talks: Talks) -> None:
    talks.ask(talks.hangzhou, counter(1))
    talks.flush()
    assert accepted_by([both(talks)], DIGESTS[1]) == frozenset()
    talks.ask(talks.suzhou, accept(2))
    states = [both(talks)]
    assert accepted_by(states, DIGESTS[0]) == frozenset()
    assert accepted_by(states, DIGESTS[1]) == frozenset({SUZHOU})
    assert accepted_by(states, DIGESTS[2]) is None


def test_an_act_is_judged_by_what_lies_on_the_table_and_what_is_new(talks: Talks) -> None:
    state = both(talks)
    assert documents_of(state, counter(1)) == (DIGESTS[0], DIGESTS[1])
    assert documents_of(state, accept(1)) == (DIGESTS[0],)
    assert documents_of(None, accept(1)) == ()


ANYBODYS: list[NegotiationCommand] = [
    propose(),
    *(counter(version, document) for version in (1, 2, 3) for document in (1, 2, 3)),
    *(comment(version) for version in (1, 2, 3)),
    *(act(version) for version in (1, 2, 3) for act in (accept, reject, withdraw)),
]
#: A number asks for something that is allowed just then, so that long stories are told too.
Step = int | tuple[str, NegotiationCommand] | str
ACTS = st.tuples(st.sampled_from(["suzhou", "hangzhou"]), st.sampled_from(ANYBODYS))
MOVES: st.SearchStrategy[list[Step]] = st.lists(
    st.integers(min_value=0, max_value=60)
    | ACTS
    | st.sampled_from(["push suzhou", "push hangzhou", "push suzhou", "push hangzhou", "wait"]),
    min_size=8,
    max_size=40,
)
SKEWS = st.integers(min_value=-300, max_value=300).map(lambda minutes: timedelta(minutes=minutes))


def play(moves: Sequence[Step], skew: timedelta) -> Talks:
    """Both act as they like and letters arrive when they like; the clocks disagree."""
    talks = Talks(now=night(6, 12, 0))
    talks.hangzhou.off = skew
    talks.ask(talks.suzhou, propose())
    for move in moves:
        if isinstance(move, int):
            ask_allowed(talks, move)
        elif move == "wait":
            talks.now += timedelta(hours=5)
        elif isinstance(move, str):
            talks.push(getattr(talks, move.removeprefix("push ")))
        else:
            talks.ask(getattr(talks, move[0]), move[1])
    return talks


def ask_allowed(talks: Talks, choice: int) -> None:
    """Do one of the things that would not be refused now."""
    nodes = (talks.suzhou, talks.hangzhou)
    allowed = [
        (node, command)
        for node in nodes
        for command in ANYBODYS[1:]
        if not isinstance(decide(node.state, command, talks.context(node)), Refusal)
    ]
    if allowed:
        talks.ask(*allowed[choice % len(allowed)])


def test_of_two_proposals_of_one_name_that_cross_both_fall_and_the_next_is_known_alike() -> None:
    talks = Talks(now=night(6, 12, 0))
    talks.ask(talks.suzhou, propose())
    for _ in range(3):
        ask_allowed(talks, 0)
    talks.ask(talks.hangzhou, propose())
    talks.push(talks.suzhou)
    talks.push(talks.hangzhou)
    ask_allowed(talks, 0)
    talks.ask(talks.suzhou, propose())
    talks.flush()
    assert talks.suzhou.state == talks.hangzhou.state
    assert talks.suzhou.state is not None


@settings(max_examples=200, deadline=None)
@given(moves=MOVES, skew=SKEWS)
def test_both_know_the_same_in_the_end(moves: Sequence[Step], skew: timedelta) -> None:
    talks = play(moves, skew)
    talks.flush()
    state = talks.suzhou.state
    assert state == talks.hangzhou.state
    assert state is None or state.pending == ()
    event(f"{len(state.versions)} versions, {state.standing(TODAY)}" if state else "nothing")


@settings(max_examples=200, deadline=None)
@given(moves=MOVES, skew=SKEWS)
def test_each_computes_what_the_other_decided_and_believes(
    moves: Sequence[Step], skew: timedelta
) -> None:
    talks = play(moves, skew)
    for node in (talks.suzhou, talks.hangzhou):
        state, decided = talks.recompute(node)
        assert decided == [line.refused for line in node.log if isinstance(line, Outcome)]
        assert state == node.state


@settings(max_examples=100, deadline=None)
@given(moves=MOVES)
def test_while_the_day_is_not_past_whatever_a_holder_did_stands(
    moves: Sequence[Step],
) -> None:
    """What crosses it is refused: a withdrawal by the other, or a comment on what has ended."""
    begun = [move for move in moves if move != "wait" and move != ("hangzhou", propose())]
    talks = play(begun, timedelta())
    talks.flush()
    for node in (talks.suzhou, talks.hangzhou):
        written = {line.id: line for line in node.log if isinstance(line, Entry)}
        for outcome in talks.other(node).log:
            for name in outcome.refused if isinstance(outcome, Outcome) else ():
                crossing = NegotiationWithdrawn | NegotiationCommented
                assert isinstance(written[name].event, crossing)


@settings(max_examples=100, deadline=None)
@given(moves=MOVES, skew=SKEWS)
def test_every_state_of_a_negotiation_has_one_form_of_bytes(
    moves: Sequence[Step], skew: timedelta
) -> None:
    talks = play(moves, skew)
    for node in (talks.suzhou, talks.hangzhou):
        if node.state is not None:
            assert canonical.decode(canonical.encode(node.state), NegotiationState) == node.state
