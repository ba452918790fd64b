"""Real node processes, started once for a module of tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.journeys.counter_case import HANGZHOU, SUZHOU
from tests.journeys.gateway_case import JIAXING, WUHU
from tests.journeys.ports import free_base

from tongban.app.demo.federation import Federation


@contextmanager
def running(root: Path, *nodes: str) -> Iterator[Federation]:
    with Federation(root, free_base(), lambda _: None, only=nodes) as federation:
        federation.set_up()
        federation.start()
        federation.introduce()
        federation.agree()
        federation.invite()
        yield federation


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("cities"), SUZHOU, HANGZHOU) as federation:
        yield federation


@pytest.fixture(scope="module")
def gateway_cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    with running(tmp_path_factory.mktemp("gateway"), JIAXING, WUHU) as federation:
        federation.connect_stand_in()
        yield federation
