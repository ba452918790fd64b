"""What a start spends on the catalogue: `python -m tests.measurements.catalogue 5`."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from tests.measurements.calibration import hashing_seconds

T = TypeVar("T")

_ONCE = "--once"


def main() -> None:
    """Each run in a process of its own, as a start is; medians of processor seconds."""
    if _ONCE in sys.argv:
        _once()
        return
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    command = [sys.executable, "-m", "tests.measurements.catalogue", _ONCE]
    lines = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        for _ in range(runs)
    ]
    names = ("items", "read, joined and checked", "made into documents", "bytes each", "peak MB")
    for name, values in zip(names, zip(*lines, strict=True), strict=True):
        sys.stdout.write(f"{name}: {statistics.median(map(float, values)):.3f}\n")
    sys.stdout.write(f"SHA-256 of 200 MB: {hashing_seconds():.3f} s\n")


def _once() -> None:
    # Imported here, so that only a run pays for it.
    from tongban.catalogue import load_items, load_places  # noqa: PLC0415
    from tongban.core.items.document import item_document  # noqa: PLC0415

    items, reading = _timed(
        lambda: [item for place in load_places() for item in load_items(place.node.split(".")[0])]
    )
    documents, writing = _timed(lambda: [item_document(item) for item in items])
    size = sum(map(len, documents)) / len(documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{len(items)} {reading} {writing} {size} {peak}\n")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    done = work()
    return done, time.process_time() - began


if __name__ == "__main__":
    main()
