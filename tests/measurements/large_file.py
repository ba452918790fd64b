"""Measures one large file between two nodes: how long it takes, and the memory of both.

    python -m tests.measurements.large_file --megabytes 2000

Each node is production code on SQLite in a process of its own, with every write on the disk before
anything is acknowledged; what they say goes through a pipe. Prints the PSS of both before the file
is handed in and at its highest until it was read over there.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.measurements.calibration import hashing_seconds
from tests.measurements.memory_of_giving_back import Memory

from tongban.app.memory import take_memory_sparingly
from tongban.node.plain_database import SETTINGS
from tongban.testing.applications import HEFEI, OFFICER, SONGJIANG, online_application, publish
from tongban.testing.memory_nodes import MemoryFederation, MemoryNode, SetClock

_BLOCK = 65_536
_STARTS = 1_000
#: How the sender says that there is nothing left to say.
_OVER = b""


def main() -> None:
    """Pair two nodes, then let one process send and the other take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=2_000)
    asked = parser.parse_args()
    spawn = get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        here, there = spawn.Pipe()
        maker = spawn.Process(target=_pair, args=(Path(folder),))
        maker.start()
        maker.join()
        taker = spawn.Process(target=_take, args=(Path(folder), there), daemon=True)
        taker.start()
        sent = _send(Path(folder), asked.megabytes * 1_000_000, here)
        taken = here.recv()
        taker.join()
    figures = {"hash 200 MB s": round(hashing_seconds(), 3), "MB": asked.megabytes}
    sys.stdout.write(json.dumps(figures | sent | taken, indent=2) + "\n")


def _pair(folder: Path) -> None:
    pair = MemoryFederation(folder, (SONGJIANG, HEFEI), settings=SETTINGS)
    publish(pair)
    pair.settle()
    pair.stop()


def _send(folder: Path, size: int, line: Connection) -> dict[str, object]:
    """Hand the file in and send it; its digest comes back from what was read over there."""
    take_memory_sparingly()
    federation = MemoryFederation(folder, (SONGJIANG,), settings=SETTINGS)
    publish(federation)
    node, memory = federation[SONGJIANG], Memory()
    begun = time.perf_counter()
    command = online_application(federation)
    *others, last = command.bodies
    digest = sha256()
    scan = node.keep_file(last.name, "application/pdf", _made_up(size, digest.update))
    kept = time.perf_counter()
    node.execute(replace(command, bodies=(*others, scan)))
    letters = 0
    while node.conversation.has_news(HEFEI):
        line.send(node.conversation.say(HEFEI))
        if reply := line.recv():
            node.conversation.hear_reply(HEFEI, reply)
        letters += 1
    crossed = time.perf_counter()
    line.send(_OVER)
    line.send((command.case, last.name, digest.hexdigest()))
    figures: dict[str, object] = {**memory.figures("sends")}
    return figures | {
        "s to hand in": round(kept - begun, 1),
        "s to cross": round(crossed - kept, 1),
        "letters": letters,
    }


def _take(folder: Path, line: Connection) -> None:
    take_memory_sparingly()
    taking = MemoryNode(HEFEI, folder / f"{HEFEI}.db", SetClock(), _STARTS, settings=SETTINGS)
    memory = Memory()
    while letter := line.recv():
        line.send(taking.node.hear(letter))
    case, name, digest = line.recv()
    begun = time.perf_counter()
    reading = taking.node.read_file(case, name, reader=OFFICER, purpose="decide")
    found = sha256()
    for chunk in reading.chunks if reading else ():
        found.update(chunk)
    seconds = round(time.perf_counter() - begun, 1)
    whole = {"s to read": seconds, "whole": found.hexdigest() == digest}
    line.send(memory.figures("takes") | whole)


def _made_up(size: int, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    """A file of which nothing repeats, a block at a time."""
    block, made = b"%PDF-", 0
    while made < size:
        block = sha256(block).digest() * (_BLOCK // 32)
        chunk = block[: size - made]
        seen(chunk)
        made += len(chunk)
        yield chunk


if __name__ == "__main__":
    main()
