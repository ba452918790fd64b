"""`tongban catalogue`: what partners know of this node's items, and what they told of theirs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

app = typer.Typer(help="Catalogues between this node and its partners.", no_args_is_help=True)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """For each partner: what it was told of this node's items, and what it told of its own."""
    lines = run(folder, "catalogue.list")
    rows = [
        [
            line["partner"],
            f"{line['told']} (version {line['told_version']}, {line['unconfirmed']} unconfirmed)",
            f"{line['heard']} (version {line['heard_version']})",
        ]
        for line in lines
    ]
    columns = ["partner", "told of our items", "told us of its own"]
    answer(lines, as_json=as_json, human=lambda: table(columns, rows, "There is no partner yet."))


@app.command()
def publish(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Tell partners now what they do not know yet; a running node does so by itself."""
    told = run(folder, "catalogue.publish")
    words = f"{told['versions']} versions were written; they cross as soon as lines are open."
    answer(told, as_json=as_json, human=lambda: say(words))


@app.command()
def changes(
    partner: Annotated[str, typer.Argument(help="The partner's node name.")],
    folder: FolderOption = Path(),
    since: Annotated[int, typer.Option("--since", help="Only after this version.")] = 0,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """What changed on a partner's list, cell by cell of the spreadsheet."""
    lines = run(folder, "catalogue.changes", {"partner": partner, "since": since})
    answer(lines, as_json=as_json, human=lambda: _tell(lines))


def _tell(lines: list[dict[str, Any]]) -> None:
    if not lines:
        say("Nothing has changed.")
    for line in lines:
        note = f" from {line['from_day']} ({line['reason']})" if line["reason"] else ""
        say(f"{line['version']}  {line['kind']}{note}  {line['item']}  {line['name']}")
        for field in line["fields"]:
            say(f"    {field['sheet']} {field['column']}: {field['before']} → {field['after']}")
