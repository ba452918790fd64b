"""A full disk: nothing half done, said to whoever asked, and work goes on once there is room."""

import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import pytest
from tests.journeys.checks import effects_of
from tests.journeys.conftest import assert_finished, running
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.processes import children_of

from tongban.app.control import OperationFailed
from tongban.app.demo.federation import Federation
from tongban.app.demo.visitor import PageUnexpected

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

_DISK_BYTES = 64_000_000


@contextmanager
def without_room(federation: Federation, node: str) -> Iterator[None]:
    """Whatever the city's worker writes to a file fails; what it has written stays."""
    (worker,) = children_of(federation.nodes[node].pid)
    soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (soft, hard))


def press_in_vain(case: CounterCase, full: AbstractContextManager[None], index: int) -> None:
    press = PRESSES[index]
    with full, pytest.raises(PageUnexpected, match="answered 503"):
        press.act(case)
    assert not case.shows(press)


def test_a_press_at_a_city_without_room_does_nothing_and_says_so(case: CounterCase) -> None:
    for index, press in enumerate(PRESSES):
        press_in_vain(case, without_room(case.federation, press.at), index)
        press.act(case)
        case.agreed(press.stage)
    assert_finished(case)


def test_what_a_partner_without_room_was_sent_arrives_when_it_has_room(case: CounterCase) -> None:
    for press in PRESSES:
        with without_room(case.federation, press.partner):
            press.act(case)
            assert case.shows(press)
            assert press.leaves not in known_at(case, press.partner)
        case.agreed(press.stage)
    assert_finished(case)


def known_at(case: CounterCase, node: str) -> list[str]:
    listed = {line["case"] for line in case.federation.ask(node, "case.list")}
    return effects_of(case.federation, node, case.number) if case.number in listed else []


def test_an_operator_without_room_is_told_and_the_node_lives_on(cities: Federation) -> None:
    with without_room(cities, SUZHOU):
        with pytest.raises(OperationFailed, match="Nothing was stored"):
            cities.ask(SUZHOU, "person.link", username="clerk")
        assert cities.ask(SUZHOU, "status")["frozen"] == []
    assert cities.ask(SUZHOU, "person.link", username="clerk")["link"].startswith("http")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that can really be filled; only root may mount one."""
    options = f"size={_DISK_BYTES}"
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(tmp_path)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a disk of its own")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    for database in disk.glob("cities/*/*.db"):
        # Room that the database took before is its own, and would be written to again.
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    yield
    ballast.unlink()


def test_a_disk_that_is_really_full_does_the_same(small_disk: Path) -> None:
    with (
        running(small_disk / "cities", SUZHOU, HANGZHOU) as federation,
        closing(CounterCase(federation)) as case,
    ):
        for index, press in enumerate(PRESSES):
            press_in_vain(case, filled(small_disk), index)
            press.act(case)
            case.agreed(press.stage)
        assert_finished(case)
