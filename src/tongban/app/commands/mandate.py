"""`tongban mandate`: national and alliance lists, and what has really come of them."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.given_files import text_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)

app = typer.Typer(help="Lists of items to open, and how far pairs have come.", no_args_is_help=True)

PublisherOption = Annotated[
    str, typer.Option("--publisher", help="Its node, where several use the number.")
]


@app.command()
def publish(
    file: Annotated[Path, typer.Argument(help="The list as YAML or JSON.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Publish a version of a list: it goes to every partner, and never changes again."""
    text = text_file(file)
    done = run(folder, "mandate.publish", {"text": text})
    words = f"Version {done['version']} of {done['number']} is published, {done['lines']} lines."
    answer(done, as_json=as_json, human=lambda: say(words))


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Every list that is known here; one that is not complete is no copy of the official annex."""
    lists = run(folder, "mandate.list")
    rows = [
        [
            line["publisher"],
            line["number"],
            str(line["version"]),
            line["title"],
            f"{line['lines']} of {line['lines_announced']}",
        ]
        for line in lists
    ]
    columns = ["publisher", "number", "version", "title", "lines"]
    answer(lists, as_json=as_json, human=lambda: table(columns, rows, "No list is known."))


@app.command()
def progress(
    mandate: Annotated[str, typer.Argument(help="The list's number.")],
    folder: FolderOption = Path(),
    partner: Annotated[str, typer.Option("--partner", help="Only with this partner.")] = "",
    publisher: PublisherOption = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """What is opened, online and used, by line and direction; the due day is only announced."""
    arguments = {"mandate": mandate, "partner": partner, "publisher": publisher}
    lines = run(folder, "mandate.progress", arguments)
    rows = [
        [
            line["name"],
            f"{line['taker']} → {line['decider']}",
            line["standing"] + (" (overdue)" if line["overdue"] else ""),
            str(line["closed"]),
            ", ".join(line["lacks"]),
            line["announced"],
        ]
        for line in lines
    ]
    columns = ["item", "taken in → decided", "standing", "closed", "lacks", "announced"]
    answer(lines, as_json=as_json, human=lambda: table(columns, rows, "There is no partner yet."))


@app.command()
def propose(  # noqa: PLR0917 - one parameter for each option
    mandate: Annotated[str, typer.Argument(help="The list's number.")],
    partner: Annotated[str, typer.Argument(help="The partner's node.")],
    file: Annotated[Path, typer.Argument(help="Where to write it.", dir_okay=False)],
    folder: FolderOption = Path(),
    publisher: PublisherOption = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write an agreement that would give what the list lacks; owners' consents are left open."""
    arguments = {"mandate": mandate, "partner": partner, "publisher": publisher}
    made = run(folder, "mandate.propose", arguments)
    with failures():
        file.write_text(made["text"], encoding="utf-8")

    def human() -> None:
        say(f"The draft is in {file}; items: {made['items']}.")
        say(f"Ask these owners, and write the day into given_on: {'、'.join(made['owners'])}")
        say(f"Then `tongban negotiation propose {file}`.")

    answer({"file": str(file), "owners": made["owners"]}, as_json=as_json, human=human)
