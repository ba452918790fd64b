"""`kill -9` at any moment of a case: it goes on by itself after the restart."""

import threading
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from tests.journeys.checks import effects_of, is_sound
from tests.journeys.conftest import assert_finished
from tests.journeys.counter_case import PRESSES, SUZHOU, CounterCase, Press
from tests.journeys.gateway_case import DECIDED_ELSEWHERE, JIAXING, WUHU, GatewayCase
from tests.journeys.processes import (
    children_of,
    cut_power,
    one_worker_runs,
    restart,
    users_of,
    within,
)
from tests.ports import free_base

from tongban.app.control import NodeStopped
from tongban.app.demo.federation import FERRY, STAND_IN, Federation
from tongban.app.demo.processes import Child, ChildFailed
from tongban.app.settings import Folder
from tongban.node.randomness import SystemRandomness

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

#: A press takes about a tenth of a second, so that a cut may come before, in and after it.
PRESS_SECONDS = 0.15


def test_what_was_acknowledged_goes_on_after_the_city_lost_power(case: CounterCase) -> None:
    for press in PRESSES:
        press.act(case)
        cut_power(case.federation, press.at)
        restart(case.federation, press.at)
        case.agreed(press.stage)
    assert_finished(case)


@pytest.mark.parametrize("victim", ["at", "partner"])
def test_a_press_during_a_power_cut_took_effect_wholly_or_not_at_all(
    case: CounterCase, victim: str
) -> None:
    for press in PRESSES:
        press_in_the_dark(case, press, getattr(press, victim))
        case.agreed(press.stage)
    assert_finished(case)


def press_in_the_dark(case: CounterCase, press: Press, victim: str) -> None:
    """Press while the power goes; afterwards look, and press again only if nothing happened.

    Where only the partner fell, the press is on record, and may still wait for the line.
    """
    delay = random_seconds()
    cut = threading.Timer(delay, cut_power, (case.federation, victim))
    cut.start()
    with suppress(httpx.TransportError):
        press.act(case)
    cut.join()
    restart(case.federation, victim)
    if victim == press.at and not case.shows(press):
        press.act(case)


def random_seconds() -> float:
    return int.from_bytes(SystemRandomness().draw(2)) / 65536 * PRESS_SECONDS


def test_the_worker_dies_with_its_parent(cities: Federation) -> None:
    folder = Folder(cities.cities[SUZHOU].folder)
    cities.nodes[SUZHOU].kill()
    assert within(60, lambda: not users_of(folder.database))
    restart(cities, SUZHOU)
    assert within(60, lambda: one_worker_runs(cities, SUZHOU))


def test_a_restart_works_at_once_after_the_parent_was_killed(cities: Federation) -> None:
    before = children_of(cities.nodes[SUZHOU].pid)
    cities.nodes[SUZHOU].kill()
    restart(cities, SUZHOU)
    assert within(60, lambda: one_worker_runs(cities, SUZHOU))
    assert children_of(cities.nodes[SUZHOU].pid).isdisjoint(before)


@pytest.mark.parametrize("seconds", [0.4, 1.2])
def test_a_node_killed_while_it_starts_starts_again(cities: Federation, seconds: float) -> None:
    cut_power(cities, SUZHOU)
    cut = threading.Timer(seconds, cut_power, (cities, SUZHOU))
    cut.start()
    with suppress(ChildFailed):
        restart(cities, SUZHOU)
    cut.join()
    restart(cities, SUZHOU)
    assert within(60, lambda: one_worker_runs(cities, SUZHOU))


def test_a_city_that_somebody_else_serves_does_not_count_as_started(tmp_path: Path) -> None:
    with Federation(tmp_path, free_base(), lambda _: None, only=[SUZHOU]) as federation:
        federation.set_up()
        folder = str(federation.cities[SUZHOU].folder)
        stranger = Child("stranger", ["tongban.app.cli", "serve", "-f", folder], tmp_path / "log")
        stranger.start()
        try:
            assert within(60, lambda: answers(federation, SUZHOU))
            with pytest.raises(ChildFailed, match="already works on"):
                federation.start()
        finally:
            stranger.stop()


def test_the_demonstration_starts_a_city_again_that_died(cities: Federation) -> None:
    watch = cities.watch()
    cut_power(cities, SUZHOU)
    watch.look()
    assert within(60, lambda: one_worker_runs(cities, SUZHOU))
    assert within(60, lambda: answers(cities, SUZHOU))
    watch.look()


def answers(cities: Federation, node: str) -> bool:
    try:
        return bool(cities.ask(node, "status"))
    except (ConnectionError, NodeStopped):
        return False


def test_a_case_arrives_although_gateway_nodes_and_approval_system_lost_power(
    gateway_cities: Federation,
) -> None:
    with closing(GatewayCase(gateway_cities)) as case:
        children = gateway_cities.children()
        children[STAND_IN].kill()
        children[FERRY].kill()
        case.take_in()
        cut_power(gateway_cities, WUHU)
        children[FERRY].start()
        restart(gateway_cities, WUHU)
        case.agreed("dispatched")
        children[STAND_IN].start()
        assert within(60, lambda: "case.accepted" in effects_of(gateway_cities, WUHU, case.number))
        children[STAND_IN].kill()
        cut_power(gateway_cities, JIAXING)
        children[STAND_IN].start()
        restart(gateway_cities, JIAXING)
        case.agreed("decided")
        case.hand_over()
        cut_power(gateway_cities, JIAXING)
        restart(gateway_cities, JIAXING)
        case.agreed("delivered")
        for node in (JIAXING, WUHU):
            effects = Counter(effects_of(gateway_cities, node, case.number))
            assert {kind: effects[kind] for kind in DECIDED_ELSEWHERE} == DECIDED_ELSEWHERE
            assert is_sound(gateway_cities, node, case.number)
