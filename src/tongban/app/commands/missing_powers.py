"""Powers that no clause gives, reported upward (缺权上报): two commands of `tongban inquiry`."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

Item = Annotated[str, typer.Option(help="Implementation code of the item.")]
Partner = Annotated[str, typer.Option(help="Node name of the partner.")]


def report(  # noqa: PLR0917 - one parameter for each option
    power: Annotated[str, typer.Argument(help="The missing power, as a code.")],
    item: Item,
    partner: Partner,
    to: Annotated[str, typer.Option(help="An upper node with which this one is paired.")] = "",
    words: Annotated[str, typer.Option(help="What to tell it.")] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Report upward that a power is missing; this alone grants nothing."""
    arguments = {"power": power, "item": item, "partner": partner, "to": to, "words": words}
    done = run(folder, "inquiry.report", arguments)
    where = f"and asked {to} about it: {done['inquiry']}" if to else "no upper node was named"
    answer(done, as_json=as_json, human=lambda: say(f"On the supervisor's list; {where}."))


def reports(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List powers that were reported missing, for the supervisor."""
    found = run(folder, "inquiry.reports")
    rows = [
        [line["at"], line["power"], line["item"], line["partner"], _resolved(line["resolved_by"])]
        for line in found
    ]
    columns = ["when", "power", "item", "partner", "resolved by"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, "None."))


def _resolved(cure: dict[str, str] | None) -> str:
    return f"《{cure['title']}》 {cure['clause']}" if cure else "open"
