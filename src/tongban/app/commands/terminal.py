"""What every command shares: where the node lives, how answers are printed, how failures end."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tongban.app.control import OperationRefused
from tongban.app.initialise import FolderNotEmpty
from tongban.app.reach import reach
from tongban.app.settings import SettingsUnreadable
from tongban.channels.faults import ChannelFault
from tongban.evidence.faults import Fault
from tongban.node.faults import NodeFault

REFUSED = 1
UNREADABLE = 2

FolderOption = Annotated[
    Path,
    typer.Option("--folder", "-f", envvar="TONGBAN_FOLDER", help="The node's folder."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

_out = Console()
_err = Console(stderr=True)


@contextmanager
def failures() -> Iterator[None]:
    """End with one plain sentence and an exit code instead of a traceback."""
    try:
        yield
    except OperationRefused as refused:
        _stop(str(refused), REFUSED)
    except (
        SettingsUnreadable,
        FolderNotEmpty,
        Fault,
        NodeFault,
        ChannelFault,
        OSError,
    ) as fault:
        _stop(str(fault), UNREADABLE)


def run(folder: Path, operation: str, arguments: dict[str, Any] | None = None) -> Any:
    """Ask the node for an operation."""
    with failures():
        return reach(folder.resolve(), operation, arguments or {})


def answer(result: Any, *, as_json: bool, human: Callable[[], None]) -> None:
    """Print the result for a program or for a person."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    else:
        human()


def say(text: str) -> None:
    """One line for a person."""
    _out.print(text, highlight=False, markup=False, soft_wrap=True)


def table(columns: list[str], rows: list[list[str]], empty: str) -> None:
    """A table for a person, or a sentence where there is nothing to show."""
    if not rows:
        say(empty)
        return
    grid = Table(*columns, box=None, pad_edge=False, show_header=any(columns))
    for row in rows:
        # A partner's words are shown as they are, never read as markup.
        grid.add_row(*(Text(cell) for cell in row))
    _out.print(grid)


def _stop(message: str, code: int) -> None:
    _err.print(message, highlight=False, markup=False, soft_wrap=True, style="red")
    raise typer.Exit(code)
