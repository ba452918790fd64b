"""Starts and generations, case by case (spec/channels.md, "Starts")."""

from pathlib import Path

import msgspec
import pytest
from tests.node.liar import Liar
from tests.node.looking import entries_of, home_events, rows_of, submit

from tongban.channels.messages import CompareRequest, Position, Segment
from tongban.core.cases.commands import Dispatch, Recall
from tongban.core.channel.events import GenerationOpened, OutcomeRecorded
from tongban.core.home.events import IntentSettled, OutcomeDisputed
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelRow, ChannelStatus, LogKind
from tongban.node import pushes
from tongban.testing.applications import (
    HEFEI,
    RESIDENT,
    SONGJIANG,
    accept,
    grant,
    notify,
    online_application,
)
from tongban.testing.memory_nodes import MemoryFederation

BOTH = (SONGJIANG, HEFEI)


def row(pair: MemoryFederation, name: str) -> ChannelRow:
    (found,) = pair[name].channels()
    return found


def restart(pair: MemoryFederation, *names: str) -> None:
    for name in names:
        pair.nodes[name].stop()
        pair.nodes[name].start()


def backup(pair: MemoryFederation, name: str, tag: str = "") -> Path:
    copy = pair.folder / f"{name}-{tag}.copy"
    copy.unlink(missing_ok=True)
    pair.nodes[name].copy_to(copy)
    return copy


def all_is_well(pair: MemoryFederation) -> bool:
    """Both open, both with the same two logs and states, and a new case goes through."""
    case = submit(pair)
    pair.settle()
    state = pair[SONGJIANG].case_state(case)
    return (
        state is not None
        and state.holder == HEFEI
        and [row(pair, name).status for name in BOTH] == [ChannelStatus.OPEN] * 2
        and all(
            [r.data for r in rows_of(pair[one], LogKind.OWN, other)]
            == [r.data for r in rows_of(pair[other], LogKind.MIRROR, one)]
            for one, other in (BOTH, BOTH[::-1])
        )
        and not any(home_events(pair[name], OutcomeDisputed) for name in BOTH)
    )


def test_both_restart_at_once(pair: MemoryFederation) -> None:
    submit(pair)
    restart(pair, *BOTH)
    assert pair.settle() < 10
    assert all_is_well(pair)


@pytest.mark.parametrize("name", BOTH)
def test_many_restarts_on_a_cut_line(pair: MemoryFederation, name: str) -> None:
    submit(pair)
    pair.cut |= {BOTH, BOTH[::-1]}
    for _ in range(3):
        restart(pair, name)
        pair.settle()
    pair.cut.clear()
    pair.settle()
    assert all_is_well(pair)


def test_nothing_is_written_and_nothing_taken_while_comparing(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    pair.cut |= {BOTH, BOTH[::-1]}
    submit(pair)
    restart(pair, HEFEI)
    before = len(list(rows_of(pair[HEFEI], LogKind.OWN, SONGJIANG)))
    answer = pair[HEFEI].execute(accept(case))
    assert not isinstance(answer, Refusal)
    assert answer.waiting
    taken = len(list(rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)))
    pair.cut.clear()
    pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    assert len(list(rows_of(pair[HEFEI], LogKind.OWN, SONGJIANG))) == before
    assert len(list(rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG))) == taken
    message = Liar(pair[HEFEI], SONGJIANG).message()
    assert (message.segments, message.holding) == ([], None)


def test_a_late_push_of_an_earlier_start_is_not_taken(pair: MemoryFederation) -> None:
    submit(pair)
    late = pair[SONGJIANG].conversation.say(HEFEI)
    restart(pair, SONGJIANG)
    pair.exchange(SONGJIANG, HEFEI)
    before = list(rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG))
    pair[HEFEI].hear(late)
    assert list(rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)) == before
    pair.settle()
    assert all_is_well(pair)


def test_a_late_request_of_an_earlier_start_shuts_nobody_out(pair: MemoryFederation) -> None:
    submit(pair)
    restart(pair, SONGJIANG)
    late = pair[SONGJIANG].conversation.say(HEFEI)
    restart(pair, SONGJIANG)
    lost = pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    pair[HEFEI].hear(late)
    assert lost is not None
    assert pair.settle() < 10
    assert all_is_well(pair)


def test_the_rest_of_an_old_generation_goes_before_the_new_one(pair: MemoryFederation) -> None:
    pair.cut |= {BOTH, BOTH[::-1]}
    cases = [submit(pair) for _ in range(3)]
    restart(pair, SONGJIANG)
    pair.cut.clear()
    pair.settle()
    assert [pair[HEFEI].case_state(case) is not None for case in cases] == [True] * 3
    types = [row.type for row in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]
    assert types == ["generation.opened", *["case.dispatched"] * 3, "generation.opened"]
    assert all_is_well(pair)


def test_a_rest_that_fills_several_pushes_arrives(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushes, "PUSH_ENTRIES", 2)
    pair.cut |= {BOTH, BOTH[::-1]}
    cases = [submit(pair) for _ in range(7)]
    restart(pair, SONGJIANG)
    pair.cut.clear()
    pair.settle()
    assert [pair[HEFEI].case_state(case) is not None for case in cases] == [True] * 7
    assert all_is_well(pair)


def test_a_crash_between_commit_and_signature_signs_the_same_statement(
    pair: MemoryFederation,
) -> None:
    pair.cut |= {BOTH, BOTH[::-1]}
    submit(pair)
    stated = statements(pair, SONGJIANG)
    restart(pair, SONGJIANG)
    pair.cut.clear()
    pair.settle()
    after = statements(pair, SONGJIANG)
    assert stated.items() <= after.items()
    assert all_is_well(pair)


def test_a_crash_between_signature_and_sending_signs_nothing_else(pair: MemoryFederation) -> None:
    submit(pair)
    pair[SONGJIANG].conversation.say(HEFEI)
    signed = signatures(pair, SONGJIANG)
    restart(pair, SONGJIANG)
    pair.settle()
    assert signed.items() <= signatures(pair, SONGJIANG).items()
    assert all_is_well(pair)


def statements(pair: MemoryFederation, name: str) -> dict[tuple[object, ...], object]:
    with pair[name].kernel.database.read() as connection:
        rows = connection.execute(
            "SELECT log, generation, size, kind, root, at FROM tongban_statement"
        ).fetchall()
    return {line[:4]: line[4:] for line in rows}


def signatures(pair: MemoryFederation, name: str) -> dict[tuple[object, ...], object]:
    with pair[name].kernel.database.read() as connection:
        rows = connection.execute(
            "SELECT log, generation, size, kind, signature FROM tongban_statement"
            " WHERE signature IS NOT NULL"
        ).fetchall()
    return {line[:4]: line[4:] for line in rows}


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("name", BOTH)
def test_a_node_is_put_back_to_one_copy_again_and_again(
    pair: MemoryFederation, name: str, times: int
) -> None:
    case = submit(pair)
    pair.settle()
    copy = backup(pair, name)
    pair[HEFEI].execute(notify(case, "floor_plan"))
    submit(pair)
    pair.settle()
    for _ in range(times):
        submit(pair)
        pair.settle()
        pair.nodes[name].put_back(copy)
        pair.settle()
    assert all_is_well(pair)
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)


@pytest.mark.parametrize("name", BOTH)
def test_a_node_is_put_back_with_work_under_way_in_both_directions(
    pair: MemoryFederation, name: str
) -> None:
    first = submit(pair)
    pair.settle()
    copy = backup(pair, name)
    pair.cut |= {BOTH, BOTH[::-1]}
    second = submit(pair)
    pair[HEFEI].execute(accept(first))
    pair[HEFEI].execute(grant(first))
    pair.nodes[name].put_back(copy)
    pair.cut.clear()
    pair.settle()
    assert all_is_well(pair)
    for case in (first, second):
        assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case) or (
            name == SONGJIANG and case == second
        )


def test_a_case_that_came_back_and_went_again_is_given_back(pair: MemoryFederation) -> None:
    copy = backup(pair, SONGJIANG)
    case = submit(pair)
    pair[SONGJIANG].execute(Recall(case=case, actor=RESIDENT))
    pair.settle()
    again = Dispatch(case=case, actor=RESIDENT, bodies=online_application(pair).bodies)
    assert not isinstance(pair[SONGJIANG].execute(again), Refusal)
    pair.settle()
    pair.nodes[SONGJIANG].put_back(copy)
    pair.settle()
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    assert all_is_well(pair)


def test_both_are_put_back_and_agree_on_the_rest(pair: MemoryFederation) -> None:
    first = submit(pair)
    pair.settle()
    copies = {name: backup(pair, name) for name in BOTH}
    second = submit(pair)
    pair.settle()
    for name, copy in copies.items():
        pair.nodes[name].put_back(copy)
    pair.settle()
    assert pair[SONGJIANG].case_state(first) == pair[HEFEI].case_state(first)
    assert pair[HEFEI].case_state(second) is None
    assert all_is_well(pair)


def test_an_old_request_in_the_drop_box_reopens_no_closed_generation(
    pair: MemoryFederation,
) -> None:
    """Both are put back, and the platform still holds what they said since their backups."""
    copies = {name: backup(pair, name) for name in BOTH}
    restart(pair, SONGJIANG)
    asked = pair[SONGJIANG].conversation.say(HEFEI)
    pair.settle()
    case = submit(pair)
    pushed = pair[SONGJIANG].conversation.say(HEFEI)
    for name, copy in copies.items():
        pair.nodes[name].put_back(copy)
    pair.settle()
    for late in (asked, pushed):
        pair[HEFEI].hear(late)
    assert pair[HEFEI].case_state(case) is None
    pair.settle()
    assert all_is_well(pair)


def test_a_request_to_an_earlier_start_is_not_honoured(pair: MemoryFederation) -> None:
    restart(pair, SONGJIANG)
    asked = pair[SONGJIANG].conversation.say(HEFEI)
    restart(pair, HEFEI)
    before = row(pair, HEFEI).peer_start
    pair[HEFEI].hear(asked)
    assert row(pair, HEFEI).peer_start == before
    pair.settle()
    assert all_is_well(pair)


def test_a_request_that_comes_twice_is_answered_and_harms_nothing(pair: MemoryFederation) -> None:
    restart(pair, SONGJIANG)
    asked = pair[SONGJIANG].conversation.say(HEFEI)
    pair.settle()
    pair[HEFEI].hear(asked)
    pair[HEFEI].hear(asked)
    assert all_is_well(pair)


def test_an_answer_to_an_earlier_start_is_passed_over(pair: MemoryFederation) -> None:
    restart(pair, SONGJIANG)
    late = pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    assert late is not None
    restart(pair, SONGJIANG)
    pair[SONGJIANG].conversation.hear_reply(HEFEI, late)
    assert row(pair, SONGJIANG).status is ChannelStatus.COMPARING
    pair.settle()
    assert all_is_well(pair)


def test_an_answer_of_an_earlier_start_of_the_peer_is_asked_for_again(
    pair: MemoryFederation,
) -> None:
    restart(pair, SONGJIANG)
    answer = pair[HEFEI].hear(pair[SONGJIANG].conversation.say(HEFEI))
    assert answer is not None
    restart(pair, HEFEI)
    pair[SONGJIANG].hear(pair[HEFEI].conversation.say(SONGJIANG))
    pair[SONGJIANG].conversation.hear_reply(HEFEI, answer)
    assert row(pair, SONGJIANG).status is ChannelStatus.COMPARING
    pair.settle()
    assert all_is_well(pair)


def test_a_peer_that_shows_more_of_our_log_makes_us_start_again(pair: MemoryFederation) -> None:
    start = row(pair, SONGJIANG).own_start
    liar = Liar(pair[HEFEI], SONGJIANG)
    holding = liar.message().holding
    assert holding is not None
    more = Position(generation=holding.position.generation, size=holding.position.size + 1)
    pair[SONGJIANG].hear(liar.say(holding=type(holding)(position=more, notes=[])))
    assert row(pair, SONGJIANG).status is ChannelStatus.COMPARING
    assert row(pair, SONGJIANG).own_start != start
    pair.settle()
    assert all_is_well(pair)


def test_who_is_told_that_its_start_is_unknown_starts_again_once(pair: MemoryFederation) -> None:
    start = row(pair, SONGJIANG).own_start
    liar = Liar(pair[HEFEI], SONGJIANG)
    told = liar.say(trouble="unknown_start", about=start)
    pair[SONGJIANG].hear(told)
    again = row(pair, SONGJIANG).own_start
    pair[SONGJIANG].hear(told)
    assert start != again == row(pair, SONGJIANG).own_start
    pair.settle()
    assert all_is_well(pair)


def test_a_bad_answer_opens_nothing(pair: MemoryFederation) -> None:
    restart(pair, SONGJIANG)
    asked = Liar(pair[SONGJIANG], HEFEI).message().request
    assert isinstance(asked, CompareRequest)
    liar = Liar(pair[HEFEI], SONGJIANG)
    answer = liar.message(request=asked).answer
    assert answer is not None
    bad = type(answer)(
        for_start=answer.for_start,
        start=answer.start,
        askers_log=[_segment(liar)],
        answerers_log=[],
    )
    pair[SONGJIANG].hear(liar.say(answer=bad))
    assert row(pair, SONGJIANG).status is ChannelStatus.COMPARING
    pair.settle()
    assert all_is_well(pair)


def test_own_entries_that_saw_more_than_comes_back_with_them_open_nothing(
    pair: MemoryFederation,
) -> None:
    """A partner that forgot what it had written gave back only what was written because of it."""
    empty = backup(pair, HEFEI, "empty")
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    pair.nodes[HEFEI].put_back(empty)
    liar = Liar(pair[SONGJIANG], HEFEI)
    pair[HEFEI].hear(liar.say())
    asked = Liar(pair[HEFEI], SONGJIANG).message().request
    answer = liar.message(request=asked).answer
    assert answer is not None
    assert answer.answerers_log
    withheld = msgspec.structs.replace(answer, answerers_log=[])
    pair[HEFEI].hear(liar.say(answer=withheld))
    assert row(pair, HEFEI).status is ChannelStatus.COMPARING
    pair.settle()
    assert pair[HEFEI].case_state(case) == pair[SONGJIANG].case_state(case)


def _segment(liar: Liar) -> Segment:
    """Something of the liar's own log, given as if it were the asker's."""
    kernel = liar.node.kernel
    with kernel.database.read() as connection:
        log = kernel.store.find_log(connection, kind=LogKind.OWN, peer=liar.peer)
        assert log is not None
        nowhere = Position(generation=0, size=0)
        (stretch, *_) = pushes.stretches(kernel, connection, log, nowhere)
    return pushes.read_segment(kernel, stretch)


def test_an_intent_whose_entry_comes_back_is_not_done_twice(pair: MemoryFederation) -> None:
    restart(pair, SONGJIANG)
    command = online_application(pair)
    answer = pair[SONGJIANG].execute(command)
    assert not isinstance(answer, Refusal)
    copy = backup(pair, SONGJIANG)
    pair.settle()
    pair.nodes[SONGJIANG].put_back(copy)
    pair.settle()
    assert [event.ground for event in home_events(pair[SONGJIANG], IntentSettled)] == [""]
    types = [row.type for row in rows_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)]
    assert types.count("case.dispatched") == 1
    assert all_is_well(pair)


def test_each_start_costs_one_opening_and_no_outcome(pair: MemoryFederation) -> None:
    before = len(entries_of(pair[HEFEI], LogKind.OWN, SONGJIANG))
    restart(pair, SONGJIANG)
    pair.settle()
    after = entries_of(pair[HEFEI], LogKind.OWN, SONGJIANG)
    assert len(after) == before
    restart(pair, HEFEI)
    pair.settle()
    new = entries_of(pair[HEFEI], LogKind.OWN, SONGJIANG)[before:]
    assert [type(entry.event) for entry in new] == [GenerationOpened]


def test_the_clock_may_jump_ten_years_either_way_between_starts(pair: MemoryFederation) -> None:
    for days in (3650, -7300, 3650):
        pair.clock.pass_days(days)
        restart(pair, *BOTH)
        pair.settle()
        assert all_is_well(pair)


def test_a_node_that_lost_its_disk_gets_everything_back(pair: MemoryFederation) -> None:
    empty = backup(pair, HEFEI, "empty")
    cases = [submit(pair) for _ in range(3)]
    pair.settle()
    pair[HEFEI].execute(accept(cases[0]))
    pair.settle()
    pair.nodes[HEFEI].put_back(empty)
    pair.settle()
    for case in cases:
        assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)
    outcomes = [
        entry.event
        for entry in entries_of(pair[HEFEI], LogKind.OWN, SONGJIANG)
        if isinstance(entry.event, OutcomeRecorded)
    ]
    ends = [(event.generation, event.size) for event in outcomes]
    assert ends == sorted(set(ends))
    assert all_is_well(pair)


def test_two_nodes_that_lose_their_disks_one_after_the_other_lose_nothing(
    pair: MemoryFederation,
) -> None:
    """A recovered log was stated only as a whole, and the partner had decided less than that."""
    empty = {name: backup(pair, name, "empty") for name in BOTH}
    case = submit(pair)
    pair.settle()
    pair[HEFEI].execute(accept(case))
    pair.settle()
    submit(pair)
    pair.settle()
    known = pair[SONGJIANG].case_state(case)
    for name in (HEFEI, SONGJIANG):
        pair.nodes[name].put_back(empty[name])
        pair.settle()
    assert pair[SONGJIANG].case_state(case) == known
    assert not any(home_events(pair[name], OutcomeDisputed) for name in BOTH)
    assert all_is_well(pair)


def test_a_file_of_an_abandoned_history_freezes_the_channel_and_nothing_is_forked(
    pair: MemoryFederation,
) -> None:
    """Monday's backup was restored, work went on, and now Tuesday's is put in its place."""
    monday = backup(pair, SONGJIANG, "monday")
    restart(pair, SONGJIANG)
    pair.settle()
    pair.cut.add(BOTH)
    submit(pair)
    tuesday = backup(pair, SONGJIANG, "tuesday")
    pair.cut.clear()
    pair.nodes[SONGJIANG].put_back(monday)
    pair.settle()
    assert all_is_well(pair)
    pair.nodes[SONGJIANG].put_back(tuesday)
    pair.settle()
    assert row(pair, SONGJIANG).status is ChannelStatus.FROZEN
    assert pair.settle() < 5
    pair.nodes[SONGJIANG].put_back(monday)
    pair.settle()
    assert all_is_well(pair)
