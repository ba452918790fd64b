"""Delivery: at once when there is news, patiently when nothing comes of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs
from tests.node.liar import Liar
from tests.node.looking import submit

from tongban.channels.faults import ChannelFault, OverQuota, Oversize, Unreachable
from tongban.channels.messages import Holding, Position
from tongban.channels.quota import Meter, Quota
from tongban.logs.rows import ChannelStatus
from tongban.node.delivery import LETTER_PATIENCE, LONGEST_WAIT, WARN_AFTER, Delivery
from tongban.node.faults import DiskFull
from tongban.testing.applications import HEFEI, SONGJIANG, accept
from tongban.testing.memory_nodes import MemoryFederation

Carry = Callable[[bytes], bytes | None]


@dataclass(slots=True)
class CountingRoad:
    """A road that does with an envelope what it is told, and counts."""

    do: Carry
    letters: int = 0
    answers_at_once: bool = False

    def carry(self, envelope: bytes) -> bytes | None:
        self.letters += 1
        return self.do(envelope)

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(slots=True)
class Run:
    """A delivery of Songjiang's in simulated time."""

    pair: MemoryFederation
    road: CountingRoad
    now: float = 0.0
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = Delivery(
            self.pair[SONGJIANG].conversation, lambda _: self.road, monotonic=lambda: self.now
        )

    def pass_seconds(self, seconds: float) -> int:
        """How many letters went out meanwhile."""
        end, before, steps = self.now + seconds, self.road.letters, 0
        while self.now < end:
            steps += 1
            assert steps < 10_000, "the delivery does not pause"
            self.now += min(self.delivery.step(HEFEI), end - self.now)
        return self.road.letters - before


def run(pair: MemoryFederation, do: Carry | None = None) -> Run:
    return Run(pair, CountingRoad(do or (lambda envelope: pair.carry(SONGJIANG, HEFEI, envelope))))


def raising(fault: ChannelFault) -> Carry:
    def carry(_envelope: bytes) -> bytes | None:
        raise fault

    return carry


def set_status(pair: MemoryFederation, status: ChannelStatus) -> None:
    kernel = pair[HEFEI].kernel
    with kernel.database.write() as connection:
        row = kernel.store.channel(connection, SONGJIANG)
        assert row is not None
        kernel.store.put_channel(connection, replace(row, status=status))


def holder(pair: MemoryFederation, case: str) -> str:
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    return state.holder


def test_an_idle_line_sends_nothing(pair: MemoryFederation) -> None:
    assert run(pair).pass_seconds(60) == 0


def test_news_go_at_once_and_their_outcome_comes_back(pair: MemoryFederation) -> None:
    case = submit(pair)
    assert run(pair).pass_seconds(0.01) <= 2
    assert holder(pair, case) == HEFEI


@pytest.mark.parametrize("status", [ChannelStatus.FROZEN, ChannelStatus.CLOSED])
def test_a_peer_that_takes_nothing_is_not_hammered(
    pair: MemoryFederation, status: ChannelStatus
) -> None:
    submit(pair)
    set_status(pair, status)
    assert run(pair).pass_seconds(600) < 600 / LONGEST_WAIT + 10


@pytest.mark.parametrize("trouble", ["comparing", "malformed", "unknown_start", "news to us", ""])
def test_a_peer_that_repeats_one_answer_is_not_hammered(
    pair: MemoryFederation, trouble: str
) -> None:
    submit(pair)
    about = pair[SONGJIANG].channels()[0].own_start
    said = Liar(pair[HEFEI], SONGJIANG).say(trouble=trouble, about=about, holding=None)
    assert run(pair, lambda _: said).pass_seconds(600) < 600 / LONGEST_WAIT + 10


def test_a_peer_that_names_ever_other_places_is_not_hammered(pair: MemoryFederation) -> None:
    submit(pair)
    liar = Liar(pair[HEFEI], SONGJIANG)
    places = [Position(generation=1, size=size) for size in (0, 1, 0)]
    said = [liar.say(holding=Holding(position=place, notes=[])) for place in places]
    answers = iter(said * 1000)
    assert run(pair, lambda _: next(answers)).pass_seconds(600) < 600 / LONGEST_WAIT + 10


def test_a_peer_that_was_down_gets_everything_once_it_is_back(pair: MemoryFederation) -> None:
    case = submit(pair)
    line = run(pair, raising(Unreachable("made up")))
    assert line.pass_seconds(60) < 25
    line.road.do = lambda envelope: pair.carry(SONGJIANG, HEFEI, envelope)
    line.pass_seconds(LONGEST_WAIT + 1)
    assert holder(pair, case) == HEFEI


def test_a_peer_over_quota_is_left_in_peace_as_long_as_it_asks(pair: MemoryFederation) -> None:
    submit(pair)
    line = run(pair, raising(OverQuota("made up", retry_after_seconds=30)))
    assert line.pass_seconds(29) == 1


def test_a_real_quota_holds_back_and_then_lets_through(pair: MemoryFederation) -> None:
    pair[HEFEI].conversation._meter = Meter(quota=Quota(messages=1, bytes=10**9, window_seconds=10))
    cases = [submit(pair)]
    line = run(pair)
    line.pass_seconds(0.1)
    cases.append(submit(pair))
    line.pass_seconds(1)
    assert [holder(pair, case) for case in cases] == [HEFEI, SONGJIANG]
    pair.clock.pass_days(1)
    line.pass_seconds(30)
    assert [holder(pair, case) for case in cases] == [HEFEI, HEFEI]


def test_a_road_that_carries_little_gets_smaller_pushes(pair: MemoryFederation) -> None:
    cases = [submit(pair)]
    single = len(Liar(pair[SONGJIANG], HEFEI).say())
    cases += [submit(pair) for _ in range(11)]

    def narrow(envelope: bytes) -> bytes | None:
        if len(envelope) > 2 * single:
            raise Oversize("made up")
        return pair.carry(SONGJIANG, HEFEI, envelope)

    run(pair, narrow).pass_seconds(60)
    assert {holder(pair, case) for case in cases} == {HEFEI}


def test_a_road_that_carries_nothing_is_not_hammered(pair: MemoryFederation) -> None:
    submit(pair)
    line = run(pair, raising(Oversize("made up")))
    line.pass_seconds(60)
    assert line.pass_seconds(600) <= 600 / LONGEST_WAIT + 1


def test_who_had_only_thanks_to_say_does_not_wait_for_an_answer(pair: MemoryFederation) -> None:
    case = submit(pair)
    line = run(pair)
    line.pass_seconds(0.1)
    pair[HEFEI].execute(accept(case))
    line.pass_seconds(0.1)
    pair.exchange(HEFEI, SONGJIANG)
    second = submit(pair)
    line.pass_seconds(0.1)
    assert holder(pair, second) == HEFEI


def test_a_drop_box_that_nobody_empties_gets_fewer_and_fewer_letters(
    pair: MemoryFederation,
) -> None:
    submit(pair)
    assert run(pair, lambda _: None).pass_seconds(600) < 20


def test_an_answer_in_the_drop_box_lets_the_next_letter_go(pair: MemoryFederation) -> None:
    case = submit(pair)
    box: list[bytes] = []
    line = run(pair, box.append)
    line.pass_seconds(LETTER_PATIENCE / 2)
    answer = pair.carry(SONGJIANG, HEFEI, box.pop())
    assert answer is not None
    pair[SONGJIANG].hear(answer)
    submit(pair)
    line.delivery.answered(HEFEI)
    line.pass_seconds(0.1)
    assert holder(pair, case) == HEFEI
    assert len(box) == 1


def test_letters_of_others_do_not_make_one_repeat_itself(pair: MemoryFederation) -> None:
    submit(pair)
    line = run(pair, lambda _: None)
    line.pass_seconds(0.1)
    for _ in range(50):
        line.delivery.answered(HEFEI)
    assert line.pass_seconds(LETTER_PATIENCE / 2) == 0


def test_a_full_disk_is_a_line_that_is_down(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(pair)
    line = run(pair)

    def full(*_: object) -> bytes:
        raise DiskFull("made up")

    monkeypatch.setattr(pair[SONGJIANG].conversation, "say", full)
    assert line.pass_seconds(60) == 0


def test_an_exception_in_one_loop_stops_neither_it_nor_the_others(
    pair: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.node.delivery.LONGEST_WAIT", 0.01)
    road = CountingRoad(lambda _: None)
    calls: list[str] = []

    def roads(peer: str) -> CountingRoad:
        calls.append(peer)
        if len(calls) == 1:
            raise LookupError(peer)
        return road

    submit(pair)
    delivery = Delivery(pair[SONGJIANG].conversation, roads)
    delivery.serve(HEFEI)
    delivery.serve("nobody.g60.demo")
    _wait_for(lambda: road.letters > 0)
    delivery.stop()
    assert road.letters


def test_many_who_ask_for_one_line_get_one_thread(pair: MemoryFederation) -> None:
    delivery = Delivery(pair[SONGJIANG].conversation, lambda _: CountingRoad(lambda _: None))
    askers = [threading.Thread(target=delivery.serve, args=(HEFEI,)) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    running = [t for t in threading.enumerate() if t.name == f"delivery-{HEFEI}"]
    delivery.stop()
    assert len(running) == 1
    assert not running[0].is_alive()


def test_after_the_stop_nothing_is_served(pair: MemoryFederation) -> None:
    delivery = Delivery(pair[SONGJIANG].conversation, lambda _: CountingRoad(lambda _: None))
    delivery.stop()
    delivery.serve(HEFEI)
    assert not delivery._threads


def _wait_for(done: Callable[[], bool]) -> None:
    for _ in range(6_000):
        if done():
            return
        time.sleep(0.01)
    raise AssertionError("it never came about")


def test_a_partner_that_is_only_starting_is_no_news_for_operators(pair: MemoryFederation) -> None:
    submit(pair)
    starting = run(pair, raising(Unreachable("refused")))
    with capture_logs() as lines:
        starting.pass_seconds(WARN_AFTER - 1)
        starting.road.do = lambda envelope: pair.carry(SONGJIANG, HEFEI, envelope)
        starting.pass_seconds(WARN_AFTER)
    assert lines == []


def test_operators_are_told_once_of_a_line_that_stays_down_and_once_when_it_is_up(
    pair: MemoryFederation,
) -> None:
    submit(pair)
    broken = run(pair, raising(Unreachable("refused")))
    with capture_logs() as lines:
        broken.pass_seconds(10 * WARN_AFTER)
        broken.road.do = lambda envelope: pair.carry(SONGJIANG, HEFEI, envelope)
        broken.pass_seconds(WARN_AFTER)
    assert [line["event"] for line in lines] == ["line_down", "line_restored"]
    assert lines[0]["reason"] == "refused"


def test_who_still_has_news_goes_on_without_a_pause(pair: MemoryFederation) -> None:
    case = submit(pair)
    road = CountingRoad(lambda envelope: pair.carry(SONGJIANG, HEFEI, envelope))
    delivery = Delivery(pair[SONGJIANG].conversation, lambda _: road)
    delivery.serve(HEFEI)
    _wait_for(lambda: not pair[SONGJIANG].conversation.has_news(HEFEI))
    delivery.stop()
    state = pair[SONGJIANG].case_state(case)
    assert state is not None
    assert state.holder == HEFEI
