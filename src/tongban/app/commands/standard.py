"""`tongban standard`: common standards, set here and by partners, and which places keep them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.given_files import text_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)
from tongban.app.outputs import check_output

app = typer.Typer(help="Common standards of items, and who keeps them.", no_args_is_help=True)


@app.command()
def draft(  # noqa: PLR0917 - one parameter for each option
    item: Annotated[str, typer.Argument(help="An item's code, or its basic code.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
    places: Annotated[
        list[str] | None, typer.Option("--with", help="A place; without any, all that have it.")
    ] = None,
    number: Annotated[str, typer.Option(help="The standard's number, such as G60/S-1.")] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write a standard to begin with: what most places ask, or what stands under the number."""
    arguments = {"item": item, "places": places or [], "number": number}
    made = run(folder, "standard.draft", arguments)
    with failures():
        check_output(file)
        file.write_text(made["text"], encoding="utf-8")
    words = f"The draft is in {file}; change it, then `tongban standard publish {file} --dry-run`."
    answer({"file": str(file)}, as_json=as_json, human=lambda: say(words))


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(help="The standard as YAML or JSON.")],
    *,
    folder: FolderOption = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show who keeps it.")] = False,
    unknown_code: Annotated[
        bool, typer.Option("--unknown-code", help="Also where nothing has its basic code yet.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Publish a version: it is dated, goes to every partner, and never changes again."""
    text = text_file(file)
    arguments = {"text": text, "dry_run": dry_run, "unknown_code": unknown_code}
    done = run(folder, "standard.publish", arguments)

    def human() -> None:
        _tell_places(done["places"])
        if dry_run:
            say("This was a dry run; nothing was published.")
        else:
            say(f"Version {done['version']} of {done['number']} is published.")

    answer(done, as_json=as_json, human=human)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Every version of every common standard that is known here, with its publisher and day."""
    lines = run(folder, "standard.list")
    rows = [
        [
            line["publisher"],
            line["number"],
            str(line["version"]),
            line["published_on"],
            line["title"],
        ]
        for line in lines
    ]
    columns = ["publisher", "number", "version", "published on", "title"]
    answer(lines, as_json=as_json, human=lambda: table(columns, rows, "There is no standard."))


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="The standard's number.")],
    publisher: Annotated[str, typer.Option(help="Its node, where several use the number.")] = "",
    version: Annotated[int, typer.Option("--version", help="Else the newest.")] = 0,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """One version of a common standard, and which places keep it."""
    arguments = {"number": number, "publisher": publisher, "version": version}
    shown = run(folder, "standard.show", arguments)

    def human() -> None:
        say(f"{shown['number']}  version {shown['version']}  {shown['title']}")
        say(f"published by {shown['publisher']} on {shown['published_on']}, {shown['document']}")
        _tell_text(shown["text"])
        _tell_places(shown["places"])

    answer(shown, as_json=as_json, human=human)


def _tell_text(text: dict[str, Any]) -> None:
    materials = "、".join(line["name"]["zh"] for line in text["materials"]) or "none"
    say(f"materials at most: {materials}")
    say(
        f"working days at most: {text['promised_days_max']}, visits: {text['visits_max']}, "
        f"fees: {text['fee_fen_max'] / 100:.2f} yuan"
    )
    say(f"results at least: {'、'.join(line['zh'] for line in text['results']) or 'none'}")
    say(f"ways at least: {', '.join(text['modes']) or 'none'}")


def _tell_places(places: list[dict[str, Any]]) -> None:
    rows = [
        [place["place"], f"{place['kept']} of {place['of']}", "、".join(place["broken"])]
        for place in places
    ]
    table(["place", "kept", "not kept"], rows, "No place that is known here has the item.")
