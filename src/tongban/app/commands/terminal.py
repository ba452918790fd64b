"""What every command shares: where the node lives, how answers are printed, how failures end."""

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

REFUSED = 1
UNREADABLE = 2

#: Whether a program waits for JSON; a failure may happen where nobody can hand it on.
_as_json = ContextVar("as_json", default=False)


def _remember(value: bool) -> bool:  # noqa: FBT001 - as typer calls it
    _as_json.set(value)
    return value


FolderOption = Annotated[
    Path,
    # That it cannot be read is said in our own words, which name the remedy.
    typer.Option(
        "--folder", "-f", envvar="TONGBAN_FOLDER", readable=False, help="The node's folder."
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", callback=_remember, help="Print JSON for programs.")
]

#: Brackets and colons of agreements, paths and addresses are no markup.
_out = Console(markup=False, emoji=False, highlight=False)
_err = Console(markup=False, emoji=False, highlight=False, stderr=True)


@contextmanager
def failures() -> Iterator[None]:
    """End with plain words and an exit code instead of a traceback; with --json also as JSON."""
    # Whoever knows every fault knows the whole node; commands without a node start without it.
    from tongban.app.control import OperationFailed, OperationRefused  # noqa: PLC0415
    from tongban.app.known_faults import (  # noqa: PLC0415
        CONTRADICTIONS,
        KNOWN_FAULTS,
        contradicted,
        told,
    )

    try:
        yield
    except OperationRefused as refused:
        stop(str(refused), REFUSED)
    except OperationFailed as failed:
        stop(str(failed), UNREADABLE)
    except UnicodeDecodeError:
        stop("the file is not text in UTF-8; look whether it is the right one", UNREADABLE)
    except KNOWN_FAULTS as fault:
        stop(told(fault), UNREADABLE)
    except CONTRADICTIONS as broken:
        stop(contradicted(broken), UNREADABLE)


def run(
    folder: Path,
    operation: str,
    arguments: dict[str, Any] | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> Any:
    """Ask the node for an operation; tell: told how far it is, where the operation says so."""
    # As in `failures`: the way to a node brings the node with it.
    from tongban.app.control import tell_nobody  # noqa: PLC0415
    from tongban.app.reach import reach  # noqa: PLC0415

    with failures():
        return reach(folder.resolve(), operation, arguments or {}, tell or tell_nobody)


def answer(result: Any, *, as_json: bool, human: Callable[[], None]) -> None:
    """Print the result for a program or for a person."""
    if as_json:
        _write_json(result)
    else:
        human()


def say(text: str) -> None:
    """One line for a person."""
    _out.print(text, soft_wrap=True)


def pasted(path: Path) -> str:
    """A path as it has to stand in a command that people copy into a shell."""
    return shlex.quote(str(path))


def table(columns: list[str], rows: list[list[str]], empty: str) -> None:
    """A table for a person, or a sentence where there is nothing to show."""
    if not rows:
        say(empty)
        return
    # What is too wide goes on in the next line: half a digest names nothing.
    grid = Table(
        *(Column(name, overflow="fold") for name in columns),
        box=None,
        pad_edge=False,
        show_header=any(columns),
    )
    for row in rows:
        # A partner's words are shown as they are, never read as markup.
        grid.add_row(*(Text(cell) for cell in row))
    _out.print(grid)


def stop(message: str, code: int) -> NoReturn:
    """End with a message for people, and as JSON where a program waits for it."""
    _err.print(message, soft_wrap=True, style="red")
    if _as_json.get():
        _write_json({"ok": False, "problem": message})
    raise typer.Exit(code)


def _write_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
