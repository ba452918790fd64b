"""`tongban demand`: what people looked for here and did not get."""

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import (
    UNREADABLE,
    FolderOption,
    JsonOption,
    answer,
    run,
    say,
    stop,
    table,
)

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_LACKS = {
    "nothing_found": "nothing found",
    "not_offered": "not offered there",
    "not_open": "not open from here",
}


def demand(
    since: Annotated[
        str, typer.Option(metavar="MONTH", help="From this month on, such as 2026-11.")
    ] = "",
    words: Annotated[str, typer.Option(help="Only questions with, or like, these words.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")] = 100,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List what people looked for here and did not get, most wanted first; nobody is named."""
    if since and not _MONTH.fullmatch(since):
        stop(f"{since} is not a month; write it as in 2026-11", UNREADABLE)
    told = run(folder, "demand.read", {"since": since, "words": words, "limit": limit})

    def human() -> None:
        columns = ["count", "from", "for", "lack", "what"]
        table(columns, [_row(line) for line in told["demand"]], "Nobody lacked anything yet.")
        if any(line["bucket"] >= 0 for line in told["demand"]):
            say(
                "A number sign is a group of questions without a word of the catalogue; "
                "--words QUESTION shows the group of a question that you think of."
            )

    answer(told, as_json=as_json, human=human)


def _row(line: dict[str, Any]) -> list[str]:
    what = line["name"] or line["basic"] or line["words"] or f"#{line['bucket']}"
    return [str(line["count"]), line["here"], line["there"], _LACKS[line["lack"]], what]
