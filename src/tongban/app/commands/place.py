"""`tongban place`: the divisions of China by code or name."""

from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import UNREADABLE, JsonOption, answer, say, stop
from tongban.catalogue.divisions import load_divisions
from tongban.core.divisions.division import Division

Place = Annotated[str, typer.Argument(help="A code of six digits, also an old one, or a name.")]


def place(
    place: Place,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Look a division of China up: code, level, what stands above, what became of an old code."""
    found = divisions_of(place)
    if not found:
        stop(unknown(place), UNREADABLE)

    def human() -> None:
        for division in found:
            say(_sentence(division))

    answer({"places": [_told(each) for each in found]}, as_json=as_json, human=human)


def divisions_of(text: str) -> tuple[Division, ...]:
    """The division of a code, what replaced it where it is gone, or all that bear a name."""
    register = load_divisions()
    if text.isdecimal():
        successor = register.successor(text)
        return (successor,) if successor else ()
    return register.named(text)


def unknown(place: str) -> str:
    """What to say where nobody knows the place."""
    return (
        f"no division of China has, or had, the code or name {place}; codes have six digits "
        "(GB/T 2260), names are written as in 松江 or 松江区"
    )


def _told(division: Division) -> dict[str, Any]:
    register = load_divisions()
    return {
        "code": division.code,
        "name": division.name,
        "short": division.short,
        "level": division.level,
        "above": [each.name for each in register.ancestors(division.code)],
        "below": len(register.children(division.code)),
        "was": [
            {"code": change.old.code, "name": change.old.name, "until": change.year}
            for change in register.changes_to(division.code)
        ],
    }


def _sentence(division: Division) -> str:
    above = " ".join(reversed([each.name for each in load_divisions().ancestors(division.code)]))
    return f"{division.code}  {above} {division.name}  ({division.level})"
