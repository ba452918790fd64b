"""`tongban case`: cases as an operator may see them, without names or contents."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

app = typer.Typer(help="Cases, without names or contents.", no_args_is_help=True)
_EFFECTS = {
    "taken_effect": "taken effect",
    "refused": "refused",
    "unsettled": "outcome not known",
    "not_due": "for this node alone",
}
Case = Annotated[str, typer.Argument(help="The case's number.")]


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the cases of this node."""
    cases = run(folder, "case.list")
    rows = [[line["case"], line["item"], line["stage"], _holder(line)] for line in cases]
    columns = ["case", "item", "stage", "holder"]
    answer(cases, as_json=as_json, human=lambda: table(columns, rows, "No case yet."))


@app.command()
def show(
    case: Case,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show one case, entry by entry."""
    shown = run(folder, "case.show", {"case": case})
    rows = [
        [entry["at"], entry["writer"], entry["type"], _effect(entry)] for entry in shown["entries"]
    ]

    def human() -> None:
        say(f"{shown['case']}  {shown['item']}  {shown['stage']}  {_holder(shown)}")
        table(["at", "writer", "what", "effect"], rows, "Nothing was recorded yet.")

    answer(shown, as_json=as_json, human=human)


@app.command()
def erase(
    case: Case,
    body: Annotated[str, typer.Argument(help="Name of the body, such as `application`.")],
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Erase a body of a case for good; the log stays verifiable."""
    erased = run(folder, "case.erase", {"case": case, "body": body, "ground": ground})
    answer(
        erased,
        as_json=as_json,
        human=lambda: say(
            f"Erased {body} of {case}. Its commitment stays; nothing brings it back."
        ),
    )


def _effect(entry: dict[str, str]) -> str:
    words = _EFFECTS[entry["effect"]]
    return f"{words}: {entry['refused']}" if entry["refused"] else words


def _holder(line: dict[str, str]) -> str:
    if line["in_transit_to"]:
        return f"{line['holder']} → {line['in_transit_to']}"
    return line["holder"]
