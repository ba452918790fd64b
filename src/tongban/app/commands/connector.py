"""`tongban connector`: access of approval systems to this node."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

app = typer.Typer(help="Access of approval systems to this node.", no_args_is_help=True)
System = Annotated[str, typer.Argument(help="The system's name; partners see it with each fact.")]


@app.command()
def issue(
    system: System,
    organisation: Annotated[
        list[str],
        typer.Option(help="Credit code of an authority for which it decides; may be repeated."),
    ],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Issue a token, which is shown this once."""
    given = run(folder, "connector.issue", {"system": system, "organisation": organisation})

    def human() -> None:
        say(f"{system} reaches this node with this token, which is not shown again:")
        say(given["token"])
        say("Whoever has it reads the cases of these authorities: keep it in a file of mode 600.")

    answer(given, as_json=as_json, human=human)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List who has access, without the tokens."""
    known = run(folder, "connector.list")
    rows = [
        [
            line["system"],
            " ".join(line["organisations"]),
            line["issued_at"],
            "revoked" if line["revoked"] else "good",
        ]
        for line in known
    ]
    columns = ["system", "organisations", "issued", "access"]
    answer(known, as_json=as_json, human=lambda: table(columns, rows, "No system yet."))


@app.command()
def revoke(
    system: System,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """End every access of a system at once."""
    ended = run(folder, "connector.revoke", {"system": system})
    answer(
        ended,
        as_json=as_json,
        human=lambda: say(f"{system} has no access any more; what it reported stands."),
    )
