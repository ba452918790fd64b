from pathlib import Path

import pytest

from tongban.channels.faults import Unreachable
from tongban.channels.roads.gateway import GatewayBox
from tongban.channels.roads.memory import MemoryRoad
from tongban.node.delivery import FIRST_WAIT, IDLE_LOOK, LETTER_PATIENCE, Delivery, roads_by_peer
from tongban.testing.applications import HEFEI, SONGJIANG, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation


@pytest.fixture
def pair(tmp_path: Path) -> MemoryFederation:
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(federation)
    federation.settle()
    return federation


def submit(pair: MemoryFederation) -> None:
    pair[SONGJIANG].execute(online_application(pair))


def test_what_needs_no_answer_delays_nothing_on_a_road_that_answers_at_once(
    pair: MemoryFederation,
) -> None:
    road = MemoryRoad(receive=pair[HEFEI].hear)
    delivery = Delivery(
        pair[SONGJIANG].conversation, roads_by_peer({HEFEI: road}), monotonic=lambda: 0.0
    )
    submit(pair)
    while delivery.step(HEFEI) == 0.0:
        pass
    submit(pair)
    assert delivery.step(HEFEI) == 0.0
    assert len(pair[HEFEI].cases()) == 2


def test_a_drop_box_is_given_time_to_answer(pair: MemoryFederation, tmp_path: Path) -> None:
    box = GatewayBox(tmp_path / "box", now=pair.clock.now)
    delivery = Delivery(
        pair[SONGJIANG].conversation, roads_by_peer({HEFEI: box}), monotonic=lambda: 0.0
    )
    submit(pair)
    assert [delivery.step(HEFEI), delivery.step(HEFEI)] == [LETTER_PATIENCE, LETTER_PATIENCE]
    assert len(list((tmp_path / "box" / "out").iterdir())) == 1


def test_a_line_that_is_down_is_tried_again_later_and_later(pair: MemoryFederation) -> None:
    def nobody(_: bytes) -> bytes | None:
        raise Unreachable("the line is cut")

    instants = iter(range(100))
    delivery = Delivery(
        pair[SONGJIANG].conversation,
        roads_by_peer({HEFEI: MemoryRoad(receive=nobody)}),
        monotonic=lambda: float(next(instants)),
    )
    submit(pair)
    assert [delivery.step(HEFEI) for _ in range(3)] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]


def test_without_news_it_looks_again_after_a_while(pair: MemoryFederation) -> None:
    delivery = Delivery(pair[SONGJIANG].conversation, roads_by_peer({}), monotonic=lambda: 0.0)
    assert delivery.step(HEFEI) == IDLE_LOOK
