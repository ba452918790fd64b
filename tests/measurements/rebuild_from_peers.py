"""Measures how fast a node whose disk was lost gets a channel back from its partner.

    python -m tests.measurements.rebuild_from_peers --cases 1500 --runs 5

Two whole nodes of production code in one process, on SQLite, over roads in memory. One of them is
put back to an empty file; what is measured is from its request until the answer is verified,
stored, folded and committed, the partner's reading of its own store included. Prints medians.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.measurements.calibration import hashing_seconds
from tests.node.looking import rows_of, submit

from tongban.logs.rows import ChannelStatus, LogKind
from tongban.testing.applications import HEFEI, SONGJIANG, accept, grant, publish
from tongban.testing.memory_nodes import MemoryFederation

_PAIR = (SONGJIANG, HEFEI)
#: How many cases gather before the two talk, as on a busy day.
_BATCH = 20


def main() -> None:
    """Build once, then lose the same disk again and again."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        history = Path(folder) / "history"
        hashing = hashing_seconds()
        _build(history, asked.cases)
        rates = [_measure(history, Path(folder) / str(run)) for run in range(asked.runs)]
    result = {
        "hash 200 MB s": round(hashing, 3),
        "cases": asked.cases,
        "entries": rates[0].entries,
        "entries_per_second": round(statistics.median(rate.by_clock for rate in rates)),
        "entries_per_processor_second": round(statistics.median(r.by_processor for r in rates)),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_500)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def _build(folder: Path, cases: int) -> None:
    """Cases from application to decision, and the file of Hefei as it was before them."""
    folder.mkdir()
    pair = MemoryFederation(folder, _PAIR)
    publish(pair)
    pair.settle()
    pair.nodes[HEFEI].copy_to(folder / "empty")
    for first in range(0, cases, _BATCH):
        taken = [submit(pair) for _ in range(min(_BATCH, cases - first))]
        pair.settle()
        for case in taken:
            pair[HEFEI].execute(accept(case))
            pair[HEFEI].execute(grant(case))
        pair.settle()
    pair.stop()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How many entries came back, and how many a second of the clock and of the processor."""

    entries: int
    by_clock: float
    by_processor: float


def _measure(history: Path, folder: Path) -> Rate:
    shutil.copytree(history, folder)
    pair = MemoryFederation(folder, _PAIR)
    publish(pair)
    pair.settle()
    # Before the copy nothing of the cases was there, so all of them come back.
    pair.nodes[HEFEI].put_back(folder / "empty")
    held = _held(pair)
    began, worked = time.perf_counter(), time.process_time()
    while pair[HEFEI].channels()[0].status is not ChannelStatus.OPEN:
        pair.exchange(HEFEI, SONGJIANG)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    given_back = _held(pair) - held
    pair.stop()
    shutil.rmtree(folder)
    return Rate(
        entries=given_back, by_clock=given_back / seconds, by_processor=given_back / processor
    )


def _held(pair: MemoryFederation) -> int:
    node = pair[HEFEI]
    return sum(1 for kind in (LogKind.OWN, LogKind.MIRROR) for _ in rows_of(node, kind, SONGJIANG))


if __name__ == "__main__":
    main()
