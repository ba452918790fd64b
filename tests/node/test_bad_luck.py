"""What may go wrong around an agreement has an end that both sides reach.

Acts that cross at a table, stale versions and signers without authority are tried in
test_negotiations.py, parties that leave and lines that are lost in test_many_parties.py.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from tests.node.liar import Liar
from tests.node.looking import grounds, home_events

from tongban.catalogue import load_agreements
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.document import Agreement, document_bytes, document_digest
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.standing import standing_of
from tongban.core.cases.commands import Accept, TakeIn
from tongban.core.cases.events import Mode
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.entry import Actor, ActorKind, Subject, SubjectKind
from tongban.core.home.events import OutcomeDisputed
from tongban.core.negotiations.commands import CounterProposal, ProposeAgreement
from tongban.core.negotiations.events import NegotiationCountered
from tongban.core.negotiations.refusals import NegotiationGround
from tongban.core.refusal import Refusal
from tongban.node import agreement_acts
from tongban.node.agreement_acts import Answers
from tongban.node.between import between
from tongban.testing.applications import (
    HANGZHOU,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SUZHOU,
    item_of,
    publish,
)
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation, SetClock
from tongban.testing.simulation.people import Matter, application

ITEM = item_of(HANGZHOU, Mode.DELEGATED_INTAKE)
CLERK = Actor(kind=ActorKind.OFFICER, role="agreement_officer", number="A1")
TEXT = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})
TOMORROW = china_day(BEGINNING) + timedelta(days=1)
OTHER = {SUZHOU: HANGZHOU, HANGZHOU: SUZHOU}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Suzhou takes in for Hangzhou, once there is an agreement."""
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    publish(federation)
    federation.settle()
    yield federation
    assert [home_events(federation[name], OutcomeDisputed) for name in OTHER] == [[], []]
    federation.stop()


def agree(two: MemoryFederation, text: Agreement = TEXT) -> None:
    agreement_acts.offer(two[SUZHOU], text, OFFICER)
    two.settle()
    for name in OTHER:
        agreement_acts.sign(two[name], text, LEGAL_REPRESENTATIVE)
        two.settle()


def command(two: MemoryFederation) -> TakeIn:
    matter = Matter(two[SUZHOU].new_case("320500"), ITEM, Mode.DELEGATED_INTAKE)
    return application(matter, two[SUZHOU].kernel.clock.now())


def take_in(two: MemoryFederation) -> str:
    asked = command(two)
    assert not isinstance(two[SUZHOU].execute(asked), Refusal)
    return asked.case


def state(two: MemoryFederation, case: str) -> CaseState:
    """Where a case stands at the counter when all is said; the other agrees if it has it."""
    two.settle()
    ours, theirs = (two[name].case_state(case) for name in OTHER)
    assert ours is not None
    assert theirs is None or theirs.holder == ours.holder
    return ours


def put_clock(two: MemoryFederation, name: str, day: datetime) -> None:
    """Give one node a clock of its own, which it has from its next start."""
    node = two.nodes[name]
    node.clock = SetClock(day)
    node.stop()
    node.start()
    two.settle()


def at(hour: time, day_offset: int = 0) -> datetime:
    return datetime.combine(TOMORROW + timedelta(days=day_offset), hour, CHINA_TIME)


def test_of_two_counters_that_cross_the_holders_stands(two: MemoryFederation) -> None:
    texts = [replace(TEXT, version=number) for number in (2, 3, 4)]
    for name in OTHER:
        with two[name].kernel.database.write() as connection:
            for text in texts:
                two[name].kernel.library.put(connection, document_bytes(text))
    first, second, third = map(document_digest, texts)
    table, by = two[SUZHOU].negotiations.fresh_name(), TOMORROW.isoformat()
    propose = ProposeAgreement(negotiation=table, actor=CLERK, document=first, answer_by=by)
    two[SUZHOU].execute(propose, partner=HANGZHOU)
    two.settle()
    counter = CounterProposal(
        negotiation=table, actor=CLERK, version=1, document=second, answer_by=by
    )
    refused = two[SUZHOU].execute(replace(counter, document=third), partner=HANGZHOU)
    assert isinstance(refused, Refusal)
    assert refused.ground == NegotiationGround.NOT_YOUR_TURN
    two[HANGZHOU].execute(counter, partner=SUZHOU)
    event = NegotiationCountered(version=1, document=third, answer_by=by)
    liar = Liar(two[SUZHOU], HANGZHOU)
    liar.write(liar.draft(event, Subject(kind=SubjectKind.NEGOTIATION, id=table), actor=CLERK))
    two.settle()
    assert grounds(two[HANGZHOU], SUZHOU) == {
        "negotiation.countered": NegotiationGround.NOT_YOUR_TURN
    }
    for name, partner in OTHER.items():
        (known,) = two[name].negotiations.with_partner(partner)
        assert [version.document for version in known.versions] == [first, second]


def test_a_party_that_signs_and_thinks_better_of_it_suspends_and_both_stop(
    two: MemoryFederation,
) -> None:
    agreement_acts.offer(two[SUZHOU], TEXT, OFFICER)
    two.settle()
    agreement_acts.sign(two[SUZHOU], TEXT, LEGAL_REPRESENTATIVE)
    suspended = agreement_acts.suspend(two[SUZHOU], TEXT, OFFICER, ground="doubt", items=())
    assert taken(suspended)
    agreement_acts.sign(two[HANGZHOU], TEXT, LEGAL_REPRESENTATIVE)
    two.settle()
    assert refusal(two) == AgreementGround.SUSPENDED
    assert taken(agreement_acts.resume(two[SUZHOU], TEXT, OFFICER, items=()))
    assert state(two, take_in(two)).holder == HANGZHOU


def test_before_the_first_day_by_the_receivers_clock_nothing_is_taken(
    two: MemoryFederation,
) -> None:
    agree(two, replace(TEXT, valid_from=TOMORROW))
    assert refusal(two) == AgreementGround.NOT_YET_IN_FORCE
    put_clock(two, SUZHOU, at(time(0, 5)))
    found = state(two, take_in(two))
    assert (found.holder, found.returned) == (SUZHOU, AgreementGround.NOT_YET_IN_FORCE)


def test_what_the_senders_clock_held_for_too_early_it_does_not_send(two: MemoryFederation) -> None:
    agree(two, replace(TEXT, valid_from=TOMORROW))
    put_clock(two, HANGZHOU, at(time(0, 5)))
    assert refusal(two) == AgreementGround.NOT_YET_IN_FORCE
    put_clock(two, SUZHOU, at(time(0, 6)))
    assert state(two, take_in(two)).holder == HANGZHOU


def test_an_item_that_vanished_takes_nothing_new_and_its_cases_go_on(
    two: MemoryFederation,
) -> None:
    agree(two)
    two[HANGZHOU].openings.open_to_all([ITEM.code])
    two[HANGZHOU].openings.tell_all()
    two.settle()
    case = take_in(two)
    two.settle()
    late = command(two)
    two[HANGZHOU].published.withdraw([ITEM.code])
    two[HANGZHOU].openings.tell_all()
    late = replace(late, taken_in_at=two.clock.now())
    assert not isinstance(two[SUZHOU].execute(late), Refusal)
    assert state(two, late.case).returned == CaseGround.ITEM_WITHDRAWN
    assert not isinstance(two[HANGZHOU].execute(accept(case)), Refusal)
    assert state(two, case).holder == HANGZHOU


@pytest.mark.parametrize("run_off", RunOff)
def test_an_amendment_leaves_no_case_without_an_end(two: MemoryFederation, run_off: RunOff) -> None:
    """The new text opens nothing; cases under way go by the run-off rule of the old one."""
    agree(two, ending(TEXT, run_off))
    case = take_in(two)
    two.settle()
    agree(two, amended(ending(TEXT, run_off)))
    assert refusal(two) in {AgreementGround.SUPERSEDED, AgreementGround.ITEM_NOT_GRANTED}
    assert not isinstance(two[HANGZHOU].execute(accept(case)), Refusal)
    assert state(two, case).holder == HANGZHOU


def test_of_two_amendments_whose_last_signatures_cross_one_stands_for_both(
    two: MemoryFederation,
) -> None:
    agree(two)
    narrow = amended(TEXT)
    wide = replace(TEXT, version=9, supersedes=document_digest(TEXT))
    for text in (narrow, wide):
        agreement_acts.offer(two[SUZHOU], text, OFFICER)
    two.settle()
    agreement_acts.sign(two[SUZHOU], narrow, LEGAL_REPRESENTATIVE)
    agreement_acts.sign(two[HANGZHOU], wide, LEGAL_REPRESENTATIVE)
    two.settle()
    crossing = (SUZHOU, wide), (HANGZHOU, narrow)
    assert all(taken(agreement_acts.sign(two[n], t, LEGAL_REPRESENTATIVE)) for n, t in crossing)
    two.settle()
    stands = max((narrow, wide), key=document_digest)
    assert standing(two, SUZHOU) == standing(two, HANGZHOU) == [document_digest(stands)]


def test_nobody_lays_or_signs_an_amendment_whose_place_another_has(two: MemoryFederation) -> None:
    agree(two)
    late = replace(TEXT, version=9, supersedes=document_digest(TEXT))
    agreement_acts.offer(two[SUZHOU], late, OFFICER)
    two.settle()
    agree(two, amended(TEXT))
    (answer,) = agreement_acts.sign(two[SUZHOU], late, LEGAL_REPRESENTATIVE).values()
    assert answer == refuse(AgreementGround.PLACE_TAKEN, document_digest(amended(TEXT)))
    later = replace(late, version=10)
    (answer,) = agreement_acts.offer(two[HANGZHOU], later, OFFICER).values()
    assert answer == refuse(AgreementGround.PLACE_TAKEN, document_digest(amended(TEXT)))
    next_one = replace(later, supersedes=document_digest(amended(TEXT)))
    agree(two, next_one)
    assert standing(two, SUZHOU) == standing(two, HANGZHOU) == [document_digest(next_one)]


def standing(two: MemoryFederation, name: str) -> list[str]:
    """Digests of the texts that carry something new between the two, as one of them sees it."""
    pair = between(two[name].kernel, OTHER[name]).pair
    now = two.clock.now()
    return [digest for digest in pair.states if standing_of(pair, digest, now).in_force]


def accept(case: str) -> Accept:
    return Accept(case=case, actor=OFFICER, number="SL-1")


def ending(text: Agreement, run_off: RunOff) -> Agreement:
    clauses = tuple(
        replace(clause, run_off=run_off) if clause.run_off else clause for clause in text.clauses
    )
    return replace(text, clauses=clauses)


def amended(text: Agreement) -> Agreement:
    clauses = tuple(replace(clause, grants=()) for clause in text.clauses)
    return replace(
        text, version=text.version + 1, supersedes=document_digest(text), clauses=clauses
    )


def refusal(two: MemoryFederation) -> str:
    answer = two[SUZHOU].execute(command(two))
    assert isinstance(answer, Refusal)
    return answer.ground


def taken(answers: Answers) -> bool:
    return not any(isinstance(answer, Refusal) for answer in answers.values())
