"""The paper on which a guest's act rests, as an option of the commands that record it."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.given_files import encoded_file

PaperOption = Annotated[
    Path | None,
    typer.Option(help="Scan of the paper on which it rests, in a node that is kept for a guest."),
]


def paper_file(path: Path | None) -> dict[str, str] | None:
    """The file as operations take it."""
    if path is None:
        return None
    return {"name": path.name, "content": encoded_file(path)}
