"""Options of the commands that erase what was said to a partner."""

from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import answer, say

ErasedBody = Annotated[
    str, typer.Argument(help="Name of the body: question, message, answer, comment, attachment:1.")
]
ErasureGround = Annotated[
    str, typer.Option("--ground", help="Why, as a code of letters and underscores.")
]
ErasedLine = Annotated[
    str,
    typer.Option(
        "--line",
        help="The line whose body it is, as `show` gives it. Default: every one of that name.",
    ),
]


def answer_erased(erased: dict[str, Any], *, as_json: bool) -> None:
    """Tell what was erased, and what the partner still has."""

    def human() -> None:
        say(f"Erased {erased['body']}: {erased['erased']} of them. The commitments stay; nothing")
        say("brings them back. The partner keeps its own copy and decides by its own duties.")

    answer(erased, as_json=as_json, human=human)
