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
    """Look at every entry and body, and restore what rotted from the partners: 0 whole, 1 not."""
    looked = _look(folder, show=not as_json)
    asked = run(folder, "repair.ask")
    damaged = left = asked["damage"]
    if asked["delivers"]:
        left = _wait(lambda: run(folder, "repair.show")["damage"], damaged, seconds)
    result: dict[str, Any] = {"entries": looked, "damaged": len(damaged)}
    result |= {"restored": len(damaged) - len(left), "left": left}
    answer(result, as_json=as_json, human=lambda: _tell(looked, damaged, left))
    raise typer.Exit(REFUSED if left else 0)


def _look(folder: Path, *, show: bool) -> int:
    first: int | None = 0
    looked = 0
    with Progress(*_COLUMNS, disable=not show) as bar:
        task = bar.add_task("looking")
        while first is not None:
            part = run(folder, "repair.look", {"first": first})
            first, looked = part["next"], part["looked"]
            bar.update(task, completed=looked, total=part["total"])
    return looked


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


def _tell(looked: int, damaged: list[Any], left: list[Any]) -> None:
    if not damaged:
        say(f"{looked} entries were looked at: all are as they were written, and their bodies.")
        return
    say(f"{looked} entries were looked at; {len(damaged)} were damaged on the disk.")
    if len(left) < len(damaged):
        say(f"{len(damaged) - len(left)} came back from the partners, as they were written.")
    for each in left:
        place = f"entry {each['index']} of generation {each['generation']}"
        place = f"body {each['body']} of {place}" if each["body"] else place
        say(f"Still damaged: {place}, written by {each['written_by']}: {_why(each)}")
    if left:
        say("Proofs of all other entries are not touched. A disk that lost one bit loses more:")
        say("look at it, and make a backup before anything else.")


def _why(damage: Any) -> str:
    if not damage["partner"]:
        return "it is of the home log, which no partner has; restore a backup."
    if damage["lacking"]:
        return f"{damage['partner']} has not got it either; a backup may have it."
    return (
        f"{damage['partner']} has not answered, or its software is too old to be asked; a running "
        "node asks again by itself. If yours does not run, start it."
    )
