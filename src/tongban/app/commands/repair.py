"""`tongban repair`: what rotted on the disk comes back from the partners."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tongban.app.commands.terminal import REFUSED, FolderOption, JsonOption, answer, run, say

_PAUSE = 0.2
_COLUMNS = (TextColumn("looking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def repair(
    folder: FolderOption = Path(),
    seconds: Annotated[
        float, typer.Option(help="How long to wait for partners, from the last that came.")
    ] = 10.0,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Look at every entry, body, hash and piece, and restore what rotted: 0 whole, 1 not."""
    looked, mended = _look(folder, show=not as_json)
    pieces, rotten = _look_at_files(folder)
    asked = run(folder, "repair.ask")
    damaged = left = asked["damage"]
    files = asked["files"]
    if asked["delivers"]:
        left = _wait(lambda: run(folder, "repair.show")["damage"], damaged, seconds)
        files = _wait_for_files(lambda: run(folder, "repair.show")["files"], files, seconds)
    result: dict[str, Any] = {"entries": looked, "mended": mended, "damaged": len(damaged)}
    result |= {"restored": len(damaged) - len(left), "left": left}
    result |= {"pieces": pieces, "pieces_damaged": rotten, "files_left": files}
    answer(result, as_json=as_json, human=lambda: _tell_all(result, damaged, left))
    raise typer.Exit(REFUSED if left or files else 0)


def _look(folder: Path, *, show: bool) -> tuple[int, int]:
    """How many entries there are, and how many hashes were put right."""
    first: int | None = 0
    looked = mended = 0
    with Progress(*_COLUMNS, disable=not show) as bar:
        task = bar.add_task("looking")
        while first is not None:
            part = run(folder, "repair.look", {"first": first})
            first, looked = part["next"], part["looked"]
            mended += part["mended"]
            bar.update(task, completed=looked, total=part["total"])
    return looked, mended


def _look_at_files(folder: Path) -> tuple[int, int]:
    """How many pieces of large files there are, and how many of them are damaged."""
    pieces = damaged = 0
    part: dict[str, Any] = {"next": ""}
    while True:
        part = run(folder, "repair.files", {"after": part["next"]})
        pieces, damaged = pieces + part["pieces"], damaged + part["damaged"]
        if not part["next"]:
            return pieces, damaged


def _wait_for_files(show: Callable[[], Any], left: list[str], seconds: float) -> list[str]:
    """Files that are not whole when all came, or nothing came for a while."""
    until = time.monotonic() + seconds
    while left and time.monotonic() < until:
        time.sleep(_PAUSE)
        now = show()
        if len(now) != len(left):
            until = time.monotonic() + seconds
        left = now
    return left


def _wait(show: Callable[[], Any], left: list[Any], seconds: float) -> list[Any]:
    """What is left when everything came, nobody has more, or nothing came for a while."""
    until = time.monotonic() + seconds
    while any(each["partner"] and not each["lacking"] for each in left):
        if time.monotonic() > until:
            break
        time.sleep(_PAUSE)
        now = show()
        if len(now) != len(left):
            until = time.monotonic() + seconds
        left = now
    return left


def _tell_all(result: dict[str, Any], damaged: list[Any], left: list[Any]) -> None:
    _tell(result["entries"], result["mended"], damaged, left)
    rotten, files = result["pieces_damaged"], result["files_left"]
    if rotten:
        say(f"{result['pieces']} pieces of large files were looked at; {rotten} were damaged.")
    for root in files:
        say(
            f"Still not whole: file {root}. Its pieces come from the partner with whom it stands; "
            "a running node asks again by itself, and a backup may have them."
        )


def _tell(looked: int, mended: int, damaged: list[Any], left: list[Any]) -> None:
    if not damaged and not mended:
        say(f"{looked} entries were looked at: all are as they were written, and their bodies.")
        return
    say(f"{looked} entries were looked at; {len(damaged)} were damaged on the disk.")
    if mended:
        say(f"{mended} hashes were damaged too, and were derived anew from what is whole.")
    if len(left) < len(damaged):
        say(f"{len(damaged) - len(left)} came back from the partners, as they were written.")
    for each in left:
        say(f"Still damaged: {_what(each)}, written by {each['written_by']}: {_why(each)}")
    if left:
        say("Proofs of all other entries are not touched.")
    say("A disk that lost one bit loses more: look at it, and make a backup to another one.")


def _what(damage: Any) -> str:
    if damage["tree"]:
        return f"hashes over generation {damage['generation']}"
    place = f"entry {damage['index']} of generation {damage['generation']}"
    return f"body {damage['body']} of {place}" if damage["body"] else place


def _why(damage: Any) -> str:
    if damage["tree"]:
        return "nothing that is stored shows which are right; a backup has them."
    if not damage["partner"]:
        return "it is of the home log, which no partner has; restore a backup."
    if damage["lacking"]:
        return (
            f"{damage['partner']} was asked and could not give it back as it was written; a "
            "backup may have it."
        )
    return (
        f"{damage['partner']} has not answered, or its software is too old to be asked; a running "
        "node asks again by itself. If yours does not run, start it."
    )
