"""By whom this node signs: `tongban agreement authorise | revoke | authorisations | confirm`."""

from base64 import b64decode
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.agreement_reading import Document
from tongban.app.commands.papers import paper_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)
from tongban.app.private_files import write_private
from tongban.core.home.events import BindingAct


def authorise(  # noqa: PLR0917 - one parameter for each option
    number: Annotated[str, typer.Argument(help="The number of the paper; no name.")],
    until: Annotated[str, typer.Option(help="Its last day, as in 2026-12-31.")],
    kind: Annotated[list[str], typer.Option(help="`framework` or `delegation`; may be repeated.")],
    office: Annotated[
        str, typer.Option(help="The office that may sign under it.")
    ] = "agreement_officer",
    from_: Annotated[str, typer.Option("--from", help="Its first day. Default: today.")] = "",
    officer: Annotated[
        str,
        typer.Option(help="Number or user name of the one whom it names. Default: the office."),
    ] = "",
    scan: Annotated[
        Path | None, typer.Option(help="The paper as PDF, picture, Word or Excel file.")
    ] = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record that a written authorisation to sign lies in this node's files."""
    arguments = {
        "number": number,
        "office": office,
        "kinds": kind,
        "from_day": from_,
        "until_day": until,
        "officer": officer,
        "scan": paper_file(scan),
    }
    kept = run(folder, "agreement.authorise", arguments)
    answer(kept, as_json=as_json, human=lambda: say(f"Recorded until {kept['until_day']}."))


def revoke(
    number: Annotated[str, typer.Argument(help="The number of the paper.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Let a written authorisation count no more; what was signed under it stays signed."""
    gone = run(folder, "agreement.revoke", {"number": number})
    answer(gone, as_json=as_json, human=lambda: say("Revoked; nobody signs under it any more."))


def authorisations(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List written authorisations that were recorded and not revoked."""
    found = run(folder, "agreement.authorisations")
    rows = [
        [
            line["number"],
            line["office"],
            ", ".join(line["kinds"]),
            line["from_day"],
            line["until_day"],
            line["officer"],
        ]
        for line in found
    ]
    columns = ["number", "office", "kinds", "from", "until", "officer"]
    empty = "None is recorded; `tongban agreement authorise` records one."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


def scan(
    number: Annotated[str, typer.Argument(help="The number of the paper.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write the scan that was recorded with an authorisation; who looked stays on the record."""
    found = run(folder, "agreement.scan", {"number": number})
    with failures():
        write_private(output, b64decode(found.pop("content")))
    answer(found, as_json=as_json, human=lambda: say(f"Written to {output}."))


def confirm(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    officer: Annotated[str, typer.Option(help="Number or user name of the officer who read it.")],
    act: Annotated[
        str, typer.Option("--for", help="What is to be done: `sign`, `leave` or `terminate`.")
    ] = BindingAct.SIGN.value,
    last_day: Annotated[
        str, typer.Option(help="The last day that an end or an exit gives, such as 2027-06-30.")
    ] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Put on record that an officer confirmed a text that this node is to sign, leave or end."""
    arguments = {"document": document, "officer": officer, "act": act, "last_day": last_day}
    confirmed = run(folder, "agreement.confirm", arguments)
    answer(confirmed, as_json=as_json, human=lambda: say("Confirmed."))
