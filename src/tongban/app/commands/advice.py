"""`tongban advice`: what upper levels recommend on items and agreements; it binds nobody."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.given_files import text_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    run,
    say,
    table,
)

app = typer.Typer(help="Advice on items and agreements; it binds nobody.", no_args_is_help=True)


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(help="The advice as YAML or JSON.")],
    *,
    folder: FolderOption = Path(),
    unknown_code: Annotated[
        bool, typer.Option("--unknown-code", help="Also where nothing has its basic code yet.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Publish a version of advice: it goes to every partner, and never changes again."""
    text = text_file(file)
    done = run(folder, "advice.publish", {"text": text, "unknown_code": unknown_code})
    words = f"Version {done['version']} of {done['number']} is published."
    answer(done, as_json=as_json, human=lambda: say(words))


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Every version of all advice that is known here, what it is about, and its text."""
    lines = run(folder, "advice.list")
    rows = [
        [
            line["publisher"],
            line["number"],
            str(line["version"]),
            line["basic_code"] or line["agreement"],
            line["title"],
            line["text"],
        ]
        for line in lines
    ]
    columns = ["publisher", "number", "version", "about", "title", "text"]
    answer(lines, as_json=as_json, human=lambda: table(columns, rows, "There is no advice."))
