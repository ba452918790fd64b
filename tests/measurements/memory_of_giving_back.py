"""Measures the memory of two nodes while one of them gets a channel with large bodies back.

    python -m tests.measurements.memory_of_giving_back --megabytes 300

Each node is production code on SQLite in a process of its own; what they say goes through a pipe.
Prints the PSS of both before the first request and at its highest until the channel is open. With
--whole the nodes read no parts, so that everything has to come in one message.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.measurements.calibration import hashing_seconds

from tongban.app.memory import take_memory_sparingly
from tongban.core.body import Body
from tongban.logs.rows import ChannelStatus
from tongban.node.kernel import VERSIONS
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation, MemoryNode, SetClock

_BODY = 900_000
#: Seconds between two looks at the memory.
_LOOK = 0.02
#: Higher than any start while the history was made, since names of starts come from this number.
_STARTS = 1_000


def main() -> None:
    """Make a history, then let two processes give and take it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--whole", action="store_true")
    asked = parser.parse_args()
    reads = (1, 2) if asked.whole else VERSIONS
    spawn = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        here, there = spawn.Pipe()
        maker = spawn.Process(target=_build, args=(Path(folder), asked.megabytes, reads))
        maker.start()
        maker.join()
        giver = spawn.Process(target=_give, args=(Path(folder), reads, there))
        giver.start()
        taken, (_, given) = _take(Path(folder), reads, here), here.recv()
        giver.join()
    figures = {"hash 200 MB s": round(hashing_seconds(), 3), "MB of bodies": asked.megabytes}
    sys.stdout.write(json.dumps(figures | taken | given, indent=2) + "\n")


def _build(folder: Path, megabytes: int, reads: tuple[int, ...]) -> None:
    """Applications with scans, and the file of Hefei as it was before them."""
    pair = MemoryFederation(folder, (SONGJIANG, HEFEI), reads=reads)
    publish(pair)
    pair.settle()
    pair.nodes[HEFEI].copy_to(folder / "empty")
    made = 0
    while made < megabytes * 1_000_000:
        command = online_application(pair)
        scans = tuple(
            Body(name=b.name, media=b.media, content=bytes(_BODY)) for b in command.bodies
        )
        pair[SONGJIANG].execute(replace(command, bodies=scans))
        pair.settle()
        pair[HEFEI].execute(accept(command.case))
        pair.settle()
        pair.letters.clear()
        made += _BODY * len(scans)
    pair.stop()
    (folder / f"{HEFEI}.db").unlink()
    (folder / "empty").rename(folder / f"{HEFEI}.db")


def _give(folder: Path, reads: tuple[int, ...], line: Connection) -> None:
    """The partner that kept its disk."""
    take_memory_sparingly()
    node, memory = _started(folder, SONGJIANG, reads), Memory()
    while letter := line.recv():
        line.send(node.node.hear(letter))
    line.send(("", memory.figures("gives")))


def _take(folder: Path, reads: tuple[int, ...], line: Connection) -> dict[str, float]:
    """The node that has an empty disk again; ends when its channel is open or stays shut."""
    take_memory_sparingly()
    node, memory = _started(folder, HEFEI, reads), Memory()
    rounds, begun = 0, time.perf_counter()
    while node.node.channels()[0].status is not ChannelStatus.OPEN:
        line.send(node.node.conversation.say(SONGJIANG))
        _, trouble = node.node.conversation.hear_reply(SONGJIANG, line.recv())
        rounds += 1
        if trouble == "answer_too_large":
            break
    figures = memory.figures("takes") | {"seconds": round(time.perf_counter() - begun, 1)}
    line.send(b"")
    return figures | {"round trips": rounds, "open": trouble == ""}


def _started(folder: Path, name: str, reads: tuple[int, ...]) -> MemoryNode:
    return MemoryNode(name, folder / f"{name}.db", SetClock(), starts=_STARTS, reads=reads)


class Memory:
    """Looks at this process's memory until it is asked."""

    def __init__(self) -> None:
        self._before = self._peak = _pss()
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def figures(self, who: str) -> dict[str, float]:
        """Megabytes before and at most."""
        self._done.set()
        return {f"{who}: MB before": self._before, f"{who}: MB at most": self._peak}

    def _watch(self) -> None:
        while not self._done.wait(_LOOK):
            self._peak = max(self._peak, _pss())


def _pss() -> float:
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    main()
