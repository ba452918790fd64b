"""The paper on which a guest's act rests, as an option of the commands that record it."""

from base64 import b64encode
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import failures

PaperOption = Annotated[
    Path | None,
    typer.Option(help="Scan of the paper on which it rests, in a node that is kept for a guest."),
]


def paper_file(path: Path | None) -> dict[str, str] | None:
    """The file as operations take it."""
    if path is None:
        return None
    with failures():
        return {"name": path.name, "content": b64encode(path.read_bytes()).decode()}
