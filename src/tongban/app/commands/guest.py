"""`tongban guest`: a government without a node, by Word, Excel and post."""

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import (
    REFUSED,
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
)
from tongban.app.private_files import write_private

app = typer.Typer(help="Guests: partners without a node of their own.", no_args_is_help=True)


@app.command()
def packet(
    case: Annotated[str, typer.Argument(help="The case's number.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A folder for the two files.")
    ] = Path(),
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write the letter (.docx) and the reply sheet (.xlsx) that go to the guest."""
    made = run(folder, "guest.packet", {"case": case})
    written = [str(output / name) for name in made["files"]]
    with failures():
        for name, data in made["files"].items():
            write_private(output / name, b64decode(data))

    def human() -> None:
        for name in written:
            say(f"Written to {name}.")
        say("They hold personal data, and that they were read is on record.")

    answer({"case": case, "files": written}, as_json=as_json, human=human)


@app.command()
def record(
    sheet: Annotated[Path, typer.Argument(help="The reply sheet as the guest filled it in.")],
    paper: Annotated[Path, typer.Option(help="Scan of the paper on which the act rests.")],
    result: Annotated[
        Path | None, typer.Option(help="Scan of the result, where the guest granted.")
    ] = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record what the guest did, with its paper, as a one-sided record."""
    with failures():
        arguments = {
            "sheet": b64encode(sheet.read_bytes()).decode(),
            "paper": _file(paper),
            "result": _file(result) if result else None,
        }
    done = run(folder, "guest.record", arguments)

    def human() -> None:
        if done["recorded"]:
            say(f"Recorded for {done['case']}: {done['act']}, as a one-sided record.")
            return
        say("Nothing was recorded. The guest or you mend these, and record it again:")
        for mistake in done["mistakes"]:
            say(f"{mistake['cell']}  {mistake['en']}")
            say(f"    {mistake['zh']}")

    answer(done, as_json=as_json, human=human)
    if not done["recorded"]:
        raise typer.Exit(REFUSED)


def _file(path: Path) -> dict[str, str]:
    return {"name": path.name, "content": b64encode(path.read_bytes()).decode()}
