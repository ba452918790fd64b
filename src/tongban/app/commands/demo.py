"""`tongban demo`: nine cities on this machine."""

import signal
import sys
import threading
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from tongban.app.commands.terminal import (
    REFUSED,
    JsonOption,
    answer,
    failures,
    say,
    table,
)
from tongban.app.demo.databases import DatabaseKind
from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.demo.federation import Federation, LogIn, Tell
from tongban.app.demo.once import play
from tongban.app.demo.workplace import EVIDENCE, LOGS, make_private, passing_workplace

#: Where the nodes of a demonstration live that goes on until it is stopped.
KEPT = {
    DatabaseKind.SQLITE: Path("var/demo"),
    DatabaseKind.POSTGRES: Path("var/demo-postgres"),
}
_LOOK_SECONDS = 1.0
#: The last door is 108 further on.
_PORT_MAX = 65_535 - 108


def demo(
    once: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--once", help="Play three journeys, verify their evidence, stop."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            help="Where the nodes live, kept between starts; var/demo, or with --once a passing "
            "folder of which only the evidence is left."
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=1024, max=_PORT_MAX, help="First of nine ports of the pages.")
    ] = 8100,
    database: Annotated[
        DatabaseKind,
        typer.Option(help="A file in each node's folder, or one PostgreSQL for all nine."),
    ] = DatabaseKind.SQLITE,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Start the nine cities of the G60 corridor as nine nodes, with made-up people."""
    with failures():
        if once:
            _once(folder, port, database, as_json=as_json)
        elif as_json:
            raise DemonstrationStopped(
                "without --once the demonstration goes on until it is stopped and has nothing to "
                "print as JSON; add --once, or leave --json out"
            )
        else:
            _stay((folder or KEPT[database]).resolve(), port, database)


def _once(folder: Path | None, port: int, database: DatabaseKind, *, as_json: bool) -> None:
    # The folder is cleared also when the system asks this process to end.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    tell = _quiet if as_json else say
    if folder is not None:
        root = make_private(folder.resolve())
        summary = _play(Federation(root, port, tell, database=database), tell)
    else:
        with passing_workplace() as root:
            passing = Federation(root, port, tell, database=database, passing=True)
            summary = _play(passing, tell)
    answer(summary, as_json=as_json, human=lambda: _tell_of(summary))
    raise typer.Exit(0 if summary["ok"] else REFUSED)


def _play(nine: Federation, tell: Tell) -> dict[str, Any]:
    try:
        with nine as federation:
            _bring_up(federation, tell)
            return play(federation, federation.root / EVIDENCE)
    except httpx.TransportError as error:
        raise DemonstrationStopped(
            f"the pages of a city do not answer any more ({error}); see what the logs in "
            f"{nine.root / LOGS} say, and start again"
        ) from error


def _tell_of(summary: dict[str, Any]) -> None:
    rows = [
        [j["name"], j["case"], j["state"], str(j["entries"]), "yes" if j["verified"] else "NO"]
        for j in summary["journeys"]
    ]
    table(["journey", "case", "state", "entries", "verified"], rows, "Nothing was played.")
    for journey in summary["journeys"]:
        say(f"{journey['name']}: tongban evidence verify {journey['evidence']}")


def _stay(root: Path, port: int, database: DatabaseKind) -> None:
    with Federation(root, port, say, database=database) as federation:
        links = _bring_up(federation, say)
        _show(links)
        say("\nCtrl-C stops all nine. Everything shown here is made up and has no legal force.")
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        watch = federation.watch()
        while not stop.wait(_LOOK_SECONDS):
            watch.look()
        say("Stopping the nine nodes.")


def _bring_up(federation: Federation, tell: Tell) -> list[LogIn]:
    tell("Setting up nine nodes, each with its own keys and database.")
    federation.set_up()
    federation.start()
    tell("Introducing them to each other, signing agreements, and telling of items.")
    federation.introduce()
    federation.authorise()
    federation.agree()
    federation.cite()
    federation.standardise()
    federation.share()
    federation.connect_stand_in()
    return federation.invite()


def _show(links: list[LogIn]) -> None:
    say("\nOne-time log-in links of people who do not exist, good for a day")
    say("(`tongban person link` makes another):")
    place = ""
    for line in links:
        if line.person.city.place.short.zh != place:
            place = line.person.city.place.short.zh
            say(f"\n{place}  {line.person.city.address}")
        say(f"  {line.person.what}\n    {line.link}")


def _quiet(_text: str) -> None:
    """With --json, standard output carries the JSON alone."""
