"""`tongban item`: what this node's catalogue says, today or on any day before."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.terminal import (
    REFUSED,
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)
from tongban.app.outputs import check_output

app = typer.Typer(help="The catalogue, today's or of any day before.", no_args_is_help=True)
FormatOption = Annotated[str, typer.Option("--format", help="xlsx or csv.")]
DayOption = Annotated[str, typer.Option("--on", help="The day, as in 2026-11-22; else today.")]


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    on: DayOption = "",
    every: Annotated[bool, typer.Option("--all", help="Partners' items too.")] = False,  # noqa: FBT002 - a flag of the command line
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the items that this node decides."""
    items = run(folder, "item.list", {"on": on, "all": every})
    rows = [
        [line["item"], str(line["version"]), line["name"], _days(line), _state(line)]
        for line in items
    ]
    columns = ["item", "version", "name", "days", ""]
    answer(items, as_json=as_json, human=lambda: table(columns, rows, "No item stood then."))


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="The item's implementation code.")],
    folder: FolderOption = Path(),
    on: DayOption = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show one item: its limits and materials, who provides what it uses, and its versions."""
    shown = run(folder, "item.show", {"item": item, "on": on})
    answer(shown, as_json=as_json, human=lambda: _tell(shown))


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
    format_: FormatOption = "xlsx",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write the empty spreadsheet for items: .xlsx, or a zip of CSV files."""
    with failures():
        check_output(file)
        file.write_bytes(_template(format_))
    answer({"file": str(file)}, as_json=as_json, human=lambda: say(f"The template is in {file}."))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
    folder: FolderOption = Path(),
    format_: FormatOption = "xlsx",
    on: Annotated[str, typer.Option("--on", help="A day to come, as in 2026-11-22.")] = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write this node's own items into a spreadsheet that can be changed and imported again."""
    arguments = {"file": str(file.resolve()), "format": format_, "on": on}
    done = _run_with_bar(folder, "item.export", arguments, show=not as_json)
    answer(done, as_json=as_json, human=lambda: say(f"{done['items']} items are in {file}."))


@app.command(name="import")
def import_(
    file: Annotated[
        # That it cannot be read is said in our own words, which name the remedy.
        Path, typer.Argument(help="A spreadsheet, a CSV file, or a zip of these.", readable=False)
    ],
    folder: FolderOption = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only, keep no draft.")] = False,  # noqa: FBT002 - a flag of the command line
    report: Annotated[
        Path | None, typer.Option(help="Where to write the file with what is wrong in it.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Check a spreadsheet of items and keep it as the draft; all of it or nothing."""
    arguments = {
        "file": str(file.resolve()),
        "dry_run": dry_run,
        "report": str(report.resolve()) if report else "",
    }
    done = _run_with_bar(folder, "item.import", arguments, show=not as_json)
    answer(done, as_json=as_json, human=lambda: _tell_import(done, dry_run=dry_run))
    if not done["ok"]:
        raise typer.Exit(REFUSED)


@app.command()
def publish(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Publish the draft: its versions count from now on, and the home log says so."""
    done = run(folder, "item.publish")
    answer(done, as_json=as_json, human=lambda: say(f"{done['published']} items are published."))


def _template(format_: str) -> bytes:
    # Every other command starts without the libraries of spreadsheets.
    from tongban.app.control import OperationRefused  # noqa: PLC0415
    from tongban.catalogue.sheets.csv_writing import write_csv_template  # noqa: PLC0415
    from tongban.catalogue.sheets.xlsx_writing import write_template  # noqa: PLC0415

    writers = {"xlsx": write_template, "csv": write_csv_template}
    if format_ not in writers:
        raise OperationRefused(f"there is no format {format_}; choose {' or '.join(writers)}")
    return writers[format_]()


def _run_with_bar(folder: Path, operation: str, arguments: dict[str, Any], *, show: bool) -> Any:
    """The operation, with a bar that says how far it is."""
    from tongban.app.progress import progress_bar  # noqa: PLC0415 - it brings the node with it

    with progress_bar(show=show) as tell:
        return run(folder, operation, arguments, tell)


def _tell_import(done: dict[str, Any], *, dry_run: bool) -> None:
    rows = [
        [_both(each, "sheet"), each["cell"], _both(each, "column"), _sentence(each)]
        for each in done["mistakes"]
    ]
    if rows:
        table(["sheet", "cell", "column", "what to mend"], rows, "")
        say(f"{len(rows)} mistake{'s' * (len(rows) != 1)}; nothing was imported.")
        return
    say(f"{done['new']} new items, {done['changed']} changed, {done['unchanged']} as they stand.")
    for line in done["replaced_later"]:
        say(
            f"From {line['from']} on version {line['version']} of {line['item']} holds all the "
            f"same, without this change; to change it too, name it as 事项版本."
        )
    if done["draft"]:
        say("They are the draft now; `tongban item publish` publishes it.")
    elif dry_run:
        say("This was a dry run; nothing was kept.")


def _both(each: dict[str, str], name: str) -> str:
    """As it stands in the file, and what it means."""
    meaning = each[f"{name}_en"]
    return f"{each[name]} ({meaning})" if meaning else each[name]


def _sentence(each: dict[str, str]) -> str:
    return f"{each['what']}; {each['remedy']}" if each["remedy"] else each["what"]


@app.command(name="open")
def open_(
    items: Annotated[list[str] | None, typer.Argument(help="Codes; without any, all.")] = None,
    folder: FolderOption = Path(),
    partner: Annotated[str, typer.Option("--to", help="One partner; else every one.")] = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Let partners know of items that this node decides, whatever was agreed with them."""
    opened = run(folder, "item.open", {"items": items or [], "partner": partner})
    words = f"{opened['items']} items are open to {partner or 'all'}."
    answer(opened, as_json=as_json, human=lambda: say(words))


@app.command()
def close(
    items: Annotated[list[str], typer.Argument(help="Implementation codes.")],
    *,
    partner: Annotated[str, typer.Option("--to", help="The partner; the others keep them.")],
    folder: FolderOption = Path(),
    reason: Annotated[str, typer.Option("--reason", help="closed or suspended.")] = "closed",
    from_day: Annotated[str, typer.Option("--from", help="The first day; else today.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Take items back from one partner; cases that are under way go on."""
    arguments = {"items": items, "partner": partner, "reason": reason, "from": from_day}
    done = run(folder, "item.close", arguments)
    words = f"{partner} takes nothing new in for {done['items']} items from {done['from_day']} on."
    answer(done, as_json=as_json, human=lambda: say(words))


@app.command()
def withdraw(
    item: Annotated[str, typer.Argument(help="The item's implementation code.")],
    reason: Annotated[
        str, typer.Option("--reason", help="abolished, merged, moved, suspended or closed.")
    ],
    folder: FolderOption = Path(),
    from_day: Annotated[str, typer.Option("--from", help="The first day; else today.")] = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Take no new applications for an item any more; cases that are under way go on."""
    arguments = {"item": item, "reason": reason, "from": from_day}
    gone = run(folder, "item.withdraw", arguments)
    words = f"Nothing new is taken in for {gone['item']} from {gone['from_day']} on."
    answer(gone, as_json=as_json, human=lambda: say(words))


@app.command()
def compare(
    item: Annotated[str, typer.Argument(help="An item's code, or its basic code.")],
    places: Annotated[
        list[str] | None, typer.Option("--with", help="A place; without any, all that have it.")
    ] = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """The same item in several places, field by field, and how alike they are."""
    found = run(folder, "item.compare", {"item": item, "places": places or []})
    answer(found, as_json=as_json, human=lambda: _side_by_side(found))


@app.command()
def conformance(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Which places keep each common standard."""
    found = run(folder, "item.conformance")
    rows = [
        [line["title"], place["place"], f"{place['kept']} of {place['of']}", _list(place["broken"])]
        for line in found
        for place in line["places"]
    ]
    columns = ["standard", "place", "kept", "not kept"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, "There is no standard."))


@app.command()
def obstacles(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """What law keeps items from crossing, until when, and who must change it."""
    found = run(folder, "item.obstacles")
    rows = [
        [line["basic_code"], line["law"], line["until"], line["changed_by"], line["origin"]]
        for line in found
    ]
    columns = ["item", "law", "until", "changed by", "origin"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, "There is no obstacle."))


def _side_by_side(found: dict[str, Any]) -> None:
    say(f"{found['basic_code']}  {found['name']}")
    rows = [
        ["" if row["same"] else "≠", row["facet"], row["name"], *row["cells"]]
        for row in found["rows"]
    ]
    table(["", "facet", "what", *found["places"]], rows, "There is nothing to compare.")
    for line in found["similarity"]:
        say(f"{found['places'][0]} and {line['with']}: {line['percent']} % alike")


def _list(names: list[str]) -> str:
    return "、".join(names)


def _tell(shown: dict[str, Any]) -> None:
    document = shown["document"]
    say(f"{shown['item']}  version {shown['version']}  {shown['name']}  {shown['name_en']}")
    say(f"{document['organisation']['name']['zh']}  promise: {_promise(document['limits'])}")
    materials = [
        [line["code"], line["necessity"], line["name"]["zh"], line["legal_basis"]["zh"]]
        for line in document["materials"]
    ]
    table(["material", "necessity", "name", "basis"], materials, "No material is asked for.")
    uses = [[line["code"], line["name"], _provided(line)] for line in shown["uses"]]
    table(["uses", "name", "provided by"], uses, "It uses no data or certificates of others.")
    versions = [
        [str(line["version"]), line["digest"], _days(line), _state(line)]
        for line in shown["versions"]
    ]
    table(["version", "document", "days", ""], versions, "It has no version.")


def _promise(limits: dict[str, Any]) -> str:
    legal = "no legal limit" if limits["legal_days"] is None else f"legal {limits['legal_days']}"
    return f"{limits['promised_days']} working days ({legal})"


def _provided(line: dict[str, str]) -> str:
    return line["provider"] or f"nobody: {line['gap']}"


def _days(line: dict[str, str]) -> str:
    return f"{line['first_day']} – {line['last_day']}"


def _state(line: dict[str, Any]) -> str:
    coming = f"from {line['in_effect_from']} on"
    return {"in_effect": "in effect", "coming": coming, "ended": "ended"}[line["state"]]
