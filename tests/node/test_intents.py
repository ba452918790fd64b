"""What people do while a line is closed: in order, once, and never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from tests.node.looking import believed, entries_of, home_events, rows_of, submit

from tongban.catalogue import load_instruments
from tongban.core.agreements.commands import Cite
from tongban.core.agreements.document import document_bytes
from tongban.core.cases.commands import Dispatch, RequestWithdrawal
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import CaseState
from tongban.core.channel.refusals import ChannelGround
from tongban.core.home.events import IntentRecorded, IntentSettled
from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.node.node import Node
from tongban.node.ports import Change, Connection
from tongban.testing.applications import (
    HEFEI,
    OFFICER,
    RESIDENT,
    SONGJIANG,
    accept,
    grant,
    online_application,
)
from tongban.testing.memory_nodes import MemoryFederation


@dataclass(slots=True)
class Recorder:
    """A projector that keeps what it is told."""

    changes: list[Change] = field(default_factory=list)

    def project(self, connection: Connection, changes: Sequence[Change]) -> None:
        del connection
        self.changes += changes

    def forget(self, connection: Connection) -> None:
        del connection
        self.changes.clear()


def close_line(pair: MemoryFederation, name: str) -> None:
    """Start again, with a partner that does not answer."""
    pair.cut |= {(SONGJIANG, HEFEI), (HEFEI, SONGJIANG)}
    pair.nodes[name].stop()
    pair.nodes[name].start()


def open_line(pair: MemoryFederation) -> None:
    pair.cut.clear()
    pair.settle()


def received(pair: MemoryFederation, by: str, writer: str) -> list[str]:
    return [row.type for row in rows_of(pair[by], LogKind.MIRROR, writer)]


@pytest.fixture
def case(pair: MemoryFederation) -> str:
    case = submit(pair)
    pair.settle()
    return case


def test_what_was_done_goes_out_in_the_order_in_which_it_was_done(
    pair: MemoryFederation, case: str
) -> None:
    close_line(pair, HEFEI)
    for command in (accept(case), grant(case)):
        answer = pair[HEFEI].execute(command)
        assert not isinstance(answer, Refusal)
        assert answer.waiting
    open_line(pair)
    types = received(pair, SONGJIANG, HEFEI)
    assert types.index("case.accepted") < types.index("case.decided")
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.ended


def test_who_presses_twice_is_told_so_at_once(pair: MemoryFederation, case: str) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    again = pair[HEFEI].execute(accept(case))
    assert isinstance(again, Refusal)
    assert again.ground in {CaseGround.ALREADY_DONE, CaseGround.WRONG_STAGE}
    open_line(pair)
    assert len(home_events(pair[HEFEI], IntentRecorded)) == 1
    assert received(pair, SONGJIANG, HEFEI).count("case.accepted") == 1


def test_a_dispatch_that_waits_cannot_be_made_again(pair: MemoryFederation) -> None:
    close_line(pair, SONGJIANG)
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    again = pair[SONGJIANG].execute(
        Dispatch(case=command.case, actor=RESIDENT, bodies=command.bodies)
    )
    assert isinstance(again, Refusal)
    assert again.ground == CaseGround.IN_TRANSIT


def test_people_see_the_ground_on_the_home_log_and_in_the_read_models(
    pair: MemoryFederation,
) -> None:
    recorder = Recorder()
    pair.nodes[SONGJIANG].projectors = (recorder,)
    close_line(pair, SONGJIANG)
    copy = pair.folder / "early.copy"
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    withdrawn = RequestWithdrawal(case=command.case, actor=RESIDENT)
    pair.nodes[SONGJIANG].copy_to(copy)
    open_line(pair)
    pair[HEFEI].execute(accept(command.case))
    pair[HEFEI].execute(grant(command.case))
    pair.settle()
    pair.nodes[SONGJIANG].put_back(copy)
    pair.cut |= {(SONGJIANG, HEFEI), (HEFEI, SONGJIANG)}
    answer = pair[SONGJIANG].execute(withdrawn)
    assert not isinstance(answer, Refusal)
    recorder.changes.clear()
    open_line(pair)
    grounds = [event.ground for event in home_events(pair[SONGJIANG], IntentSettled)]
    assert grounds == ["", CaseGround.ENDED]
    seen = [c for c in recorder.changes if isinstance(c.entry.event, IntentSettled)]
    assert [
        c.entry.event.ground for c in seen if isinstance(c.entry.event, IntentSettled)
    ] == grounds
    assert {c.entry.subject.id for c in seen} == {command.case}


def test_who_comes_while_others_still_wait_takes_the_last_place(
    pair: MemoryFederation, case: str
) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    desk = pair[HEFEI].desk
    pair[HEFEI].conversation._on_open = lambda _: None
    open_line(pair)
    assert received(pair, SONGJIANG, HEFEI).count("case.accepted") == 0
    answer = pair[HEFEI].execute(grant(case))
    assert not isinstance(answer, Refusal)
    assert not answer.waiting
    assert desk.settle_intents(SONGJIANG)
    pair.settle()
    types = received(pair, SONGJIANG, HEFEI)
    assert types.index("case.accepted") < types.index("case.decided")


def test_intents_for_agreements_wait_and_arrive(pair: MemoryFederation) -> None:
    (instrument, *_) = load_instruments()
    close_line(pair, SONGJIANG)
    with pair[SONGJIANG].kernel.database.write() as connection:
        digest = pair[SONGJIANG].kernel.library.put(connection, document_bytes(instrument))
    command = Cite(document=digest, actor=OFFICER)
    answer = pair[SONGJIANG].execute(command, partner=HEFEI)
    assert not isinstance(answer, Refusal)
    assert answer.waiting
    assert isinstance(pair[SONGJIANG].execute(command, partner=HEFEI), Refusal)
    open_line(pair)
    assert [state.document for state in pair[HEFEI].agreements_with(SONGJIANG)] == [digest]


def test_bodies_that_wait_can_be_read_and_arrive(pair: MemoryFederation, case: str) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    command = grant(case)
    pair[HEFEI].execute(command)
    body = pair[HEFEI].read_body(case, "result", reader=OFFICER, purpose="task")
    assert body == command.bodies[1].content
    open_line(pair)
    there = pair[SONGJIANG].read_body(case, "result", reader=RESIDENT, purpose="own")
    assert there == command.bodies[1].content


def test_an_intent_survives_further_starts_and_keeps_its_instant(
    pair: MemoryFederation, case: str
) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    (recorded,) = [
        entry
        for entry in entries_of(pair[HEFEI], LogKind.HOME)
        if isinstance(entry.event, IntentRecorded)
    ]
    for _ in range(2):
        pair.clock.pass_days(1)
        close_line(pair, HEFEI)
    open_line(pair)
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.accepted_at == recorded.at


def test_the_payload_of_a_settled_intent_is_gone(pair: MemoryFederation, case: str) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    open_line(pair)
    with pair[HEFEI].kernel.database.read() as connection:
        rows = connection.execute("SELECT ground, sealed FROM tongban_intent").fetchall()
    assert rows == [("", None)]


def test_what_was_taken_in_can_be_read_before_and_without_any_hand_over(
    pair: MemoryFederation,
) -> None:
    """Why the home log keeps bodies of its own (docs/decisions/0010)."""
    close_line(pair, SONGJIANG)
    case = submit(pair)
    node = pair[SONGJIANG]
    with node.kernel.database.write() as connection:
        for intent in node.kernel.store.pending_intents(connection, HEFEI):
            node.kernel.store.settle_intent(connection, intent.id, "expired")
    assert node.read_body(case, "application", reader=RESIDENT, purpose="own") is not None
    assert node.erase_body(case, "application", actor=OFFICER, ground="asked") == 1
    assert node.read_body(case, "application", reader=RESIDENT, purpose="own") is None


def test_what_is_erased_while_it_waits_never_reaches_the_partner(pair: MemoryFederation) -> None:
    close_line(pair, SONGJIANG)
    case = submit(pair)
    node = pair[SONGJIANG]
    assert node.erase_body(case, "application", actor=OFFICER, ground="asked") == 2
    open_line(pair)
    assert node.read_body(case, "application", reader=RESIDENT, purpose="own") is None
    assert pair[HEFEI].read_body(case, "application", reader=OFFICER, purpose="x") is None
    state = node.case_state(case)
    assert state is not None
    assert state.holder == SONGJIANG


def test_what_comes_back_for_an_erased_paper_goes_again_with_it_in_both_views(
    pair: MemoryFederation,
) -> None:
    close_line(pair, SONGJIANG)
    case = submit(pair)
    pair[SONGJIANG].erase_body(case, "application", actor=OFFICER, ground="asked")
    open_line(pair)
    again = Dispatch(case=case, actor=RESIDENT, bodies=online_application(pair).bodies)
    assert not isinstance(pair[SONGJIANG].execute(again), Refusal)
    pair.settle()
    known = state_of(pair[SONGJIANG], case)
    assert known.holder == HEFEI
    assert known.bodies == believed(pair[HEFEI], SONGJIANG, case).bodies


def state_of(node: Node, case: str) -> CaseState:
    state = node.case_state(case)
    assert state is not None
    return state


def test_an_act_that_waits_looks_only_at_what_waits_beside_it(
    pair: MemoryFederation, case: str
) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    open_line(pair)
    close_line(pair, HEFEI)
    answer = pair[HEFEI].execute(grant(case))
    assert not isinstance(answer, Refusal)
    open_line(pair)
    assert [event.ground for event in home_events(pair[HEFEI], IntentSettled)] == ["", ""]


def test_an_intake_that_is_refused_leaves_nothing_that_waits(pair: MemoryFederation) -> None:
    close_line(pair, SONGJIANG)
    command = replace(online_application(pair), bodies=())
    answer = pair[SONGJIANG].execute(command)
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.BODY_MISSING
    assert home_events(pair[SONGJIANG], IntentRecorded) == []


def test_an_act_on_a_case_that_nobody_knows_is_refused(pair: MemoryFederation) -> None:
    answer = pair[HEFEI].execute(accept("nowhere"))
    assert isinstance(answer, Refusal)
    assert answer.ground == CaseGround.UNKNOWN_CASE


def test_what_waits_of_other_cases_and_without_the_body_stays_as_it_is(
    pair: MemoryFederation,
) -> None:
    close_line(pair, SONGJIANG)
    cases = [submit(pair), submit(pair)]
    pair[SONGJIANG].execute(RequestWithdrawal(case=cases[0], actor=RESIDENT))
    pair[SONGJIANG].erase_body(cases[0], "application", actor=OFFICER, ground="asked_for")
    open_line(pair)
    states = [pair[SONGJIANG].case_state(case) for case in cases]
    assert [state.returned for state in states if state] == [CaseGround.BODY_MISSING, ""]
    assert pair[HEFEI].case_state(cases[0]) is None
    assert pair[HEFEI].case_state(cases[1]) is not None


def test_an_intent_that_somebody_settled_meanwhile_is_passed_over(
    pair: MemoryFederation, case: str
) -> None:
    close_line(pair, HEFEI)
    pair[HEFEI].execute(accept(case))
    (recorded,) = home_events(pair[HEFEI], IntentRecorded)
    open_line(pair)
    assert pair[HEFEI].desk._settle(SONGJIANG, recorded.intent)
    assert len(home_events(pair[HEFEI], IntentSettled)) == 1


def test_an_act_towards_a_node_that_is_not_paired_is_refused(pair: MemoryFederation) -> None:
    command = Cite(document="sha256:" + "0" * 64, actor=OFFICER)
    answer = pair[SONGJIANG].execute(command, partner="nobody.g60.demo")
    assert isinstance(answer, Refusal)
    assert answer.ground == ChannelGround.NO_LINE
