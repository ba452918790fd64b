"""What was decided and the counter may not deliver, or may not any more, its owner delivers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.node.looking import home_events

from tongban.catalogue import load_agreements
from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.clauses import RunOff
from tongban.core.agreements.commands import Resume, Suspend, Terminate
from tongban.core.agreements.document import document_digest
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.commands import Deliver
from tongban.core.cases.events import Delivery, Mode, PersonCheck
from tongban.core.cases.process import Power
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.home.events import OutcomeDisputed
from tongban.core.refusal import Refusal
from tongban.node.desk import Executed
from tongban.testing.applications import (
    HANGZHOU,
    LEGAL_REPRESENTATIVE,
    OFFICER,
    SUZHOU,
    accept,
    grant,
    item_of,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation
from tongban.testing.simulation.people import Matter, application, sign_both

BETWEEN = next(each for each in load_agreements() if each.nodes == {SUZHOU, HANGZHOU})


def stopping() -> Agreement:
    """Cases under way stop when it ends."""
    clauses = (
        replace(each, run_off=RunOff.STOP if each.run_off else None) for each in BETWEEN.clauses
    )
    return replace(BETWEEN, clauses=tuple(clauses))


def without_delivery() -> Agreement:
    """The counter takes in and does not deliver."""

    def kept(powers: tuple[Power, ...]) -> tuple[Power, ...]:
        return tuple(power for power in powers if power is not Power.DELIVER)

    clauses = (
        replace(each, grants=tuple(replace(g, powers=kept(g.powers)) for g in each.grants))
        for each in BETWEEN.clauses
    )
    return replace(BETWEEN, clauses=tuple(clauses))


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """Suzhou took a case in for Hangzhou under a text, and Hangzhou granted it."""

    federation: MemoryFederation
    digest: str
    case: str

    def deliver(self, name: str) -> str:
        answer = self.federation[name].execute(
            Deliver(
                case=self.case,
                actor=OFFICER,
                method=Delivery.COUNTER,
                person_check=PersonCheck.ID_CARD_SEEN,
            )
        )
        return answer.ground if isinstance(answer, Refusal) else ""

    def both(self) -> CaseState:
        """What both know in the end; neither computed anything otherwise than the other."""
        self.federation.settle()
        one, other = (self.federation[name].case_state(self.case) for name in (SUZHOU, HANGZHOU))
        assert one is not None
        assert one == other
        for name in (SUZHOU, HANGZHOU):
            assert not home_events(self.federation[name], OutcomeDisputed)
        return one


def decided(federation: MemoryFederation, text: Agreement) -> Decided:
    publish(federation)
    federation.settle()
    for _ in range(2):
        sign_both({name: federation[name] for name in federation.names}, text)
        federation.settle()
    item = item_of(HANGZHOU, Mode.DELEGATED_INTAKE)
    matter = Matter(federation[SUZHOU].new_case("320500"), item, Mode.DELEGATED_INTAKE)
    asked = replace(application(matter, federation.clock.now()), delivery=Delivery.COUNTER)
    taken = federation[SUZHOU].execute(asked)
    assert isinstance(taken, Executed)
    for step in (accept, grant):
        federation.settle()
        assert isinstance(federation[HANGZHOU].execute(step(taken.subject)), Executed)
    federation.settle()
    return Decided(federation=federation, digest=document_digest(text), case=taken.subject)


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[MemoryFederation]:
    made = MemoryFederation(tmp_path, (SUZHOU, HANGZHOU))
    yield made
    made.stop()


def test_while_the_counter_may_deliver_the_authority_does_not(federation: MemoryFederation) -> None:
    case = decided(federation, BETWEEN)
    assert case.deliver(HANGZHOU) == CaseGround.WRONG_PARTY
    assert case.deliver(SUZHOU) == ""
    assert case.both().stage == "delivered"


def test_what_no_clause_lets_the_counter_deliver_the_authority_delivers(
    federation: MemoryFederation,
) -> None:
    case = decided(federation, without_delivery())
    assert case.deliver(SUZHOU) == AgreementGround.POWER_NOT_GRANTED
    assert case.deliver(HANGZHOU) == ""
    assert case.both().stage == "delivered"
    assert case.deliver(HANGZHOU) != ""


def test_what_an_ended_agreement_stops_the_authority_delivers(federation: MemoryFederation) -> None:
    case = decided(federation, stopping())
    last_day = china_day(federation.clock.now())
    end = Terminate(document=case.digest, actor=LEGAL_REPRESENTATIVE, ground="x", last_day=last_day)
    assert isinstance(federation[HANGZHOU].execute(end, partner=SUZHOU), Executed)
    federation.settle()
    federation.clock.pass_days(2)
    federation.settle()
    assert case.deliver(SUZHOU) == AgreementGround.TERMINATED
    assert case.deliver(HANGZHOU) == ""
    assert case.both().stage == "delivered"


def test_a_delivery_that_crosses_the_return_of_the_power_is_marked_for_people(
    federation: MemoryFederation,
) -> None:
    """By the counter's clock it had the power again: one of the two delivers, and people see."""
    case = decided(federation, stopping())
    stop = Suspend(document=case.digest, actor=OFFICER, ground="audit")
    assert isinstance(federation[SUZHOU].execute(stop, partner=HANGZHOU), Executed)
    federation.settle()
    ways = {(SUZHOU, HANGZHOU), (HANGZHOU, SUZHOU)}
    federation.cut |= ways
    assert case.deliver(HANGZHOU) == ""
    go_on = Resume(document=case.digest, actor=OFFICER)
    assert isinstance(federation[SUZHOU].execute(go_on, partner=HANGZHOU), Executed)
    federation.cut -= ways
    federation.settle()
    one, other = (federation[name].case_state(case.case) for name in (HANGZHOU, SUZHOU))
    assert one is not None
    assert other is not None
    assert (one.stage, other.stage) == ("decided", "decided")
    assert [flag.detail for flag in one.flags] == [CaseGround.WRONG_PARTY]
    assert case.deliver(SUZHOU) == ""
