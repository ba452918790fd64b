"""Two nodes negotiate over a line: letters cross, clocks disagree, lines are cut, disks go back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.node.looking import home_events, stored

from tongban.catalogue import load_agreements
from tongban.core.agreements.authority import (
    SCAN,
    SCAN_LOOKED_UP,
    SIGNING,
    AgreementKind,
    Authorisation,
    Resolve,
)
from tongban.core.agreements.commands import AgreementCommand, Offer, Sign
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.signature import key_name, signing_text
from tongban.core.body import Body
from tongban.core.canonical import decode
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import BindingAct, OutcomeDisputed, PersonalDataRead
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.negotiations.refusals import NegotiationGround as Ground
from tongban.core.negotiations.state import NegotiationStanding, NegotiationState
from tongban.core.refusal import Refusal
from tongban.core.words import Words
from tongban.evidence.notes import encode_note, sign_note
from tongban.logs.rows import View
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.node.rotations import signer_for
from tongban.node.signers import StoredPaper
from tongban.testing.applications import HANGZHOU, HEFEI, LEGAL_REPRESENTATIVE, SUZHOU
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation, SetClock

CLERK = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")
OTHER = {SUZHOU: HANGZHOU, HANGZHOU: SUZHOU}
#: The federation begins on Monday, 23 November 2026.
FRIDAY = "2026-11-27"
WORDS = (Body(name="comment", media="text/plain", content="二条不清楚".encode()),)


def drafts() -> list[Agreement]:
    text = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
    return [replace(text, title=Words(zh=f"草案{n}", en=f"Draft {n}")) for n in range(4)]


DRAFTS = drafts()
DIGESTS = [document_digest(draft) for draft in DRAFTS]
CLAUSE = DRAFTS[0].clauses[0].number


class Two:
    """Suzhou and Hangzhou, and one negotiation between them."""

    def __init__(self, folder: Path) -> None:
        self.federation = MemoryFederation(folder, (SUZHOU, HANGZHOU))
        for node in (self[SUZHOU], self[HANGZHOU]):
            with node.kernel.database.write() as connection:
                for draft in DRAFTS:
                    node.kernel.library.put(connection, document_bytes(draft))
        self.federation.settle()
        self.name = self[SUZHOU].negotiations.fresh_name()

    def __getitem__(self, name: str) -> Node:
        return self.federation[name]

    def do(self, name: str, command: NegotiationCommand | AgreementCommand) -> str:
        """The ground of a refusal, "" where it was written; nothing leaves the node."""
        answer = self[name].execute(command, partner=OTHER[name])
        return answer.ground if isinstance(answer, Refusal) else ""

    def settle(self) -> None:
        self.federation.settle()

    def say(self, name: str) -> None:
        """One letter and what comes back with it."""
        self.federation.exchange(name, OTHER[name])

    def state(self) -> NegotiationState:
        """What both know, and know of each other, when all is said."""
        self.settle()
        states = [self.own(name) for name in (SUZHOU, HANGZHOU)]
        assert states[0] == states[1]
        assert states[0] is not None
        assert states[0].pending == ()
        for name in OTHER:
            assert home_events(self[name], OutcomeDisputed) == []
        return states[0]

    def own(self, name: str) -> NegotiationState | None:
        known = {each.id: each for each in self[name].negotiations.with_partner(OTHER[name])}
        return known.get(self.name)

    def believed(self, name: str) -> NegotiationState:
        """Where it stands in the view that a node has of its partner."""
        kernel = self[name].kernel
        with kernel.database.read() as connection:
            key = f"{OTHER[name]}/{self.name}"
            data = kernel.store.state(connection, View.PEER, "negotiation", key)
        assert data is not None
        return decode(data, NegotiationState)

    def standing(self) -> NegotiationStanding:
        return self.state().standing(china_day(self.federation.clock.instant))

    def grounds(self, name: str) -> list[str]:
        """Why acts of a node took no effect, as it learned."""
        told = self[name].negotiations.history(OTHER[name], self.name)
        return [line.ground for line in told if line.own and line.ground]

    def propose(self, number: int = 0) -> ProposeAgreement:
        return ProposeAgreement(
            negotiation=self.name, actor=CLERK, document=DIGESTS[number], answer_by=FRIDAY
        )

    def counter(self, version: int, number: int) -> CounterProposal:
        return CounterProposal(
            negotiation=self.name,
            actor=CLERK,
            version=version,
            document=DIGESTS[number],
            answer_by=FRIDAY,
        )

    def accept(self, version: int = 1) -> AcceptProposal:
        return AcceptProposal(negotiation=self.name, actor=CLERK, version=version)

    def reject(self, version: int = 1) -> RejectProposal:
        return RejectProposal(
            negotiation=self.name, actor=CLERK, version=version, ground="too_early"
        )

    def withdraw(self, version: int = 1) -> WithdrawProposal:
        return WithdrawProposal(negotiation=self.name, actor=CLERK, version=version)

    def comment(self, version: int = 1) -> CommentClause:
        return CommentClause(
            negotiation=self.name, actor=CLERK, version=version, clause=CLAUSE, bodies=WORDS
        )

    def cut(self) -> None:
        self.federation.cut |= {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}

    def mend(self) -> None:
        self.federation.cut.clear()
        self.settle()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Suzhou has proposed, and Hangzhou holds the negotiation."""
    two = Two(tmp_path)
    assert two.do(SUZHOU, two.propose()) == ""
    two.settle()
    yield two
    two.federation.stop()


def test_a_text_goes_to_and_fro_and_is_accepted(two: Two) -> None:
    assert two.do(HANGZHOU, two.comment()) == ""
    assert two.do(HANGZHOU, two.counter(1, 1)) == ""
    two.settle()
    assert two.do(SUZHOU, two.accept(2)) == ""
    state = two.state()
    assert (two.standing(), state.accepted) == (NegotiationStanding.ACCEPTED, DIGESTS[1])
    assert two.believed(SUZHOU) == state
    assert [told.words for told in two[SUZHOU].negotiations.history(HANGZHOU, two.name)] == [
        "",
        "二条不清楚",
        "",
        "",
    ]


@pytest.mark.parametrize("first", [SUZHOU, HANGZHOU])
def test_a_withdrawal_that_crosses_a_counter_is_refused(two: Two, first: str) -> None:
    assert two.do(SUZHOU, two.withdraw()) == ""
    assert two.do(HANGZHOU, two.counter(1, 1)) == ""
    two.say(first)
    assert [version.by for version in two.state().versions] == [SUZHOU, HANGZHOU]
    assert two.standing() is NegotiationStanding.OPEN
    assert two.grounds(SUZHOU) == [Ground.NOT_ON_THE_TABLE]


@pytest.mark.parametrize("first", [SUZHOU, HANGZHOU])
def test_a_withdrawal_that_crosses_an_acceptance_is_refused(two: Two, first: str) -> None:
    assert two.do(SUZHOU, two.withdraw()) == ""
    assert two.do(HANGZHOU, two.accept()) == ""
    two.say(first)
    assert two.standing() is NegotiationStanding.ACCEPTED
    assert two.grounds(SUZHOU) == [Ground.NEGOTIATION_ENDED]


def test_a_withdrawal_that_comes_before_the_answer_ends_it(two: Two) -> None:
    two.do(SUZHOU, two.withdraw())
    two.say(SUZHOU)
    assert two.do(HANGZHOU, two.accept()) == Ground.NEGOTIATION_ENDED
    assert two.standing() is NegotiationStanding.WITHDRAWN


def test_two_who_propose_at_once_have_two_negotiations(two: Two) -> None:
    here, there = (two[name].negotiations.fresh_name() for name in (SUZHOU, HANGZHOU))
    assert here != there
    assert two.do(SUZHOU, replace(two.propose(1), negotiation=here)) == ""
    assert two.do(HANGZHOU, replace(two.propose(2), negotiation=there)) == ""
    two.settle()
    held = {each.id: each.holder for each in two[SUZHOU].negotiations.with_partner(HANGZHOU)}
    assert held == {two.name: HANGZHOU, here: HANGZHOU, there: SUZHOU}
    assert two[SUZHOU].negotiations.find(there) is not None
    assert two[SUZHOU].negotiations.find("nothing") is None


def test_of_two_counters_of_one_party_the_second_waits_for_its_turn(two: Two) -> None:
    assert two.do(HANGZHOU, two.counter(1, 1)) == ""
    assert two.do(HANGZHOU, two.counter(2, 2)) == Ground.NOT_YOUR_TURN
    assert two.do(HANGZHOU, two.counter(1, 2)) == Ground.NOT_ON_THE_TABLE


def clock_of(two: Two, name: str, instant: datetime) -> SetClock:
    """Give one node a clock of its own, which it has from its next start."""
    node = two.federation.nodes[name]
    node.clock = SetClock(instant)
    node.stop()
    node.start()
    two.settle()
    return node.clock


def test_an_answer_in_the_last_minute_lapses_where_midnight_has_passed(two: Two) -> None:
    clock_of(two, SUZHOU, datetime(2026, 11, 28, 0, 0, 30, tzinfo=CHINA_TIME))
    two.federation.clock.instant = datetime(2026, 11, 27, 23, 59, tzinfo=CHINA_TIME)
    assert two.do(HANGZHOU, two.accept()) == ""
    state = two.state()
    assert state.closing is None
    assert two.grounds(HANGZHOU) == [Ground.NEGOTIATION_LAPSED]
    assert state.standing(china_day(two.federation.nodes[SUZHOU].clock.instant)) is (
        NegotiationStanding.LAPSED
    )


def test_an_answer_counts_where_it_is_still_the_day(two: Two) -> None:
    clock_of(two, SUZHOU, datetime(2026, 11, 27, 23, 50, tzinfo=CHINA_TIME))
    two.federation.clock.instant = datetime(2026, 11, 27, 23, 59, 50, tzinfo=CHINA_TIME)
    two.do(HANGZHOU, two.accept())
    two.federation.clock.instant += timedelta(minutes=1)
    assert two.standing() is NegotiationStanding.ACCEPTED


def test_after_midnight_nobody_does_anything_more(two: Two) -> None:
    two.federation.clock.instant = datetime(2026, 11, 28, 0, 0, tzinfo=CHINA_TIME)
    for name in OTHER:
        assert two.do(name, two.withdraw()) == Ground.NEGOTIATION_LAPSED
    assert two.standing() is NegotiationStanding.LAPSED


def test_what_both_did_behind_a_cut_line_is_put_in_order_when_it_is_mended(two: Two) -> None:
    two.cut()
    assert two.do(SUZHOU, two.comment()) == ""
    assert two.do(SUZHOU, two.withdraw()) == ""
    assert two.do(HANGZHOU, two.counter(1, 1)) == ""
    assert two.do(HANGZHOU, two.comment(2)) == ""
    two.mend()
    state = two.state()
    assert len(state.versions) == len(state.comments) == 2
    assert state.holder == SUZHOU


@pytest.mark.parametrize("who", [SUZHOU, HANGZHOU])
def test_what_was_done_before_the_line_opened_waits_as_an_intent(two: Two, who: str) -> None:
    two.cut()
    two.federation.nodes[who].stop()
    two.federation.nodes[who].start()
    act = two.withdraw() if who == SUZHOU else two.accept()
    assert two.do(who, two.comment()) == ""
    assert two.do(who, act) == ""
    assert two.do(who, act) == Ground.NEGOTIATION_ENDED
    two.mend()
    assert two.standing() is not NegotiationStanding.OPEN
    assert len(two.state().comments) == 1


def test_an_intent_that_is_stale_by_the_time_comes_back(two: Two) -> None:
    two.cut()
    two.do(HANGZHOU, two.counter(1, 1))
    two.federation.nodes[SUZHOU].stop()
    two.federation.nodes[SUZHOU].start()
    assert two.do(SUZHOU, two.withdraw()) == ""
    two.mend()
    assert len(two.state().versions) == 2
    assert two.standing() is NegotiationStanding.OPEN


@pytest.mark.parametrize("who", [SUZHOU, HANGZHOU])
def test_a_rebuild_in_mid_negotiation_gives_the_same(two: Two, who: str) -> None:
    two.do(SUZHOU, two.withdraw())
    two.do(HANGZHOU, two.counter(1, 1))
    two.do(HANGZHOU, two.comment(2))
    two.say(HANGZHOU)
    before = stored(two[who])
    rebuild(two[who].kernel)
    assert stored(two[who]) == before
    assert two.state().holder == SUZHOU


@pytest.mark.parametrize("who", [SUZHOU, HANGZHOU])
def test_who_forgot_what_it_did_gets_it_back_and_goes_on(
    two: Two, who: str, tmp_path: Path
) -> None:
    two.federation.nodes[who].copy_to(tmp_path / "copy")
    two.do(SUZHOU, two.withdraw())
    two.do(HANGZHOU, two.counter(1, 1))
    two.settle()
    two.federation.nodes[who].put_back(tmp_path / "copy")
    assert len(two.state().versions) == 2
    assert two.do(SUZHOU, two.accept(2)) == ""
    assert two.standing() is NegotiationStanding.ACCEPTED


@pytest.mark.parametrize("who", [SUZHOU, HANGZHOU])
def test_a_lost_disk_costs_no_negotiation(two: Two, who: str) -> None:
    two.do(HANGZHOU, two.counter(1, 1))
    two.settle()
    two.federation.nodes[who].lose_disk()
    two.federation.introduce()
    assert len(two.state().versions) == 2
    assert two.do(SUZHOU, two.reject(2)) == ""
    assert two.standing() is NegotiationStanding.REJECTED


def sign(two: Two, name: str, number: int, actor: Actor = LEGAL_REPRESENTATIVE) -> Sign:
    node, draft = two[name], DRAFTS[number]
    party = draft.party(name)
    assert party is not None
    text = signing_text(DIGESTS[number], name, party.office.zh, BEGINNING)
    note = sign_note(text, name=key_name(name), signer=signer_for(node.kernel, OTHER[name]))
    return Sign(document=DIGESTS[number], actor=actor, party=name, note=encode_note(note).decode())


def offer(number: int) -> Offer:
    return Offer(document=DIGESTS[number], actor=CLERK)


def test_what_was_accepted_is_offered_by_who_accepted_it_and_signed_by_both(two: Two) -> None:
    two.do(HANGZHOU, two.counter(1, 1))
    two.settle()
    two.do(SUZHOU, two.accept(2))
    two.settle()
    assert two.do(HANGZHOU, offer(1)) == AgreementGround.OFFER_IS_THE_ACCEPTORS
    assert two.do(SUZHOU, offer(1)) == ""
    assert two.do(SUZHOU, sign(two, SUZHOU, 1)) == ""
    two.settle()
    assert two.do(HANGZHOU, sign(two, HANGZHOU, 1)) == ""
    two.settle()
    for name, other in OTHER.items():
        (state,) = two[name].agreements_with(other)
        assert (state.document, len(state.signatures)) == (DIGESTS[1], 2)


def test_a_stale_version_is_neither_offered_nor_signed(two: Two) -> None:
    for name in OTHER:
        assert two.do(name, offer(0)) == AgreementGround.STALE_VERSION
    two.do(HANGZHOU, two.counter(1, 1))
    two.settle()
    two.do(SUZHOU, two.accept(2))
    two.settle()
    assert two.do(SUZHOU, offer(0)) == AgreementGround.STALE_VERSION
    assert two.do(SUZHOU, sign(two, SUZHOU, 0)) == AgreementGround.NOT_OFFERED


def test_an_acceptance_that_was_too_late_lets_nothing_be_signed(two: Two) -> None:
    """The offer that went with it is refused by the partner, and by this node's own account."""
    clock_of(two, SUZHOU, datetime(2026, 11, 28, 0, 0, 30, tzinfo=CHINA_TIME))
    two.federation.clock.instant = datetime(2026, 11, 27, 23, 59, tzinfo=CHINA_TIME)
    assert two.do(HANGZHOU, two.accept()) == ""
    assert two.do(HANGZHOU, offer(0)) == ""
    assert two.state().closing is None
    assert two[SUZHOU].agreements_with(HANGZHOU) == []
    assert two[HANGZHOU].agreements_with(SUZHOU) == []


def test_what_was_never_negotiated_is_offered_and_signed_as_ever(two: Two) -> None:
    assert two.do(HANGZHOU, offer(3)) == ""
    two.settle()
    assert two.do(SUZHOU, sign(two, SUZHOU, 3)) == ""
    again = replace(two.propose(3), negotiation="20261123-0000000000000000")
    assert two.do(SUZHOU, again) == AgreementGround.ALREADY_OFFERED


PAPER = Authorisation(
    number="WT-2026-3",
    office="agreement_officer",
    kinds=frozenset(AgreementKind),
    from_day=china_day(BEGINNING),
    until_day=china_day(BEGINNING) + timedelta(days=3),
)


def scan_of(content: bytes) -> Body:
    return Body(name=SCAN, media="application/pdf", content=b"%PDF " + content)


def test_an_officer_signs_by_a_paper_while_it_is_in_force(two: Two) -> None:
    two.do(HANGZHOU, offer(3))
    two.settle()
    command = replace(sign(two, SUZHOU, 3, CLERK), authorisation=PAPER.number)
    assert two.do(SUZHOU, command) == AgreementGround.AUTHORISATION_UNKNOWN
    two[SUZHOU].signers.record(PAPER, actor=CLERK)
    assert two[SUZHOU].signers.authorisations() == (PAPER,)
    assert two[SUZHOU].signers.paper_for(DRAFTS[3], CLERK) == PAPER.number
    assert two[SUZHOU].signers.paper_for(DRAFTS[3], LEGAL_REPRESENTATIVE) == ""
    two.federation.clock.pass_days(4)
    assert two.do(SUZHOU, command) == AgreementGround.AUTHORISATION_NOT_IN_FORCE
    two.federation.clock.pass_days(-4)
    assert two.do(SUZHOU, command) == ""


def test_a_paper_that_was_revoked_counts_no_more(two: Two) -> None:
    signers = two[SUZHOU].signers
    signers.record(PAPER, actor=CLERK)
    assert signers.revoke(PAPER.number, actor=CLERK)
    assert signers.authorisations() == ()
    assert not signers.revoke(PAPER.number, actor=CLERK)


def test_the_newest_scan_of_a_paper_is_shown_and_who_looked_is_kept(two: Two) -> None:
    node, other = two[SUZHOU], replace(PAPER, number="WT-2026-4")
    node.signers.record(PAPER, actor=CLERK, scan=scan_of(b"first"))
    node.signers.record(other, actor=CLERK, scan=scan_of(b"other"))
    node.signers.record(PAPER, actor=CLERK, scan=scan_of(b"second"))
    seen = node.signers.scan(PAPER.number, reader=CLERK)
    assert seen == StoredPaper(media="application/pdf", content=b"%PDF second")
    assert home_events(node, PersonalDataRead) == [
        PersonalDataRead(body=SCAN, purpose=SCAN_LOOKED_UP)
    ]


def test_a_paper_without_a_scan_shows_none_and_nobody_read_anything(two: Two) -> None:
    node = two[SUZHOU]
    node.signers.record(PAPER, actor=CLERK)
    assert node.signers.scan(PAPER.number, reader=CLERK) is None
    assert node.signers.scan("WT-nowhere", reader=CLERK) is None
    assert home_events(node, PersonalDataRead) == []


def test_where_it_is_set_so_two_officers_confirm_before_the_node_signs(tmp_path: Path) -> None:
    two = Two(tmp_path)
    node = two[SUZHOU]
    object.__setattr__(node.kernel, "four_eyes", True)
    two.do(HANGZHOU, offer(3))
    two.settle()
    assert two.do(SUZHOU, sign(two, SUZHOU, 3)) == AgreementGround.SECOND_OFFICER_MISSING
    assert node.signers.confirm(DIGESTS[3], actor=CLERK) is None
    again = node.signers.confirm(DIGESTS[3], actor=CLERK)
    assert again is not None
    assert again.ground == AgreementGround.CONFIRMED_ALREADY
    assert two.do(SUZHOU, sign(two, SUZHOU, 3)) == AgreementGround.SECOND_OFFICER_MISSING
    assert node.signers.rules(DIGESTS[3]).lacking(SIGNING) == 1
    assert node.signers.confirm(DIGESTS[3], actor=replace(CLERK, number="A2")) is None
    assert node.signers.rules(DIGESTS[3]).lacking(SIGNING) == 0
    assert two.do(SUZHOU, sign(two, SUZHOU, 3)) == ""
    two.federation.stop()


def test_a_confirmation_is_of_one_act_and_one_last_day_and_lapses(two: Two) -> None:
    signers, clock = two[SUZHOU].signers, two.federation.clock
    clock.instant = datetime(2027, 3, 1, 10, tzinfo=CHINA_TIME)
    leaving = Resolve(act=BindingAct.LEAVE, last_day="2027-12-31")
    for resolve in (SIGNING, leaving):
        assert signers.confirm(DIGESTS[3], actor=CLERK, resolve=resolve) is None
    rules = signers.rules(DIGESTS[3])
    another_day = replace(leaving, last_day="2028-01-01")
    another_act = replace(leaving, act=BindingAct.TERMINATE)
    counted = [rules.confirmed_by(each) for each in (SIGNING, leaving, another_day, another_act)]
    assert counted == [{CLERK.number}, {CLERK.number}, set(), set()]
    for days, left in ((30, {CLERK.number}), (31, set())):
        clock.instant = datetime(2027, 3, 1, 10, tzinfo=CHINA_TIME) + timedelta(days=days)
        assert signers.rules(DIGESTS[3]).confirmed_by(leaving) == left
    assert signers.confirm(DIGESTS[3], actor=CLERK, resolve=leaving) is None


def test_a_text_is_proposed_again_only_after_its_talks_have_ended(two: Two) -> None:
    again = replace(two.propose(), negotiation=two[SUZHOU].negotiations.fresh_name())
    assert two.do(SUZHOU, again) == Ground.TEXT_ON_A_TABLE
    assert two.do(SUZHOU, two.withdraw()) == ""
    two.settle()
    assert two.do(SUZHOU, again) == ""


def test_negotiations_with_others_are_not_mixed_in(two: Two) -> None:
    assert two[SUZHOU].negotiations.history(HEFEI, two.name) == ()
    assert two[SUZHOU].negotiations.with_partner(HEFEI) == ()


def test_large_texts_go_out_in_several_letters(two: Two) -> None:
    """Each document may be a megabyte, so what piled up does not fit into one message."""
    two.cut()
    clause = DRAFTS[0].clauses[0]
    for number in range(12):
        words = Words(zh=f"{number:x}" * 900_000, en="Long.")
        text = replace(DRAFTS[0], clauses=(replace(clause, text=words),))
        with two[SUZHOU].kernel.database.write() as connection:
            digest = two[SUZHOU].kernel.library.put(connection, document_bytes(text))
        name = two[SUZHOU].negotiations.fresh_name()
        assert two.do(SUZHOU, replace(two.propose(), negotiation=name, document=digest)) == ""
    before = len(two.federation.letters)
    two.mend()
    assert len(two[HANGZHOU].negotiations.with_partner(SUZHOU)) == 13
    assert max(len(each.envelope) for each in two.federation.letters[before:]) < 10_000_000


def test_a_proposal_that_came_too_late_is_as_if_never_made(two: Two) -> None:
    clock_of(two, HANGZHOU, datetime(2026, 11, 28, 0, 1, tzinfo=CHINA_TIME))
    two.name = two[SUZHOU].negotiations.fresh_name()
    assert two.do(SUZHOU, two.propose(1)) == ""
    assert two.do(SUZHOU, two.withdraw()) == ""
    two.settle()
    assert (two.own(SUZHOU), two.own(HANGZHOU)) == (None, None)
    assert two.grounds(SUZHOU) == [Ground.ANSWER_DAY_PAST, Ground.UNKNOWN_NEGOTIATION]


def test_what_waits_for_the_line_is_known_until_it_went_out(two: Two) -> None:
    two.cut()
    two.federation.nodes[HANGZHOU].stop()
    two.federation.nodes[HANGZHOU].start()
    assert two.do(HANGZHOU, two.accept()) == ""
    assert two[HANGZHOU].negotiations.waiting(SUZHOU) == (two.accept(),)
    two.mend()
    assert two[HANGZHOU].negotiations.waiting(SUZHOU) == ()
    assert two.standing() is NegotiationStanding.ACCEPTED
