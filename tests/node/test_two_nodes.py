from pathlib import Path

from tests.node.keeping import on_every_database
from tests.node.looking import stored, submit

from tongban.core.cases.commands import Recall
from tongban.core.cases.refusals import CaseGround
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus
from tongban.node.rebuild import rebuild
from tongban.testing.applications import (
    HEFEI,
    RESIDENT,
    SONGJIANG,
    accept,
    complete,
    grant,
    notify,
    online_application,
    publish,
)
from tongban.testing.memory_nodes import MemoryFederation

pytestmark = on_every_database


def states_agree(pair: MemoryFederation, case: str) -> bool:
    return pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)


def test_an_online_case_runs_from_submission_to_delivery(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.ended
    assert states_agree(pair, case)


def test_a_hand_over_is_in_transit_until_its_outcome_is_known(pair: MemoryFederation) -> None:
    case = submit(pair)
    before = pair[SONGJIANG].case_state(case)
    pair.settle()
    after = pair[SONGJIANG].case_state(case)
    assert before is not None
    assert after is not None
    assert (before.holder, before.transit is None) == (SONGJIANG, False)
    assert (after.holder, after.transit) == (HEFEI, None)


def test_one_round_trip_brings_the_outcome_back(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.exchange(SONGJIANG, HEFEI)
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.holder == HEFEI


def test_a_correction_goes_there_and_back_once(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(notify(case, "floor_plan"))
    pair.settle()
    pair[SONGJIANG].execute(complete(pair, case, "floor_plan"))
    pair.settle()
    second = pair[HEFEI].execute(notify(case, "floor_plan"))
    assert isinstance(second, Refusal)
    assert second.ground in {CaseGround.SECOND_CORRECTION, CaseGround.ACCEPTANCE_IS_OWED}
    assert not isinstance(pair[HEFEI].execute(accept(case)), Refusal)


def test_an_act_by_someone_who_does_not_hold_the_case_leaves_nothing(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    before = pair[SONGJIANG].history(case)
    refused = pair[SONGJIANG].execute(accept(case))
    assert isinstance(refused, Refusal)
    assert pair[SONGJIANG].history(case) == before


def test_a_lost_answer_costs_nothing(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.holder == HEFEI
    assert len(pair[HEFEI].history(case)) == 1


def test_a_letter_that_comes_twice_takes_effect_once(pair: MemoryFederation) -> None:
    case = submit(pair)
    letter = pair[SONGJIANG].conversation.say(HEFEI)
    pair[HEFEI].hear(letter)
    pair[HEFEI].hear(letter)
    pair.settle()
    assert len(pair[HEFEI].history(case)) == 1
    assert states_agree(pair, case)


def test_after_a_restart_every_channel_opens_a_new_generation(pair: MemoryFederation) -> None:
    pair.nodes[HEFEI].start()
    (row,) = pair[HEFEI].channels()
    assert row.status is ChannelStatus.COMPARING
    pair.settle()
    (row,) = pair[HEFEI].channels()
    assert (row.status, row.cosigned_generation) == (ChannelStatus.OPEN, 2)


def test_what_people_do_before_the_line_is_compared_waits_and_goes_out_later(
    pair: MemoryFederation,
) -> None:
    pair.nodes[SONGJIANG].start()
    publish(pair)
    command = online_application(pair)
    answer = pair[SONGJIANG].execute(command)
    assert not isinstance(answer, Refusal)
    assert answer.waiting
    pair.settle()
    state = pair[HEFEI].case_state(command.case)
    assert state is not None
    assert state.holder == HEFEI
    body = pair[HEFEI].read_body(command.case, "application", reader=RESIDENT, purpose="task")
    assert body == command.bodies[0].content


def test_an_intent_keeps_the_instant_at_which_it_was_done(pair: MemoryFederation) -> None:
    pair.nodes[SONGJIANG].start()
    publish(pair)
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    pair.clock.pass_days(1)
    pair.settle()
    state = pair[HEFEI].case_state(command.case)
    assert state is not None
    assert state.intake.taken_in_at == command.taken_in_at
    assert state.received_at is not None
    assert state.received_at > command.taken_in_at


def test_a_node_put_back_to_an_older_file_gets_everything_back(
    pair: MemoryFederation, tmp_path: Path
) -> None:
    node = pair.nodes[HEFEI]
    case = submit(pair)
    pair.settle()
    copy = tmp_path / "backup.db"
    node.copy_to(copy)
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].execute(grant(case))
    pair.settle()
    node.put_back(copy)
    pair.settle()
    state = pair[HEFEI].case_state(case)
    assert state is not None
    assert state.ended
    assert states_agree(pair, case)


def test_erasing_a_body_leaves_the_case_and_its_log_as_they_are(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    before = pair[HEFEI].case_state(case)
    erased = pair[HEFEI].erase_body(case, "application", actor=RESIDENT, ground="asked")
    assert erased == 1
    body = pair[HEFEI].read_body(case, "application", reader=RESIDENT, purpose="task")
    assert body is None
    assert pair[HEFEI].case_state(case) == before


def test_a_rebuild_gives_the_same_states_and_brings_no_erased_body_back(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(notify(case, "floor_plan"))
    pair.settle()
    pair[SONGJIANG].execute(complete(pair, case, "floor_plan"))
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair[HEFEI].erase_body(case, "application", actor=RESIDENT, ground="asked")
    pair.settle()
    for name in (SONGJIANG, HEFEI):
        before = stored(pair[name])
        rebuild(pair[name].kernel)
        assert stored(pair[name]) == before
    body = pair[HEFEI].read_body(case, "application", reader=RESIDENT, purpose="task")
    assert body is None
    pair[HEFEI].execute(grant(case))
    pair.settle()
    assert states_agree(pair, case)


def test_a_recall_in_the_same_push_brings_the_case_back(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair[SONGJIANG].execute(Recall(case=case, actor=RESIDENT))
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert (state.holder, state.stage, state.returned) == (SONGJIANG, "taken_in", "recalled")
    assert pair[HEFEI].case_state(case) is None
