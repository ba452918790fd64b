"""An exception at any call to the store leaves nothing, and the same asked again succeeds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.node.looking import home_events, stored, submit

from tongban.core.channel.events import AvailabilitySource
from tongban.core.home.events import IntentSettled
from tongban.core.refusal import Refusal
from tongban.node.hearing import Availability
from tongban.node.node import Node
from tongban.node.rebuild import rebuild
from tongban.testing.applications import (
    HEFEI,
    RESIDENT,
    SONGJIANG,
    accept,
    grant,
    online_application,
    publish,
)
from tongban.testing.failing_store import FailingStore, StoreFell
from tongban.testing.memory_nodes import MemoryFederation

Act = Callable[[], object]


class Failing:
    """Two nodes whose stores fail when told to."""

    def __init__(self, folder: Path) -> None:
        self.pair = MemoryFederation(folder, (SONGJIANG, HEFEI))
        self.stores: dict[str, FailingStore] = {}
        publish(self.pair)
        self.pair.settle()
        for name in (SONGJIANG, HEFEI):
            self.restart(name)
        self.pair.settle()

    def restart(self, name: str) -> None:
        def wrap(store: object) -> object:
            self.stores[name] = FailingStore(store)  # type: ignore[arg-type]  # a store
            return self.stores[name].as_store()

        self.pair.nodes[name].store_of = wrap  # type: ignore[assignment]  # from store to store
        self.pair.nodes[name].stop()
        self.pair.nodes[name].start()

    def __getitem__(self, name: str) -> Node:
        return self.pair[name]

    def fails_everywhere(self, name: str, act: Act, *, nothing: Act) -> int:
        """Let the act fail at its first call, its second and so on, until it succeeds."""
        before = nothing()
        for fail_at in range(1, 2_000):
            self.stores[name].arm(fail_at)
            try:
                act()
            except StoreFell:
                self.stores[name].arm(0)
                assert nothing() == before, f"call {fail_at} left something"
            else:
                self.stores[name].arm(0)
                return fail_at
        raise AssertionError("it never succeeded")


@pytest.fixture
def failing(tmp_path: Path) -> Failing:
    return Failing(tmp_path)


def state_of(failing: Failing, name: str) -> Act:
    """All that is stored, but for signatures, which are made and kept one by one."""
    return lambda: stored(failing[name])


def test_a_command_leaves_nothing_wherever_it_fails(failing: Failing) -> None:
    command = online_application(failing.pair)
    calls = failing.fails_everywhere(
        SONGJIANG,
        lambda: failing[SONGJIANG].execute(command),
        nothing=state_of(failing, SONGJIANG),
    )
    assert calls > 20
    failing.pair.settle()
    state = failing[HEFEI].case_state(command.case)
    assert state is not None
    assert state.holder == HEFEI


def test_an_act_of_the_other_side_leaves_nothing_wherever_it_fails(failing: Failing) -> None:
    case = submit(failing.pair)
    failing.pair.settle()
    for command in (accept(case), grant(case)):
        failing.fails_everywhere(
            HEFEI,
            lambda asked=command: failing[HEFEI].execute(asked),  # type: ignore[misc]  # bound
            nothing=state_of(failing, HEFEI),
        )
    failing.pair.settle()
    state = failing[SONGJIANG].case_state(case)
    assert state is not None
    assert state.ended


def test_a_push_leaves_nothing_wherever_it_fails(failing: Failing) -> None:
    case = submit(failing.pair)
    letter = failing[SONGJIANG].conversation.say(HEFEI)
    conversation = failing[HEFEI].conversation

    def take() -> None:
        peer, plaintext = conversation._opened(letter)
        message = conversation._message_of(peer, plaintext)
        conversation._take(
            peer, message, Availability(at=failing.pair.clock.now(), source=AvailabilitySource.NODE)
        )

    calls = failing.fails_everywhere(HEFEI, take, nothing=state_of(failing, HEFEI))
    assert calls > 20
    failing.pair.settle()
    assert failing[SONGJIANG].case_state(case) == failing[HEFEI].case_state(case)


def test_an_answer_leaves_nothing_wherever_it_fails(failing: Failing, tmp_path: Path) -> None:
    case = submit(failing.pair)
    copy = tmp_path / "copy.db"
    failing.pair.nodes[SONGJIANG].copy_to(copy)
    failing.pair.settle()
    failing[HEFEI].execute(accept(case))
    failing.pair.settle()
    failing.pair.nodes[SONGJIANG].put_back(copy)
    conversation = failing[SONGJIANG].conversation
    conversation._on_open = lambda _: None
    answer = failing[HEFEI].hear(conversation.say(HEFEI))
    assert answer is not None
    calls = failing.fails_everywhere(
        SONGJIANG,
        lambda: conversation.hear_reply(HEFEI, answer),
        nothing=state_of(failing, SONGJIANG),
    )
    assert calls > 50
    failing.pair.settle()
    assert failing[SONGJIANG].case_state(case) == failing[HEFEI].case_state(case)


def test_a_part_of_an_answer_leaves_nothing_wherever_it_fails(
    failing: Failing, tmp_path: Path
) -> None:
    case = submit(failing.pair)
    copy = tmp_path / "copy.db"
    failing.pair.nodes[SONGJIANG].copy_to(copy)
    failing.pair.settle()
    for command in (accept(case), grant(case)):
        failing[HEFEI].execute(command)
        failing.pair.settle()
    failing.pair.nodes[HEFEI].part_bytes = 1
    failing.restart(HEFEI)
    failing.pair.nodes[SONGJIANG].put_back(copy)
    conversation = failing[SONGJIANG].conversation
    failing.pair.exchange(SONGJIANG, HEFEI)
    part = failing[HEFEI].hear(conversation.say(HEFEI))
    assert part is not None
    calls = failing.fails_everywhere(
        SONGJIANG,
        lambda: conversation.hear_reply(HEFEI, part),
        nothing=state_of(failing, SONGJIANG),
    )
    assert calls > 30
    assert failing[SONGJIANG].partly_back() == [HEFEI]
    failing.pair.settle()
    assert failing[SONGJIANG].case_state(case) == failing[HEFEI].case_state(case)


def test_intents_are_settled_once_wherever_it_fails(failing: Failing) -> None:
    failing.restart(SONGJIANG)
    command = online_application(failing.pair)
    failing[SONGJIANG].execute(command)
    for fail_at in range(1, 300):
        failing.stores[SONGJIANG].arm(fail_at)
        try:
            failing.pair.settle()
        except StoreFell:
            failing.stores[SONGJIANG].arm(0)
        else:
            break
    failing.stores[SONGJIANG].arm(0)
    failing[SONGJIANG].desk.settle_intents(HEFEI)
    failing.pair.settle()
    assert [event.ground for event in home_events(failing[SONGJIANG], IntentSettled)] == [""]
    state = failing[HEFEI].case_state(command.case)
    assert state is not None
    assert state.holder == HEFEI


def test_an_erasure_leaves_all_or_nothing_wherever_it_fails(failing: Failing) -> None:
    case = submit(failing.pair)
    failing.pair.settle()
    failing.fails_everywhere(
        HEFEI,
        lambda: failing[HEFEI].erase_body(case, "application", actor=RESIDENT, ground="asked"),
        nothing=state_of(failing, HEFEI),
    )
    body = failing[HEFEI].read_body(case, "application", reader=RESIDENT, purpose="task")
    assert body is None


def test_a_rebuild_leaves_the_old_states_wherever_it_fails(failing: Failing) -> None:
    case = submit(failing.pair)
    failing.pair.settle()
    before = failing[HEFEI].case_state(case)
    failing.fails_everywhere(
        HEFEI, lambda: rebuild(failing[HEFEI].kernel), nothing=state_of(failing, HEFEI)
    )
    assert failing[HEFEI].case_state(case) == before


def test_a_start_leaves_nothing_wherever_it_fails(failing: Failing) -> None:
    failing.fails_everywhere(HEFEI, failing[HEFEI].start, nothing=state_of(failing, HEFEI))
    failing.pair.settle()
    assert not isinstance(failing[SONGJIANG].execute(online_application(failing.pair)), Refusal)
