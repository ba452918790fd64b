"""`tongban demo`: nine cities on this machine."""

import signal
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import (
    REFUSED,
    JsonOption,
    answer,
    failures,
    say,
    table,
)
from tongban.app.demo.federation import Federation, LogIn, Tell
from tongban.app.demo.once import play


def demo(
    once: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--once", help="Play three journeys, verify their evidence, stop."),
    ] = False,
    folder: Annotated[Path, typer.Option(help="Where the nodes live; kept between starts.")] = Path(
        "var/demo"
    ),
    port: Annotated[int, typer.Option(help="First port of the pages; nine follow on.")] = 8100,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Start the nine cities of the G60 corridor as nine nodes, with made-up people."""
    with failures():
        if once:
            _once(port, as_json=as_json)
        else:
            _stay(folder.resolve(), port)


def _once(port: int, *, as_json: bool) -> None:
    """In a folder of its own, so that it plays the same whatever was there before."""
    root = Path(tempfile.mkdtemp(prefix="tongban-demo-"))
    with Federation(root, port, _quiet if as_json else say) as federation:
        _bring_up(federation, _quiet if as_json else say)
        summary = play(federation, root / "evidence")

    def human() -> None:
        rows = [
            [j["name"], j["case"], j["state"], str(j["entries"]), "yes" if j["verified"] else "NO"]
            for j in summary["journeys"]
        ]
        table(["journey", "case", "state", "entries", "verified"], rows, "Nothing was played.")
        say(f"The evidence is in {root / 'evidence'}.")

    answer(summary, as_json=as_json, human=human)
    raise typer.Exit(0 if summary["ok"] else REFUSED)


def _stay(root: Path, port: int) -> None:
    with Federation(root, port, say) as federation:
        links = _bring_up(federation, say)
        _show(links)
        say("\nCtrl-C stops all nine. Everything shown here is made up and has no legal force.")
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
        stop.wait()
        say("Stopping the nine nodes.")


def _bring_up(federation: Federation, tell: Tell) -> list[LogIn]:
    tell("Setting up nine nodes, each with its own keys and database.")
    federation.set_up()
    federation.start()
    tell("Introducing them to each other, and signing agreements.")
    federation.introduce()
    federation.agree()
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
