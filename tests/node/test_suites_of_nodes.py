"""Nodes of different suites work together; each log keeps the suite that it was begun with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.node.looking import submit
from tests.node.test_rotation import keys_of
from tests.node.test_starts import BOTH, all_is_well

from tongban.evidence.suites import SUITES, USUAL
from tongban.logs.rows import LogKind
from tongban.node.node import Node
from tongban.testing.applications import HEFEI, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation

NATIONAL = "sm2-sm3"


@pytest.fixture(name="pair", params=[(USUAL, NATIONAL), (NATIONAL, USUAL), (NATIONAL, NATIONAL)])
def _mixed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MemoryFederation]:
    suites = {name: (suite,) for name, suite in zip(BOTH, request.param, strict=True)}
    pair = MemoryFederation(tmp_path, BOTH, suites=suites)
    publish(pair)
    pair.settle()
    yield pair
    pair.stop()


def suites_of(node: Node, kind: LogKind, peer: str) -> list[str]:
    """The suite of each generation of a log."""
    store = node.kernel.store
    with node.kernel.database.read() as connection:
        log = store.find_log(connection, kind=kind, peer=peer)
        assert log is not None
        return [found.suite.name for found in store.generations(connection, log)]


def test_a_case_goes_between_them_and_each_log_has_its_writers_suite(
    pair: MemoryFederation,
) -> None:
    submit(pair)
    pair.settle()
    assert all_is_well(pair)
    for one, other in (BOTH, BOTH[::-1]):
        (suite,) = pair.nodes[one].suites
        assert set(suites_of(pair[one], LogKind.OWN, other)) == {suite}
        assert set(suites_of(pair[other], LogKind.MIRROR, one)) == {suite}


@pytest.mark.parametrize("loser", BOTH)
def test_who_lost_its_disk_gets_all_back(pair: MemoryFederation, loser: str) -> None:
    submit(pair)
    pair.settle()
    pair.nodes[loser].lose_disk()
    pair.introduce()
    pair.settle()
    submit(pair)
    pair.settle()
    assert all_is_well(pair)


def test_a_rotation_may_go_over_to_another_suite(tmp_path: Path) -> None:
    pair = MemoryFederation(tmp_path, BOTH, suites={SONGJIANG: (USUAL, NATIONAL)})
    publish(pair)
    pair.settle()
    submit(pair)
    pair.settle()
    pair.nodes[SONGJIANG].rotate()
    pair.settle()
    submit(pair)
    pair.settle()
    assert all_is_well(pair)
    assert suites_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)[-2:] == [USUAL, NATIONAL]
    assert keys_of(pair[HEFEI], LogKind.MIRROR, SONGJIANG)[-1] == 2
    pair.nodes[HEFEI].lose_disk()
    pair.introduce()
    pair.settle()
    assert all_is_well(pair)
    pair.stop()


def test_every_suite_is_known_by_the_name_that_logs_keep() -> None:
    assert {USUAL, NATIONAL} == set(SUITES)
