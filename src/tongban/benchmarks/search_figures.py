"""How long it takes to index a catalogue as large as China's, and to search it, on one core."""

import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from tongban.benchmarks.one_core import calibrate, stay_on_one_core
from tongban.benchmarks.search_rows import made_up_entries, made_up_names
from tongban.catalogue import load_places
from tongban.catalogue.acts import load_acts
from tongban.catalogue.colloquial import load_colloquial
from tongban.catalogue.divisions import load_divisions
from tongban.search.acts import Acts
from tongban.search.engines import load_engine
from tongban.search.entry import Entry
from tongban.search.finder import Finder, Wanted
from tongban.search.question import Colloquial, PlaceNames
from tongban.search.written_reach import PlaceWords, WrittenReach

_PERCENT = 100
_MILLION = 1_000_000
_WARM_UP = 20

Progress = Callable[[Iterable[Entry]], Iterable[Entry]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Latency:
    """Milliseconds from question to ranked results, by the clock; cpu_: of the processor alone.

    Where other work shares the core, the clock counts their turns as well.
    """

    p50: float
    p95: float
    worst: float
    cpu_p50: float
    cpu_p95: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchFigures:
    """What was measured. calibration_seconds: SHA-256 of 200 MB on the same core, just before."""

    engine: str
    rows: int
    places: int
    items: int
    index_seconds: float
    index_cpu_seconds: float
    index_megabytes: float
    questions: int
    with_place_ms: Latency
    without_place_ms: Latency
    memory_megabytes: float
    calibration_seconds: float


def measure_search(
    *, engine: str, places: int, items: int, questions: int, progress: Progress
) -> SearchFigures:
    """Write the index into a passing folder, open it and ask; the process stays on one core."""
    stay_on_one_core()
    calibration = calibrate()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as name:
        folder = Path(name)
        began, cpu_began = time.perf_counter(), time.process_time()
        load_engine(engine).write(progress(made_up_entries(places, items)), folder)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu_began
        megabytes = sum(each.stat().st_size for each in folder.iterdir()) / _MILLION
        finder = _finder(engine, folder)
        asked = list(_questions(made_up_names(items), questions))
        codes = [each.code for each in load_divisions() if each.code.endswith("00")][1:places]
        return SearchFigures(
            engine=engine,
            rows=places * items,
            places=places,
            items=items,
            index_seconds=seconds,
            index_cpu_seconds=cpu,
            index_megabytes=megabytes,
            questions=len(asked),
            with_place_ms=_latency(finder, asked, codes),
            without_place_ms=_latency(finder, asked, [""]),
            memory_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
            calibration_seconds=calibration,
        )


def _finder(engine: str, folder: Path) -> Finder:
    register, places = load_divisions(), load_places()
    return Finder(
        load_engine(engine).open(folder),
        PlaceNames(register, places),
        Colloquial(load_colloquial()),
        WrittenReach(PlaceWords(register, places)),
        acts=Acts(load_acts()),
    )


def _questions(names: list[str], count: int) -> Iterator[str]:
    """Whole names, their beginnings, words of two characters, and mistyped ones, in turn."""
    for number in range(count):
        name = names[number * 7919 % len(names)]
        wrong = name[:2] + "错" + name[3:6]
        yield (name, name[:6], name[:2], name[-4:], wrong, f"怎么办{name[2:8]}")[number % 6]


def _latency(finder: Finder, asked: list[str], places: list[str]) -> Latency:
    taken, cpu = [], []
    for number, text in enumerate(asked):
        wanted = Wanted(text=text, here="310117", there=places[number % len(places)])
        began, cpu_began = time.perf_counter(), time.thread_time()
        finder.find(wanted)
        taken.append((time.perf_counter() - began) * 1000)
        cpu.append((time.thread_time() - cpu_began) * 1000)
    by_clock, by_cpu = (quantiles(each[_WARM_UP:], n=_PERCENT) for each in (taken, cpu))
    return Latency(
        p50=by_clock[49],
        p95=by_clock[94],
        worst=max(taken),
        cpu_p50=by_cpu[49],
        cpu_p95=by_cpu[94],
    )
