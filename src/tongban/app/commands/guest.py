"""`tongban guest`: a government without a node, by Word, Excel and post."""

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.given_files import encoded_file
from tongban.app.commands.papers import paper_file
from tongban.app.commands.terminal import (
    REFUSED,
    UNREADABLE,
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    stop,
    table,
)
from tongban.app.private_files import write_private

MaterialsOption = Annotated[
    list[str] | None,
    typer.Option(help="The scan of a material, as CODE=FILE; may be repeated."),
]

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
            "sheet": encoded_file(sheet),
            "paper": paper_file(paper),
            "result": paper_file(result),
        }
    done = run(folder, "guest.record", arguments)

    def human() -> None:
        if done["recorded"]:
            say(f"Recorded for {done['case']}: {done['act']}, as a one-sided record.")
            return
        _say_mistakes(done["mistakes"])

    answer(done, as_json=as_json, human=human)
    if not done["recorded"]:
        raise typer.Exit(REFUSED)


@app.command(name="intake-sheet")
def intake_sheet(
    item: Annotated[str, typer.Argument(help="The item's implementation code.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write (.xlsx).")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write the sheet on which the guest's counter takes an application in for another place."""
    made = run(folder, "guest.intake_sheet", {"item": item})
    with failures():
        write_private(output, b64decode(made.pop("file")))
    said = f"Written to {output}, for 《{made['name']}》."
    answer({**made, "file": str(output)}, as_json=as_json, human=lambda: say(said))


@app.command(name="take-in")
def take_in(
    sheet: Annotated[Path, typer.Argument(help="The intake sheet as the guest filled it in.")],
    paper: Annotated[Path, typer.Option(help="Scan of the receipt or of the signed application.")],
    material: MaterialsOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record what the guest's counter took in, and dispatch it, as a one-sided record."""
    with failures():
        arguments = {
            "sheet": encoded_file(sheet),
            "paper": paper_file(paper),
            "materials": _materials(material),
        }
    done = run(folder, "guest.take_in", arguments)

    def human() -> None:
        if done["recorded"]:
            say(f"Recorded as {done['case']}, as a one-sided record.")
            if done["waiting"]:
                say("It goes out when the partner's line is open.")
            return
        _say_mistakes(done["mistakes"])

    answer(done, as_json=as_json, human=human)
    if not done["recorded"]:
        raise typer.Exit(REFUSED)


@app.command()
def complete(  # noqa: PLR0917 - one parameter for each option
    case: Annotated[str, typer.Argument(help="The case's number.")],
    day: Annotated[str, typer.Option(help="The day on the guest's receipt, as 2026-11-23.")],
    paper: Annotated[Path, typer.Option(help="Scan of that receipt.")],
    material: MaterialsOption = None,
    form: Annotated[
        str, typer.Option(help="original_seen, copy or electronic: what was brought.")
    ] = "original_seen",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record what the applicant brought to the guest's counter after a list, and hand it over."""
    arguments = {
        "case": case,
        "day": day,
        "form": form,
        "paper": paper_file(paper),
        "materials": _materials(material),
    }
    done = run(folder, "guest.complete", arguments)
    said = f"Recorded for {case}, as a one-sided record: {', '.join(done['materials'])}."
    answer(done, as_json=as_json, human=lambda: say(said))


@app.command(name="hand-over")
def hand_over(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write (.zip).")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write all that was recorded for the guest, signed, with its papers and a sheet to fill in."""
    made = run(folder, "guest.hand_over")
    with failures():
        write_private(output, b64decode(made.pop("file")))

    def human() -> None:
        say(f"Written to {output}: {made['acts']} acts of {made['guest']}.")
        if made["without_paper"]:
            say(f"{made['without_paper']} of them have no paper.")
        say("It holds papers of cases, and that they were read is on record. Hand it over with")
        say("the store of the node (docs/how-to/keep-a-node-for-a-guest.md).")

    answer({**made, "file": str(output)}, as_json=as_json, human=human)


@app.command()
def acknowledge(
    record: Annotated[Path, typer.Argument(help="The file that the keeper handed over.")],
    sheet: Annotated[
        Path | None, typer.Option(help="The sheet in it, filled in; without it, as it came.")
    ] = None,
    check: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--check", help="Only compare the file with this node's store.")
    ] = False,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Countersign what a keeper recorded for this node, but for what the sheet objects to."""
    # As in `failures`: the way to a node brings the node with it.
    from tongban.app.guests.checklist import read_objections  # noqa: PLC0415
    from tongban.app.guests.handed_over import read_archive  # noqa: PLC0415

    with failures():
        note, blank = read_archive(record.read_bytes())
        objections = read_objections(sheet.read_bytes() if sheet else blank)
    arguments = {
        "list": b64encode(note).decode(),
        "objections": {entry: ground.value for entry, ground in objections.items()},
        "check": check,
    }
    done = run(folder, "guest.acknowledge", arguments)

    def human() -> None:
        if check:
            say("The file is the keeper's, and says what this node's store says.")
        said = "Would be acknowledged" if check else "Acknowledged"
        say(f"{said}: {done['acknowledged']} entries about {done['subjects']} subjects.")
        if done["objected"]:
            say(f"Objections: {done['objected']}. They stay one-sided.")
        if done["before"]:
            say(f"{done['before']} were acknowledged before.")

    answer(done, as_json=as_json, human=human)


@app.command()
def standing(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List what keepers recorded, and whether the guest stands behind it."""
    found = run(folder, "guest.standing")
    columns = ["guest", "keeper", "day", "act", "about", "standing", "paper", "entry"]
    rows = [
        [
            each["guest"],
            each["keeper"],
            each["at"][:10],
            each["type"],
            each["about"],
            each["backing"] + (f" ({each['ground']})" if each["ground"] else ""),
            "yes" if each["paper"] else "no",
            each["entry"],
        ]
        for each in found
    ]
    empty = "No keeper recorded anything, for this node or for a partner."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


@app.command(name="withdraw-objection")
def withdraw_objection(
    entry: Annotated[str, typer.Argument(help="The entry, as `standing` lists it.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Stand behind an act after all to which this node had objected."""
    done = run(folder, "guest.withdraw_objection", {"entry": entry})
    answer(done, as_json=as_json, human=lambda: say(f"The objection to {entry} is withdrawn."))


def _say_mistakes(mistakes: list[dict[str, str]]) -> None:
    say("Nothing was recorded. The guest or you mend these, and record it again:")
    for mistake in mistakes:
        say(f"{mistake['cell']}  {mistake['en']}")
        say(f"    {mistake['zh']}")


def _materials(given: list[str] | None) -> dict[str, Any]:
    """The files by code, each as CODE=FILE says."""
    found = {}
    for each in given or ():
        code, equals, path = each.partition("=")
        if not equals:
            stop(f"{each} is not of the form CODE=FILE. Nothing was recorded", UNREADABLE)
        found[code] = paper_file(Path(path))
    return found
