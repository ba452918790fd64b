"""Plays many seeds on every core, and sees whether planted bugs are caught."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import msgspec

from tongban.testing.simulation.report import Batch, Caught, Report, summed

#: Seeds that one process plays before it reports.
_BATCH = 10
#: Seeds after which a planted bug counts as not seen.
BUG_SEEDS = 200
_WORDS_MAX = 4_000

#: Called with how many of how many pieces of work are done.
Progress = Callable[[int, int], None]


class ChildFell(Exception):
    """A process that played ended with this; mend what it says."""


def campaign(
    start: int, seeds: int, *, bugs: Sequence[str], progress: Progress, within: str = ""
) -> Report:
    """Play the seeds from start on, then each of these planted bugs until it is caught.

    within: a bug that is planted while the seeds are played, to see them fail.
    """
    stop = start + seeds
    ranges = [(first, min(first + _BATCH, stop)) for first in range(start, stop, _BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        played = [pool.submit(child, "seeds", *map(str, pair), within) for pair in ranges]
        planted = [pool.submit(child, "bug", bug, str(BUG_SEEDS)) for bug in bugs]
        for done, future in enumerate(as_completed([*played, *planted]), start=1):
            future.result()
            progress(done, len(played) + len(planted))
    return summed(
        [msgspec.json.decode(future.result(), type=Batch) for future in played],
        [msgspec.json.decode(future.result(), type=Caught) for future in planted],
        start=start,
        seeds=seeds,
        commit=commit(),
    )


def child(*arguments: str) -> bytes:
    """Play in a process of its own: each has one SQLite, and a bug is planted before anything."""
    command = [sys.executable, "-m", "tongban.testing.simulation.child", *arguments]
    ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own
    if ended.returncode != 0:
        raise ChildFell(ended.stderr.decode(errors="replace").strip()[-_WORDS_MAX:])
    return ended.stdout


def commit() -> str:
    """The commit of the sources, where they lie in a repository."""
    try:
        ended = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git there is
            cwd=Path(__file__).parent,
            capture_output=True,
            check=False,
            text=True,
        )
    except OSError:
        return ""
    return ended.stdout.strip()
