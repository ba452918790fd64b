"""The exchange platform's stand-in, also when it is killed at any moment."""

import os
import random  # noqa: TID251  a fixed seed decides when a process is killed
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import tongban
from tongban.channels.envelopes import Envelope
from tongban.channels.roads.ferry import Ferry
from tongban.channels.roads.gateway import GatewayBox

from .nodes import NOON

FERRY = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from tongban.channels.roads.ferry import Ferry
root = Path(sys.argv[1])
ferry = Ferry({name: root / name for name in ("songjiang", "hefei")})
while True:
    ferry.run_once(now=datetime.now(UTC))
    time.sleep(0.001)
"""

POLLER = """
import os, sys, time
from datetime import UTC, datetime
from pathlib import Path
from tongban.channels.roads.gateway import GatewayBox
root = Path(sys.argv[1])
box = GatewayBox(root / "hefei", now=lambda: datetime.now(UTC))
def receive(envelope, available_at):
    with open(root / "received", "ab") as file:
        file.write(envelope[-8:])
        file.flush()
        os.fsync(file.fileno())
while True:
    box.poll(receive)
    time.sleep(0.001)
"""


@pytest.fixture
def routes(tmp_path: Path) -> dict[str, Path]:
    return {name: tmp_path / name for name in ("songjiang", "hefei")}


@pytest.fixture
def songjiang(routes: dict[str, Path]) -> GatewayBox:
    return GatewayBox(routes["songjiang"], now=lambda: NOON)


def envelope(sealed: bytes, *, sender: str = "songjiang", receiver: str = "hefei") -> bytes:
    return Envelope(sender=sender, receiver=receiver, sealed=sealed).encode()


def test_it_moves_envelopes_and_stamps_their_arrival(
    routes: dict[str, Path], songjiang: GatewayBox
) -> None:
    songjiang.carry(envelope(b"abc"))
    assert Ferry(routes).run_once(now=NOON) == 1
    available: list[object] = []
    hefei = GatewayBox(routes["hefei"], now=lambda: NOON)
    assert hefei.poll(lambda _, at: available.append(at)) == 1
    assert available == [NOON]
    assert Ferry(routes).run_once(now=NOON) == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (envelope(b"x", sender="wuhu"), "its own name"),
        (envelope(b"x", receiver="wuhu"), "wuhu has no drop-box"),
        (b"garbage", "an envelope starts with"),
    ],
)
def test_what_cannot_be_delivered_is_set_aside_at_the_senders(
    routes: dict[str, Path], songjiang: GatewayBox, content: bytes, reason: str
) -> None:
    songjiang.carry(content)
    assert Ferry(routes).run_once(now=NOON) == 0
    (text,) = (routes["songjiang"] / "undeliverable").glob("*.reason.txt")
    assert reason in text.read_text(encoding="utf-8")


def test_a_receiver_that_was_never_there_finds_its_envelopes_later(
    routes: dict[str, Path], songjiang: GatewayBox
) -> None:
    songjiang.carry(envelope(b"abc"))
    Ferry(routes).run_once(now=NOON)
    received: list[bytes] = []
    GatewayBox(routes["hefei"], now=lambda: NOON).poll(lambda e, _: received.append(e))
    assert received == [envelope(b"abc")]


class Process:
    """A program that is killed and started again."""

    def __init__(self, program: str, folder: Path) -> None:
        self._command = [sys.executable, "-c", program, str(folder)]
        # The process runs the same sources as this one, wherever they were imported from.
        self._environment = {**os.environ, "PYTHONPATH": str(Path(tongban.__file__).parents[1])}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env=self._environment)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.mark.parametrize("victim", ["ferry", "poller"])
def test_nothing_is_lost_when_a_process_is_killed_at_any_moment(
    tmp_path: Path, songjiang: GatewayBox, victim: str
) -> None:
    processes = {"ferry": Process(FERRY, tmp_path), "poller": Process(POLLER, tmp_path)}
    chance = random.Random(20261122)  # noqa: S311  no secret
    sent = [b"%08d" % number for number in range(400)]
    try:
        for number, content in enumerate(sent):
            songjiang.carry(envelope(bytes(5000) + content))
            if number % 25 == 0:
                # A start takes about this long, so kills fall into starting and into working.
                time.sleep(chance.uniform(0.1, 0.8))
                processes[victim].kill()
                processes[victim].start()
        eventually(lambda: arrived(tmp_path) >= set(sent))
    finally:
        for process in processes.values():
            process.kill()


def arrived(folder: Path) -> set[bytes]:
    data = (folder / "received").read_bytes() if (folder / "received").exists() else b""
    # A kill in the middle of a write may leave a torn record, so look for records everywhere.
    return {data[start : start + 8] for start in range(len(data))}


def eventually(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.1)
