"""`tongban item`: what this node's catalogue says, today or on any day before."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

app = typer.Typer(help="The catalogue, today's or of any day before.", no_args_is_help=True)
DayOption = Annotated[str, typer.Option("--on", help="The day, as in 2026-11-22; else today.")]


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    on: DayOption = "",
    every: Annotated[bool, typer.Option("--all", help="Partners' items too.")] = False,  # noqa: FBT002 - a flag of the command line
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the items that this node decides."""
    items = run(folder, "item.list", {"on": on, "all": every})
    rows = [[line["item"], str(line["version"]), line["name"], _days(line)] for line in items]
    columns = ["item", "version", "name", "days"]
    answer(items, as_json=as_json, human=lambda: table(columns, rows, "No item stood then."))


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="The item's implementation code.")],
    folder: FolderOption = Path(),
    on: DayOption = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show one item: its limits and materials, who provides what it uses, and its versions."""
    shown = run(folder, "item.show", {"item": item, "on": on})
    answer(shown, as_json=as_json, human=lambda: _tell(shown))


def _tell(shown: dict[str, Any]) -> None:
    document = shown["document"]
    say(f"{shown['item']}  version {shown['version']}  {shown['name']}  {shown['name_en']}")
    say(f"{document['organisation']['name']['zh']}  promise: {_promise(document['limits'])}")
    materials = [
        [line["code"], line["necessity"], line["name"]["zh"], line["legal_basis"]["zh"]]
        for line in document["materials"]
    ]
    table(["material", "necessity", "name", "basis"], materials, "No material is asked for.")
    uses = [[line["code"], line["name"], _provided(line)] for line in shown["uses"]]
    table(["uses", "name", "provided by"], uses, "It uses no data or certificates of others.")
    versions = [[str(line["version"]), line["digest"], _days(line)] for line in shown["versions"]]
    table(["version", "document", "days"], versions, "It has no version.")


def _promise(limits: dict[str, Any]) -> str:
    legal = "no legal limit" if limits["legal_days"] is None else f"legal {limits['legal_days']}"
    return f"{limits['promised_days']} working days ({legal})"


def _provided(line: dict[str, str]) -> str:
    return line["provider"] or f"nobody: {line['gap']}"


def _days(line: dict[str, str]) -> str:
    return f"{line['first_day']} – {line['last_day']}"
