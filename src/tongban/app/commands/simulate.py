"""`tongban simulate`: worlds in which anything may go wrong, to see whether promises hold."""

from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer
from rich.progress import Progress

from tongban.app.commands.terminal import REFUSED, JsonOption, answer, failures, say, table
from tongban.testing.simulation.campaign import campaign
from tongban.testing.simulation.kept import keep_failures
from tongban.testing.simulation.planted import memory
from tongban.testing.simulation.planted.bugs import BUGS
from tongban.testing.simulation.report import Report

_Names = TypeVar("_Names", str, list[str])


def _known(named: _Names) -> _Names:
    """The same, if there are such bugs."""
    for name in [named] if isinstance(named, str) else named:
        if name and name not in BUGS:
            raise typer.BadParameter(
                f"no planted bug is called {name}; `tongban simulate` lists them"
            )
    return named


def simulate(  # noqa: PLR0917 - options of the command line
    seeds: Annotated[int, typer.Option(min=0, help="How many worlds to play.")] = 100,
    start: Annotated[int, typer.Option(min=0, help="The first seed.")] = 0,
    bugs: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--bugs/--no-bugs", help="Also plant bugs, and see each one caught.")
    ] = True,
    bug: Annotated[
        list[str], typer.Option(callback=_known, help="Plant this bug only; may be repeated.")
    ] = [],  # noqa: B006 - typer copies it
    within: Annotated[
        str, typer.Option(callback=_known, help="Play the worlds with this bug in the code.")
    ] = "",
    remember: Annotated[  # noqa: FBT002 - as above
        bool,
        typer.Option("--remember", help="Keep in the sources which seed saw each planted bug."),
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option(help="Keep the shortest story of each failing seed in this folder."),
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Play whole nodes through lost letters, dying disks and lying partners."""
    with failures(), Progress(disable=as_json, transient=True) as bar:
        task = bar.add_task("playing", total=None)
        report = campaign(
            start,
            seeds,
            bugs=(bug or list(BUGS)) if bugs else [],
            within=within,
            progress=lambda done, work: bar.update(task, completed=done, total=work),
        )
    if remember:
        memory.remember(report.bugs)
    if keep is not None:
        keep_failures(keep, report)
    answer(msgspec.to_builtins(report), as_json=as_json, human=lambda: _tell(report))
    raise typer.Exit(0 if report.ok else REFUSED)


def _tell(report: Report) -> None:
    struck = sum(report.faults_injected.values())
    say(
        f"{report.seeds} worlds from seed {report.start} on, {report.cases} cases, {struck} faults."
    )
    for failure in report.failures:
        say(
            f"Seed {failure.seed} at commit {report.commit} violates {failure.words} "
            f"({failure.checker})"
        )
        for step in failure.steps:
            say(f"  {step}")
    if not report.failures:
        say("Nothing that must hold was violated.")
    missed = [[bug.name, bug.breaks] for bug in report.bugs if bug.seed is None]
    say(f"{report.planted_bugs_caught} of {report.planted_bugs} planted bugs were caught.")
    table(["not caught", "what it breaks"], missed, "")
    caught = [[bug.name, bug.checker, str(bug.seed)] for bug in report.bugs if bug.checker]
    table(["caught", "by", "seed"], caught, "")
