"""Keys that change in mid case, while cities lose power: the case ends, and is proven."""

import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial

import pytest
from tests.journeys.checks import effects_of, is_sound
from tests.journeys.counter_case import HANGZHOU, PRESSES, SHARED, SUZHOU, CounterCase
from tests.journeys.processes import cut_power, restart, within

from tongban.app.control import NodeStopped
from tongban.app.demo.federation import Federation

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

#: Before, in and after the moment in which the keys change.
MOMENTS = (0.02, 0.15, 0.6)


@pytest.fixture
def case(cities: Federation) -> Iterator[CounterCase]:
    with closing(CounterCase(cities)) as case:
        yield case


def rotate_in_the_dark(case: CounterCase, node: str, seconds: float) -> None:
    """Ask for new keys while the power goes; what became of it shows after the restart."""
    cut = threading.Timer(seconds, cut_power, (case.federation, node))
    cut.start()
    with suppress(NodeStopped, ConnectionError):
        case.federation.ask(node, "key.rotate")
    cut.join()
    restart(case.federation, node)


def test_a_case_ends_and_is_proven_although_keys_changed_and_cities_lost_power(
    case: CounterCase,
) -> None:
    for number, press in enumerate(PRESSES):
        if number in {1, 3}:
            case.federation.ask(press.at, "key.rotate")
        press.act(case)
        if number < len(MOMENTS):
            rotate_in_the_dark(case, (SUZHOU, HANGZHOU)[number % 2], MOMENTS[number])
        case.agreed(press.stage)
    for node in (SUZHOU, HANGZHOU):
        effects = effects_of(case.federation, node, case.number)
        assert [effect for effect in effects if effect in SHARED] == SHARED
        assert is_sound(case.federation, node, case.number)
        assert within(20, partial(newest_is_in_force, case, node))


def newest_is_in_force(case: CounterCase, node: str) -> bool:
    """Whether the newest keys sign everything that the city writes to its partner."""
    newest = case.federation.ask(node, "key.list")[-1]
    partner = next(other for other in (SUZHOU, HANGZHOU) if other != node)
    return {"home", partner} <= set(newest["in_force"])
