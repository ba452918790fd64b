"""`tongban mandate`: national and alliance lists, and what has really come of them."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, table

app = typer.Typer(help="Lists of items to open, and how far pairs have come.", no_args_is_help=True)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Every list that is known here; one that is not complete is no copy of the official annex."""
    lists = run(folder, "mandate.list")
    rows = [
        [line["number"], line["title"], f"{line['lines']} of {line['lines_announced']}"]
        for line in lists
    ]
    columns = ["number", "title", "lines"]
    answer(lists, as_json=as_json, human=lambda: table(columns, rows, "No list is known."))


@app.command()
def progress(
    mandate: Annotated[str, typer.Argument(help="The list's number.")],
    folder: FolderOption = Path(),
    partner: Annotated[str, typer.Option("--partner", help="Only with this partner.")] = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """What is opened, online and used, by line and direction; the due day is only announced."""
    lines = run(folder, "mandate.progress", {"mandate": mandate, "partner": partner})
    rows = [
        [
            line["name"],
            f"{line['taker']} → {line['decider']}",
            line["standing"] + (" (overdue)" if line["overdue"] else ""),
            str(line["closed"]),
            ", ".join(line["lacks"]),
            line["announced"],
        ]
        for line in lines
    ]
    columns = ["item", "taken in → decided", "standing", "closed", "lacks", "announced"]
    answer(lines, as_json=as_json, human=lambda: table(columns, rows, "There is no partner yet."))
