"""Each outcome begins where the one before ended, and whoever hears another is told."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tongban.core.channel.events import AvailabilitySource, OutcomeRecorded
from tongban.core.entry import Actor, ActorKind, Event, Seen, Subject, SubjectKind
from tongban.core.home.events import OutcomeDisputed
from tongban.logs import wire
from tongban.logs.rows import LogKind
from tongban.node.rebuild import rebuild
from tongban.node.work import Draft, Work
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def submit(pair: MemoryFederation) -> str:
    command = online_application(pair)
    pair[SONGJIANG].execute(command)
    return command.case


def events_of(pair: MemoryFederation, name: str, kind: LogKind, peer: str = "") -> Iterator[Event]:
    kernel = pair[name].kernel
    with kernel.database.read() as connection:
        log = kernel.store.open_log(connection, kind=kind, peer=peer)
        for generation in kernel.store.generations(connection, log):
            place = (connection, log, generation.generation)
            for row in kernel.store.entries(*place, 0, generation.size):
                yield wire.decode(row.data or b"").event


def outcomes_of(pair: MemoryFederation, name: str, peer: str) -> list[OutcomeRecorded]:
    found = events_of(pair, name, LogKind.OWN, peer)
    return [event for event in found if isinstance(event, OutcomeRecorded)]


def disputes(pair: MemoryFederation) -> list[OutcomeDisputed]:
    found = [event for name in pair.names for event in events_of(pair, name, LogKind.HOME)]
    return [event for event in found if isinstance(event, OutcomeDisputed)]


def test_the_first_outcome_begins_with_the_log(pair: MemoryFederation) -> None:
    submit(pair)
    pair.settle()
    (outcome,) = outcomes_of(pair, HEFEI, SONGJIANG)
    assert (outcome.since_generation, outcome.since_size) <= (1, 1)
    assert (outcome.generation, outcome.size) == (1, 2)


def test_outcomes_never_overlap_and_nobody_disputes_them(pair: MemoryFederation) -> None:
    for restarted in (None, HEFEI, SONGJIANG, None):
        if restarted:
            pair.nodes[restarted].start()
            publish(pair)
        cases = [submit(pair) for _ in range(2)]
        pair.settle()
        pair[HEFEI].execute(accept(cases[0]))
        pair.settle()
    for name, peer in ((SONGJIANG, HEFEI), (HEFEI, SONGJIANG)):
        outcomes = outcomes_of(pair, name, peer)
        assert len(outcomes) > 2
        for earlier, later in pairwise(outcomes):
            assert (earlier.generation, earlier.size) <= (later.since_generation, later.since_size)
            assert (later.since_generation, later.since_size) < (later.generation, later.size)
    assert disputes(pair) == []


def claim(pair: MemoryFederation, since: int, size: int) -> None:
    """Let Hefei claim that it decided this stretch of what Songjiang wrote."""
    kernel = pair[HEFEI].kernel
    event = OutcomeRecorded(
        since_generation=1,
        since_size=since,
        generation=1,
        size=size,
        received_at=pair.clock.now(),
        available_at=pair.clock.now(),
        available_source=AvailabilitySource.NODE,
    )
    subject = Subject(kind=SubjectKind.CHANNEL, id=SONGJIANG)
    draft = Draft(event=event, subject=subject, actor=Actor(kind=ActorKind.SYSTEM))
    with kernel.database.write() as connection:
        work = Work(kernel, connection, kernel.clock.now())
        seen = Seen(generation=1, size=size)
        work.append(work.own_log(SONGJIANG), [draft], seen=seen)
        work.close()


def end_of_songjiang(pair: MemoryFederation) -> int:
    return len(list(events_of(pair, SONGJIANG, LogKind.OWN, HEFEI)))


def test_an_outcome_that_decides_again_is_disputed_and_changes_nothing(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    before = pair[SONGJIANG].case_state(case)
    claim(pair, 0, end_of_songjiang(pair))
    pair.settle()
    (dispute,) = disputes(pair)
    assert (dispute.peer, dispute.theirs, dispute.ours) == (HEFEI, "", "seen_unknown")
    assert pair[SONGJIANG].case_state(case) == before


def test_an_outcome_that_passes_over_an_entry_is_disputed_and_changes_nothing(
    pair: MemoryFederation,
) -> None:
    passed_over, decided = submit(pair), submit(pair)
    end = end_of_songjiang(pair)
    claim(pair, end - 1, end)
    pair[SONGJIANG].hear(pair[HEFEI].conversation.say(SONGJIANG))
    (dispute,) = disputes(pair)
    assert (dispute.index, dispute.theirs, dispute.ours) == (end, "", "seen_unknown")
    for case in (passed_over, decided):
        state = pair[SONGJIANG].case_state(case)
        assert state is not None
        assert state.holder == SONGJIANG


def test_a_rebuild_passes_over_what_was_disputed_and_disputes_it_no_second_time(
    pair: MemoryFederation,
) -> None:
    case = submit(pair)
    pair.settle()
    claim(pair, 0, end_of_songjiang(pair))
    pair.settle()
    before = pair[SONGJIANG].case_state(case)
    rebuild(pair[SONGJIANG].kernel)
    assert pair[SONGJIANG].case_state(case) == before
    assert len(disputes(pair)) == 1
