"""`tongban bench`: measurements that an operator can repeat."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from tongban.app.commands.terminal import UNREADABLE, JsonOption, answer, say, stop
from tongban.benchmarks.channel_figures import ChannelFigures, measure_channel
from tongban.benchmarks.clause_figures import ClauseFigures, measure_clauses
from tongban.benchmarks.search_figures import SearchFigures, measure_search
from tongban.search.engines import ENGINES
from tongban.search.entry import Entry

app = typer.Typer(help="Measurements that an operator can repeat.", no_args_is_help=True)


@app.command()
def search(
    places: Annotated[int, typer.Option(min=2, max=333, help="So many places.")] = 333,
    items: Annotated[int, typer.Option(min=100, max=10_000, help="So many items of each.")] = 4000,
    questions: Annotated[int, typer.Option(min=100, help="So many questions, each way.")] = 600,
    engine: Annotated[str, typer.Option(help="tantivy or fts5.")] = "tantivy",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Index and search a made-up catalogue as large as China's, on one core."""
    if engine not in ENGINES:
        stop(f"there is no engine {engine}; choose one of {', '.join(ENGINES)}", UNREADABLE)
    console = Console(stderr=True)

    def progress(entries: Iterable[Entry]) -> Iterable[Entry]:
        return track(entries, "indexing", total=places * items, console=console, transient=True)

    figures = measure_search(
        engine=engine, places=places, items=items, questions=questions, progress=progress
    )
    answer(asdict(figures), as_json=as_json, human=lambda: _say(figures))


@app.command()
def clauses(
    partners: Annotated[int, typer.Option(min=1, max=1000, help="So many partners.")] = 366,
    items: Annotated[int, typer.Option(min=10, max=10_000, help="So many items with each.")] = 1000,
    checks: Annotated[
        int, typer.Option(min=1000, help="So many acts that are asked for.")
    ] = 400_000,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Hold acts against the agreements of a place with very many partners, on one core."""
    console = Console(stderr=True)

    def progress(numbers: Sequence[int]) -> Iterator[int]:
        yield from track(numbers, "indexing agreements", console=console, transient=True)

    figures = measure_clauses(partners=partners, items=items, checks=checks, progress=progress)
    answer(asdict(figures), as_json=as_json, human=lambda: _say_clauses(figures))


@app.command()
def channel(
    repeats: Annotated[int, typer.Option(min=1, max=100, help="So many turns.")] = 5,
    folder: Annotated[
        Path | None, typer.Option(help="On the disk in question; else where temporary files are.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Take events from one node to another, beside the same bytes in bare tables, on one core."""
    console = Console(stderr=True)

    def progress(turns: Sequence[int]) -> Iterator[int]:
        yield from track(turns, "turns", console=console, transient=True)

    if folder is not None and not folder.is_dir():
        stop(f"there is no folder {folder}; give one on the disk to be measured", UNREADABLE)
    with tempfile.TemporaryDirectory(dir=folder) as below:
        figures = measure_channel(folder=Path(below), repeats=repeats, progress=progress)
    answer(asdict(figures), as_json=as_json, human=lambda: _say_channel(figures))


def _say_channel(figures: ChannelFigures) -> None:
    for line in figures.batches:
        say(
            f"{line.suite}, {line.batch} in a batch: {line.per_second:,.0f} events a second, "
            f"{line.of_floor:.2f} of the raw floor ({line.floor_per_second:,.0f}); "
            f"{line.commits[0]} and {line.commits[1]} commits, {line.event_bytes:,} bytes each"
        )
    if figures.library:
        say(
            f"{figures.library}, one end alone: {figures.library_per_second:,.0f} events a second; "
            f"ours is {figures.of_library:.2f} times that"
        )
    else:
        say("the library to compare with is not installed; `make test` installs it")
    say(f"calibration, SHA-256 of 200 MB: {figures.calibration_seconds:.3f} s")


def _say_clauses(figures: ClauseFigures) -> None:
    say(
        f"{figures.partners} agreements over {figures.items:,} items each indexed in "
        f"{figures.index_seconds:.1f} s of processor, {figures.keys:,} keys; "
        f"{figures.memory_megabytes:.0f} MB"
    )
    say(
        f"of {figures.checks:,} acts {figures.granted:,} have a basis: "
        f"{figures.find_per_second:,.0f} found a second of one core, "
        f"{figures.check_per_second:,.0f} checked"
    )
    say(
        f"under a suspension that lists {figures.suspended:,} items: "
        f"{figures.stopped_find_per_second:,.0f} found, "
        f"{figures.stopped_check_per_second:,.0f} checked"
    )
    say(f"calibration, SHA-256 of 200 MB: {figures.calibration_seconds:.3f} s")


def _say(figures: SearchFigures) -> None:
    say(
        f"{figures.rows:,} rows of {figures.places} places indexed by {figures.engine} in "
        f"{figures.index_seconds:.1f} s ({figures.index_cpu_seconds:.1f} s of processor), "
        f"{figures.index_megabytes:.0f} MB"
    )
    for words, latency in (
        ("of one place", figures.with_place_ms),
        ("of all places", figures.without_place_ms),
    ):
        say(
            f"search {words}: p50 {latency.p50:.1f} ms, p95 {latency.p95:.1f} ms "
            f"(of processor {latency.cpu_p50:.1f} and {latency.cpu_p95:.1f})"
        )
    say(f"memory at most {figures.memory_megabytes:.0f} MB")
    say(f"calibration, SHA-256 of 200 MB: {figures.calibration_seconds:.3f} s")
