from pathlib import Path

from tongban.channels.roads.memory import MemoryRoad
from tongban.node.delivery import Delivery
from tongban.testing.applications import HEFEI, SONGJIANG, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation


def test_what_needs_no_answer_delays_nothing_on_a_road_that_answers_at_once(
    tmp_path: Path,
) -> None:
    pair = MemoryFederation(tmp_path, (SONGJIANG, HEFEI))
    publish(pair)
    pair.settle()
    road = MemoryRoad(receive=pair[HEFEI].hear)
    delivery = Delivery(
        pair[SONGJIANG].conversation, {HEFEI: road}.__getitem__, monotonic=lambda: 0.0
    )
    for known in (1, 2):
        pair[SONGJIANG].execute(online_application(pair))
        while delivery.step(HEFEI) == 0.0:
            pass
        assert len(pair[HEFEI].cases()) == known
