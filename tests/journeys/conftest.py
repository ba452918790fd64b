"""Real node processes, started once for a module of tests."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.chromium import launched
from tests.journeys.checks import effects_of, is_sound
from tests.journeys.counter_case import HANGZHOU, SHARED, SUZHOU, CounterCase
from tests.journeys.gateway_case import JIAXING, WUHU
from tests.ports import free_base

from tongban.app.demo.federation import Federation
from tongban.app.demo.papers import paper


@contextmanager
def running(root: Path, *nodes: str, agreeing: bool = True) -> Iterator[Federation]:
    """Nodes that know each other; agreeing: the shipped agreements stand between them."""
    with Federation(root, free_base(), lambda _: None, only=nodes) as federation:
        federation.set_up()
        federation.start()
        federation.introduce()
        federation.authorise()
        if agreeing:
            federation.agree()
        federation.share()
        federation.invite()
        yield federation


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("cities"), SUZHOU, HANGZHOU) as federation:
        yield federation


@pytest.fixture
def federation(cities: Federation) -> Federation:
    """Where cases of this module are played; a module that harms its cities has its own."""
    return cities


@pytest.fixture
def case(federation: Federation) -> Iterator[CounterCase]:
    with closing(CounterCase(federation)) as case:
        yield case


def assert_finished(case: CounterCase) -> None:
    """Both cities see the case delivered, hold the same of it once each, and can prove it."""
    case.agreed("delivered")
    for node in (SUZHOU, HANGZHOU):
        effects = effects_of(case.federation, node, case.number)
        assert [effect for effect in effects if effect in SHARED] == SHARED
        assert is_sound(case.federation, node, case.number)


@pytest.fixture(scope="module")
def gateway_cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("gateway"), JIAXING, WUHU) as federation:
        federation.connect_stand_in()
        yield federation


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as chromium:
        yield chromium


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.jpg"
    path.write_bytes(paper("demo")[1])
    return path
