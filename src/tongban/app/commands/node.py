"""`tongban init | serve | doctor | rebuild | ferry`: the node itself."""

import time
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.absence import absences
from tongban.app.commands.suites import SuiteOption
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    pasted,
    run,
    say,
    table,
)
from tongban.app.doctor import examine
from tongban.app.frozen_lines import frozen_lines
from tongban.app.initialise import initialise
from tongban.app.rebuilding import rebuild_folder
from tongban.app.serve import serve_folder
from tongban.app.serving import end_with_starter
from tongban.app.settings import Folder, make_settings
from tongban.channels.roads.ferry import Ferry
from tongban.evidence.suites import USUAL
from tongban.node.clock import SystemClock
from tongban.node.randomness import SystemRandomness


def init(  # noqa: PLR0917 - one argument for each option
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    name: Annotated[str, typer.Option(help="The node's name for ever, such as songjiang.gov.")],
    place: Annotated[list[str], typer.Option(help="Code of a place it serves, such as 310117.")],
    title: Annotated[str, typer.Option(help="Its Chinese name.")],
    title_en: Annotated[str, typer.Option(help="Its English name.")],
    pages_port: Annotated[int, typer.Option(help="Port of the pages on 127.0.0.1.")] = 8000,
    door_port: Annotated[
        int, typer.Option(help="Port on which partners reach it; 0 for none.")
    ] = 8443,
    address: Annotated[
        str, typer.Option(help="https://host:port at which partners reach that door.")
    ] = "",
    gateway: Annotated[
        str, typer.Option(help="Folder of its drop-box on an exchange platform.")
    ] = "",
    kept_by: Annotated[
        str, typer.Option(help="Node whose people keep this one for a guest without a node.")
    ] = "",
    suite: SuiteOption = USUAL,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Make a node: folder, keys, certificate, settings."""
    with failures():
        settings = make_settings(
            name=name,
            title_zh=title,
            title_en=title_en,
            jurisdictions=place,
            pages={"port": pages_port},
            door={"port": door_port, "address": address} if door_port else None,
            gateway={"folder": gateway} if gateway else None,
            keeper={"node": kept_by} if kept_by else None,
        )
        draw = SystemRandomness().draw
        made = initialise(
            folder.resolve(), settings, now=SystemClock().now(), draw=draw, suite=suite
        )
    result = {"folder": str(made.root), "name": name, "kept_by": kept_by, "suite": suite}
    answer(result, as_json=as_json, human=lambda: _made(made, name, kept_by))


def _made(folder: Folder, name: str, kept_by: str) -> None:
    say(f"{name} lives in {folder.root}.")
    if kept_by:
        say(f"It is a guest that {kept_by} keeps: partners see all that it signs as one-sided.")
    say(f"Keep {folder.credential} apart from backups: with it the keys open.")
    say(f"Start it with: tongban serve --folder {pasted(folder.root)}")


def serve(folder: FolderOption = Path()) -> None:
    """Run the node until it is stopped: pages, partners, delivery, supervision."""
    with failures():
        raise typer.Exit(serve_folder(folder.resolve()))


def doctor(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Examine the node and say what is wrong and what to do; 0 healthy, 1 not."""
    findings = examine(folder.resolve())
    rows = [[f.what, "ok" if f.fine else "PROBLEM", f.text] for f in findings]
    healthy = all(finding.fine for finding in findings)
    result = {
        "healthy": healthy,
        "findings": [{"what": f.what, "fine": f.fine, "text": f.text} for f in findings],
    }
    answer(result, as_json=as_json, human=lambda: table(["", "", ""], rows, "Nothing to examine."))
    raise typer.Exit(0 if healthy else 1)


def rebuild(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Drop states and read models and fold them again from the logs; the node must be stopped."""
    with failures():
        folded = rebuild_folder(folder.resolve(), show_progress=not as_json)
    result = {"entries": folded}
    answer(result, as_json=as_json, human=lambda: say(f"Folded {folded} entries again."))


def status(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show how the node and its lines stand."""
    shown = run(folder, "status")

    def human() -> None:
        say(f"{shown['name']}: {shown['open']} of {shown['peers']} lines open")
        for sentence in (*frozen_lines(shown), *absences(shown["lines"])):
            say(sentence)

    answer(shown, as_json=as_json, human=human)


def ferry(
    route: Annotated[
        list[str], typer.Option(help="NODE=FOLDER of a drop-box; once for each node.")
    ],
    seconds: Annotated[float, typer.Option(help="Pause between looks.")] = 0.2,
) -> None:
    """Stand in for an exchange platform: carry envelopes between drop-boxes until stopped."""
    pairs = [line.partition("=") for line in route]
    for node, _, box in pairs:
        if not (node and box):
            raise typer.BadParameter(
                "each --route is NODE=FOLDER, such as suzhou.gov=/srv/gateway/suzhou"
            )
        if not Path(box).is_dir():
            raise typer.BadParameter(
                f"the drop-box of {node}, {box}, is no folder; make it or mount it first, so that "
                "nothing waits unseen in a place where nobody looks"
            )
    carrier = Ferry({node: Path(folder) for node, _, folder in pairs})
    end_with_starter()
    clock = SystemClock()
    while True:
        if not carrier.run_once(now=clock.now()):
            time.sleep(seconds)
