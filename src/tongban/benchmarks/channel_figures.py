"""How many events one core takes from one node to another, beside what the disk alone would cost.

Two whole nodes of production code talk over memory, each on a SQLite file that is synced at every
commit. Beside them, in the same run and by turns, the same bytes go in as many commits into tables
with nothing but a primary key (the raw floor), and the same number of events into the nearest
library (events_library.py).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from tongban.benchmarks.channel_pair import ChannelPair
from tongban.benchmarks.one_core import calibrate, stay_on_one_core
from tongban.benchmarks.raw_floor import RawFloor
from tongban.evidence.suites import SUITES, is_usable

#: Events in a batch, and how many batches make one measurement.
BATCHES = {1: 60, 32: 12, 512: 3}
#: What the library is given in one transaction.
LIBRARY_BATCH = 100
_LIBRARY_TIMES = 5
_PACKAGE = "eventsourcing"

Progress = Callable[[Sequence[int]], Iterator[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchFigures:
    """Medians over the repeats; events a second by the clock.

    event_bytes: an event as it is stored at one end: entry, body and salt. commits: of the writer
    and of the reader, for a batch. processor_per_second: events for a second of the processor.
    of_floor: the median of what each turn has of the floor's figure in the same turn.
    """

    suite: str
    batch: int
    event_bytes: int
    commits: tuple[int, int]
    per_second: float
    processor_per_second: float
    floor_per_second: float
    of_floor: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelFigures:
    """What was measured on one core.

    library: the named peer and its version, "" where it is not installed; then its figures are 0.
    of_library: of what 32 and 512 in a batch give, the lower, over the library's at LIBRARY_BATCH.
    calibration_seconds: SHA-256 of 200 MB on the same core, just before.
    """

    repeats: int
    batches: tuple[BatchFigures, ...]
    library: str
    library_per_second: float
    of_library: float
    calibration_seconds: float


def measure_channel(*, folder: Path, repeats: int, progress: Progress) -> ChannelFigures:
    """Measure every suite that this machine has; folder: empty, on the disk in question."""
    stay_on_one_core()
    hashing = calibrate()
    suites = [name for name in SUITES if is_usable(name)]
    pairs = {name: ChannelPair(folder / name, name) for name in suites}
    floor = RawFloor(folder / "floor")
    turns: dict[tuple[str, int], list[_Turn]] = {}
    named, library = _library(), list[float]()
    for turn in progress(range(repeats)):
        if named:
            library.append(_library_events(folder / f"library{turn}.db"))
        for name, pair in pairs.items():
            for batch, times in BATCHES.items():
                turns.setdefault((name, batch), []).append(_turn(pair, floor, batch, times))
    found = [_figures(name, batch, of) for (name, batch), of in turns.items()]
    per_second = median(library) if library else 0.0
    usual = [line.per_second for line in found if line.suite == suites[0] and line.batch > 1]
    for pair in pairs.values():
        pair.close()
    return ChannelFigures(
        repeats=repeats,
        batches=tuple(found),
        library=named,
        library_per_second=per_second,
        of_library=min(usual) / per_second if per_second else 0.0,
        calibration_seconds=hashing,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    event_bytes: int
    commits: tuple[int, int]
    per_second: float
    processor_per_second: float
    floor_per_second: float


def _turn(pair: ChannelPair, floor: RawFloor, batch: int, times: int) -> _Turn:
    event_bytes, commits = pair.weigh(batch)
    worked = time.process_time()
    per_second = _per_second(partial(pair.send, batch, times), batch * times)
    processor = time.process_time() - worked
    raw = partial(floor.write, batch, times, event_bytes, commits)
    floor_per_second = _per_second(raw, batch * times)
    return _Turn(
        event_bytes=event_bytes,
        commits=commits,
        per_second=per_second,
        processor_per_second=batch * times / processor,
        floor_per_second=floor_per_second,
    )


def _library() -> str:
    """Name and version of the named peer, "" where it is not installed."""
    try:
        return f"{_PACKAGE} {version(_PACKAGE)}"
    except PackageNotFoundError:
        return ""


def _library_events(path: Path) -> float:
    # It is no part of the runtime.
    from tongban.benchmarks.events_library import EventsLibrary  # noqa: PLC0415

    write = partial(EventsLibrary(path).write, LIBRARY_BATCH, _LIBRARY_TIMES)
    return _per_second(write, LIBRARY_BATCH * _LIBRARY_TIMES)


def _per_second(work: Callable[[], None], events: int) -> float:
    began = time.perf_counter()
    work()
    return events / (time.perf_counter() - began)


def _figures(suite: str, batch: int, turns: Sequence[_Turn]) -> BatchFigures:
    return BatchFigures(
        suite=suite,
        batch=batch,
        event_bytes=turns[-1].event_bytes,
        commits=turns[-1].commits,
        per_second=median(turn.per_second for turn in turns),
        processor_per_second=median(turn.processor_per_second for turn in turns),
        floor_per_second=median(turn.floor_per_second for turn in turns),
        of_floor=median(turn.per_second / turn.floor_per_second for turn in turns),
    )
