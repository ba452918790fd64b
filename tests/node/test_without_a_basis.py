"""J9: what no basis carries is refused at the counter, leaves nothing, and shuts nobody out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.node.looking import home_events, stored

from tongban.catalogue import load_agreements
from tongban.core.agreements.agreement import PublicationDuty
from tongban.core.agreements.document import Agreement, document_digest
from tongban.core.agreements.refusals import AgreementGround as Ground
from tongban.core.cases.commands import Dispatch, TakeIn
from tongban.core.cases.events import Mode
from tongban.core.cases.state import CaseState
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.entry import Actor, ActorKind, BasisKind
from tongban.core.grounds import words_for
from tongban.core.home.events import OutcomeDisputed
from tongban.core.refusal import Refusal, Remedy
from tongban.core.words import Words
from tongban.node import agreement_acts
from tongban.node.between import between
from tongban.node.desk import Executed
from tongban.testing.applications import (
    HANGZHOU,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SUZHOU,
    item_of,
    publish,
)
from tongban.testing.memory_nodes import BEGINNING, MemoryFederation
from tongban.testing.simulation.people import Matter, application

ITEM = item_of(HANGZHOU, Mode.DELEGATED_INTAKE)
#: Who stands at the counter and says that it is to go in their own name.
APPLICANT = Actor(kind=ActorKind.APPLICANT)
TODAY = china_day(BEGINNING)

Change = Callable[[Agreement], Agreement]


def standing() -> Agreement:
    return next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})


@dataclass(slots=True)
class Counter:
    """Suzhou's counter, and Hangzhou in whose name it takes in."""

    two: MemoryFederation

    def agree(self, agreement: Agreement) -> None:
        agreement_acts.offer(self.two[SUZHOU], agreement, OFFICER)
        self.two.settle()
        for name in (SUZHOU, HANGZHOU):
            agreement_acts.sign(self.two[name], agreement, LEGAL_REPRESENTATIVE)
            self.two.settle()

    def command(self) -> TakeIn:
        matter = Matter(self.two[SUZHOU].new_case("320500"), ITEM, Mode.DELEGATED_INTAKE)
        return application(matter, self.two.clock.now())

    def take_in(self) -> str:
        answer = self.two[SUZHOU].execute(self.command())
        assert isinstance(answer, Executed), answer
        return answer.subject

    def refused(self) -> Refusal:
        """An intake that nothing carries: it is refused, and not a byte of it is anywhere."""
        before = [stored(self.two[name]) for name in self.two.names]
        command = self.command()
        answer = self.two[SUZHOU].execute(command)
        assert isinstance(answer, Refusal), answer
        self.two.settle()
        assert [stored(self.two[name]) for name in self.two.names] == before
        assert self.two[SUZHOU].case_state(command.case) is None
        return answer

    def state(self, name: str, case: str) -> CaseState:
        state = self.two[name].case_state(case)
        assert state is not None
        return state


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    federation = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    publish(federation)
    federation.settle()
    yield Counter(federation)
    federation.stop()


def without(agreement: Agreement, **grant: object) -> Agreement:
    """The agreement with other grants; what it no longer lists is outside it."""
    clauses = tuple(
        replace(
            clause,
            grants=tuple(replace(each, **grant) for each in clause.grants),  # type: ignore[arg-type]  # fields that the tests name
        )
        for clause in agreement.clauses
    )
    return replace(agreement, clauses=clauses)


def other_items(agreement: Agreement) -> Agreement:
    items = {item for clause in agreement.clauses for each in clause.grants for item in each.items}
    return without(agreement, items=tuple(sorted(items - {ITEM.code})))


def to_publish(agreement: Agreement) -> Agreement:
    where = Words(zh="政府网站", en="its website")
    duty = PublicationDuty(party=HANGZHOU, where=where, publish_by=agreement.valid_from)
    return replace(agreement, publications=(duty,))


def assert_tells_the_way(refusal: Refusal) -> None:
    """A clerk understands it in both languages, and the direct way is among what can be done."""
    words = words_for(refusal.ground)
    for part in (words.what, words.why, words.next):
        assert part.zh
        assert part.en
    assert Remedy.DIRECT_APPLICATION in refusal.remedies


def test_without_any_agreement_nothing_is_taken_in(counter: Counter) -> None:
    refusal = counter.refused()
    assert refusal.ground == Ground.NO_AGREEMENT
    assert_tells_the_way(refusal)


@pytest.mark.parametrize(
    ("change", "ground"),
    [
        (lambda a: replace(a, valid_from=TODAY + timedelta(days=1)), Ground.NOT_YET_IN_FORCE),
        (lambda a: replace(a, valid_until=TODAY - timedelta(days=1)), Ground.SIGNING_LAPSED),
        (to_publish, Ground.NOT_PUBLISHED),
        (other_items, Ground.ITEM_NOT_GRANTED),
        (lambda a: without(a, modes=(Mode.ALL_ONLINE,)), Ground.MODE_NOT_GRANTED),
    ],
)
def test_before_after_and_outside_of_a_clause_nothing_is_taken_in(
    counter: Counter, change: Change, ground: Ground
) -> None:
    counter.agree(change(standing()))
    refusal = counter.refused()
    assert refusal.ground == ground
    assert_tells_the_way(refusal)


def test_what_a_text_grants_is_indexed_once_for_all_transactions(counter: Counter) -> None:
    counter.agree(standing())
    kernel, digest = counter.two[SUZHOU].kernel, document_digest(standing())
    first, second = (between(kernel, HANGZHOU).pair.grants[digest] for _ in range(2))
    assert first is second


def test_after_the_last_day_nothing_is_taken_in(counter: Counter) -> None:
    counter.agree(replace(standing(), valid_until=TODAY))
    counter.take_in()
    counter.two.settle()
    counter.two.clock.pass_days(1)
    counter.two.settle()
    refusal = counter.refused()
    assert refusal.ground == Ground.EXPIRED
    assert_tells_the_way(refusal)


def test_what_one_has_not_signed_carries_nothing(counter: Counter) -> None:
    agreement_acts.offer(counter.two[SUZHOU], standing(), OFFICER)
    agreement_acts.sign(counter.two[SUZHOU], standing(), LEGAL_REPRESENTATIVE)
    counter.two.settle()
    assert counter.refused().ground == Ground.NOT_SIGNED_BY_ALL


def test_what_was_published_late_carries_from_then_on(counter: Counter) -> None:
    agreement = to_publish(standing())
    counter.agree(agreement)
    answers = agreement_acts.publish(counter.two[HANGZHOU], agreement, OFFICER, on=TODAY)
    assert all(isinstance(answer, Executed) for answer in answers.values())
    counter.two.settle()
    case = counter.take_in()
    counter.two.settle()
    assert counter.state(HANGZHOU, case).dispatched_on is BasisKind.CLAUSE


@pytest.mark.parametrize("party", ["", HANGZHOU])
def test_only_who_owes_a_publication_says_that_it_took_place(counter: Counter, party: str) -> None:
    agreement = to_publish(standing())
    counter.agree(agreement)
    node = counter.two[SUZHOU]
    (answer,) = agreement_acts.publish(node, agreement, OFFICER, on=TODAY, party=party).values()
    assert isinstance(answer, Refusal)
    expected = Ground.PUBLICATION_IS_THEIRS if party else Ground.NO_PUBLICATION_OWED
    assert answer.ground == expected


def test_while_it_is_suspended_and_after_its_last_day_nothing_is_taken_in(
    counter: Counter,
) -> None:
    agreement, hangzhou = standing(), counter.two[HANGZHOU]
    counter.agree(agreement)
    agreement_acts.suspend(hangzhou, agreement, OFFICER, ground="audit", items=())
    counter.two.settle()
    assert counter.refused().ground == Ground.SUSPENDED
    agreement_acts.resume(hangzhou, agreement, OFFICER, items=())
    last_day = TODAY + timedelta(days=agreement.notice_days + 1)
    agreement_acts.terminate(
        hangzhou, agreement, LEGAL_REPRESENTATIVE, ground="policy", last_day=last_day
    )
    counter.two.settle()
    after = datetime.combine(last_day, datetime.min.time(), CHINA_TIME) + timedelta(days=1)
    counter.two.clock.instant = after
    assert counter.refused().ground == Ground.TERMINATED


def test_what_was_received_keeps_its_date_and_goes_by_the_applicants_own_right(
    counter: Counter,
) -> None:
    """Hangzhou suspends while the case is on its way; a day later the applicant sends it alone."""
    agreement, two = standing(), counter.two
    counter.agree(agreement)
    agreement_acts.suspend(two[HANGZHOU], agreement, OFFICER, ground="audit", items=())
    case = counter.take_in()
    two.settle()
    back = counter.state(SUZHOU, case)
    assert (back.returned, back.holder) == (Ground.SUSPENDED, SUZHOU)
    two.clock.pass_days(1)
    bodies = application(Matter(case, ITEM, Mode.DELEGATED_INTAKE), two.clock.now()).bodies
    again = two[SUZHOU].execute(Dispatch(case=case, actor=OFFICER, bodies=bodies))
    assert isinstance(again, Refusal)
    assert again.ground == Ground.SUSPENDED
    sent = two[SUZHOU].execute(Dispatch(case=case, actor=APPLICANT, bodies=bodies))
    assert isinstance(sent, Executed)
    two.settle()
    there = counter.state(HANGZHOU, case)
    assert (there.holder, there.dispatched_on) == (HANGZHOU, BasisKind.OWN_RIGHT)
    assert there.intake.taken_in_at == back.intake.taken_in_at
    assert home_events(two[SUZHOU], OutcomeDisputed) == []
