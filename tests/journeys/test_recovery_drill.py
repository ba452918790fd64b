"""The bad days, with real processes: power cut, old backup, lost disk, both partners put back.

A case is under way all the time, and goes on by itself after each of them.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command_line import invoke
from tests.journeys.checks import effects_of
from tests.journeys.conftest import assert_finished, running
from tests.journeys.counter_case import HANGZHOU, PRESSES, SUZHOU, CounterCase
from tests.journeys.processes import cut_power, restart, within

from tongban.app.demo.federation import Federation
from tongban.app.settings import Folder

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

BOTH = (SUZHOU, HANGZHOU)


@pytest.fixture
def federation(tmp_path: Path) -> Iterator[Federation]:
    """Two cities of this test's own: what it does to them is not for others to find."""
    with running(tmp_path / "cities", *BOTH) as federation:
        yield federation


def back_up(case: CounterCase, node: str, name: str) -> Path:
    """A backup of a city that runs."""
    file = case.federation.root / f"{node}-{name}.backup"
    done = invoke("backup", "--folder", folder_of(case, node).root, "--output", file)
    assert done.code == 0, done
    return file


def folder_of(case: CounterCase, node: str) -> Folder:
    return Folder(case.federation.cities[node].folder)


def put_back(case: CounterCase, node: str, backup: Path) -> None:
    """The power goes, and the city comes back on an older database."""
    cut_power(case.federation, node)
    where = folder_of(case, node).root
    assert within(60, lambda: invoke("restore", backup, "-f", where, "--replace").code == 0)


def lose_disk(case: CounterCase, node: str) -> None:
    """The power goes, and only keys and settings were kept elsewhere."""
    cut_power(case.federation, node)
    folder = folder_of(case, node)
    safe = Folder(folder.root.with_name(f"{folder.root.name}-safe"))
    shutil.rmtree(safe.root, ignore_errors=True)
    shutil.copytree(folder.keys, safe.keys)
    shutil.copyfile(folder.settings, safe.settings)
    shutil.rmtree(folder.root)
    done = invoke("recover", folder.root, "--keys", safe.keys, "--settings", safe.settings)
    assert done.code == 0, done


def lines_open(case: CounterCase) -> bool:
    status = [case.federation.ask(node, "status") for node in BOTH]
    return all(each["open"] == each["peers"] == 1 and not each["frozen"] for each in status)


def assert_whole(case: CounterCase) -> None:
    assert within(60, lambda: lines_open(case))
    for node in BOTH:
        found = invoke("verify", "--folder", folder_of(case, node).root, "--json")
        assert found.code == 0, found.out


def assert_finished_and_whole(case: CounterCase) -> None:
    assert_finished(case)
    assert_whole(case)


def press(case: CounterCase, *stages: str) -> None:
    for each in PRESSES:
        if each.stage in stages:
            each.act(case)
            case.agreed(each.stage)


def test_a_case_goes_on_after_an_old_backup_and_after_a_lost_disk(case: CounterCase) -> None:
    press(case, "dispatched")
    old = back_up(case, HANGZHOU, "old")
    press(case, "correcting", "corrected")
    put_back(case, HANGZHOU, old)
    restart(case.federation, HANGZHOU)
    case.agreed("corrected")
    press(case, "accepted", "decided")
    lose_disk(case, HANGZHOU)
    restart(case.federation, HANGZHOU)
    case.federation.introduce()
    case.agreed("decided")
    press(case, "delivered")
    assert_finished_and_whole(case)


def test_both_put_back_lose_what_lies_beyond_both_backups_and_nothing_forks(
    case: CounterCase,
) -> None:
    press(case, "dispatched", "correcting")
    copies = {node: back_up(case, node, "both") for node in BOTH}
    press(case, "corrected", "accepted")
    for node, copy in copies.items():
        put_back(case, node, copy)
    for node in BOTH:
        restart(case.federation, node)
    case.agreed("correcting")
    for node in BOTH:
        assert "case.accepted" not in effects_of(case.federation, node, case.number)
    assert_whole(case)
    press(case, "corrected", "accepted", "decided", "delivered")
    assert_finished_and_whole(case)


@pytest.mark.drill
@pytest.mark.parametrize("victim", BOTH)
def test_any_backup_of_a_day_may_be_put_back_at_any_step(case: CounterCase, victim: str) -> None:
    copies: list[Path] = []
    for each in PRESSES:
        copies.append(back_up(case, victim, each.stage))
        each.act(case)
        case.agreed(each.stage)
        for copy in copies[::-1][:2]:
            put_back(case, victim, copy)
            restart(case.federation, victim)
            case.agreed(each.stage)
            assert_whole(case)
    assert_finished_and_whole(case)


@pytest.mark.drill
def test_a_disk_is_lost_again_and_again(case: CounterCase) -> None:
    press(case, "dispatched", "correcting", "corrected", "accepted", "decided")
    for _ in range(3):
        lose_disk(case, HANGZHOU)
        restart(case.federation, HANGZHOU)
        case.federation.introduce()
        case.agreed("decided")
    press(case, "delivered")
    assert_finished_and_whole(case)
    status = json.loads(invoke("verify", "-f", folder_of(case, HANGZHOU).root, "--json").out)
    assert status["counts"]["bodies"] > 0
