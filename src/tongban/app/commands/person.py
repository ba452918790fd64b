"""`tongban person`: accounts of this node."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say

app = typer.Typer(help="People with accounts at this node.", no_args_is_help=True)


@app.command()
def add(
    username: Annotated[str, typer.Argument(help="The name to log in with.")],
    display_name: Annotated[str, typer.Option("--name", help="What the pages show.")],
    role: Annotated[list[str], typer.Option(help="A role; may be repeated.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Enter a person, and print a one-time link with which to log in first."""
    arguments = {"username": username, "display_name": display_name, "roles": role}
    _print(run(folder, "person.add", arguments), as_json=as_json)


@app.command()
def link(
    username: Annotated[str, typer.Argument(help="The name to log in with.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Print a fresh one-time log-in link, good for a day."""
    _print(run(folder, "person.link", {"username": username}), as_json=as_json)


def _print(given: dict[str, str], *, as_json: bool) -> None:
    def human() -> None:
        say(f"{given['username']} can log in once, within a day, with this link:")
        say(given["link"])
        say("Whoever opens it is this person: hand it over in private.")

    answer(given, as_json=as_json, human=human)
