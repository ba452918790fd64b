"""The project's own node, as a process behind its https door, keeps every rule."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.counter_case import HANGZHOU, SUZHOU
from tests.journeys.processes import within
from tests.ports import free_base

from tongban.app.demo.federation import Federation
from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.conformance.rules import RULES

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """Two nodes that are partners of each other, one of each suite."""
    root = tmp_path_factory.mktemp("cities")
    with Federation(root, free_base(), lambda _: None, only=(SUZHOU, HANGZHOU)) as federation:
        federation.set_up()
        federation.start()
        federation.introduce()
        # Whoever opens items to all tells the runner of them, and it owes outcomes for that.
        federation.share()
        yield federation


@pytest.mark.parametrize(
    ("city", "suite"), [(HANGZHOU, "ed25519-sha256"), (HANGZHOU, "sm2-sm3"), (SUZHOU, "sm2-sm3")]
)
def test_our_own_node_keeps_every_rule(
    cities: Federation, tmp_path: Path, city: str, suite: str
) -> None:
    code, report = examined(cities, city, tmp_path, suite)
    bad = [line for line in report["rules"] if line["judgement"] != "passed"]
    assert (bad, code) == ([], 0)
    assert len(report["rules"]) == len(RULES)
    others = [line for line in cities.ask(city, "peer.list") if line["name"] in cities.cities]
    assert {line["line"] for line in others} == {"open"}


def test_a_run_is_repeated_with_the_same_runner_once_it_is_taken_in_again(
    cities: Federation, tmp_path: Path
) -> None:
    first, _ = examined(cities, HANGZHOU, tmp_path, "ed25519-sha256")
    again, report = examined(cities, HANGZHOU, tmp_path, "ed25519-sha256")
    assert (first, again) == (0, 0), [r for r in report["rules"] if r["judgement"] != "passed"]


def examined(cities: Federation, city: str, folder: Path, suite: str) -> tuple[int, dict[str, Any]]:
    """Run the command, and let the node take the runner in while it waits."""
    door = cities.cities[city].settings().door
    assert door is not None
    command = [sys.executable, "-m", "tongban.app.cli", "conform"]
    options = ["--folder", folder / "runner", "--suite", suite, "--wait", "60", "--json"]
    file = folder / "runner" / "runner.descriptor"
    file.unlink(missing_ok=True)
    with subprocess.Popen(
        [*command, f"https://127.0.0.1:{door.port}", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert within(60, file.exists)
        take_in(cities, city, file)
        out, err = process.communicate(timeout=120)
    assert out, err
    return process.returncode, json.loads(out)


def take_in(cities: Federation, city: str, file: Path) -> None:
    """What the operator of the node does, having heard the fingerprint."""
    data = file.read_bytes()
    cities.ask(
        city,
        "peer.add",
        descriptor=b64encode(data).decode(),
        fingerprint=fingerprint(read_descriptor(data)),
    )
