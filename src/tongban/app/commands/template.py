"""`tongban agreement templates | draft | departures`: no node needs to run for them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.agreement_reading import names_document
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
from tongban.core.words import Words

_KINDS = {
    "left_out": "left out",
    "added": "added",
    "reworded": "in other words",
    "changed": "changed",
    "filled_in": "filled in",
}


def templates(
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the templates of agreements that come with the software."""
    # Templates need the catalogue, which the other commands start without.
    from tongban.app.agreement_drafts import list_templates  # noqa: PLC0415

    found = list_templates()
    rows = [
        [line["name"], line["scope"], line["title"], str(line["clauses"]), line["provenance"]]
        for line in found
    ]
    columns = ["template", "for", "title", "clauses", "from where"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, ""))


def draft(  # noqa: PLR0917 - one parameter for each option
    template: Annotated[
        str, typer.Option(help="A name that `templates` lists, or a file of your own.")
    ],
    parties: Annotated[
        Path, typer.Option(help="A file with `parties` as in an agreement; an agreement is one.")
    ],
    number: Annotated[str, typer.Option(help="The agreement's number.")],
    title: Annotated[str, typer.Option(help="Its title in Chinese.")],
    title_en: Annotated[str, typer.Option(help="Its title in English.")],
    from_: Annotated[str, typer.Option("--from", help="Its first day, such as 2027-01-01.")],
    until: Annotated[str, typer.Option(help="Its last day.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    depositary: Annotated[
        str, typer.Option(help="The node that keeps it; three or more parties name one.")
    ] = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write a draft that says what a template says, for officers to fill in and negotiate."""
    with failures():
        from tongban.app.agreement_drafts import draft_agreement, find_template  # noqa: PLC0415

        drafted = draft_agreement(
            find_template(template),
            number=number,
            title=Words(zh=title, en=title_en),
            parties=text_file(parties),
            valid_from=from_,
            valid_until=until,
            depositary=depositary,
        )
        output.write_text(drafted["text"], encoding="utf-8")
    written = {"title": drafted["title"], "template": drafted["template"], "file": str(output)}

    def human() -> None:
        say(f"《{written['title']}》 written to {output}.")
        say("Fill in consents and grants, then: tongban negotiation propose, or agreement import.")

    answer(written, as_json=as_json, human=human)


def departures(
    document: Annotated[
        str, typer.Argument(help="The document's digest, or a file of YAML or JSON.")
    ],
    template: Annotated[
        str, typer.Option(help="The template's name or file. Default: the one that it names.")
    ] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show how an agreement departs from its template; of a file no node needs to know."""
    kept = names_document(document)
    asked = run(folder, "agreement.document", {"document": document}) if kept else None
    with failures():
        from tongban.app.agreement_drafts import tell_departures  # noqa: PLC0415

        text = asked["text"] if asked else text_file(Path(document))
        found = tell_departures(text, template)
    answer(found, as_json=as_json, human=lambda: _say(found))


def _say(found: dict[str, Any]) -> None:
    say(f"《{found['title']}》")
    if not found["departures"]:
        say("It says what its template says.")
    for line in found["departures"]:
        say(f"{line['clause']}: {_KINDS[line['kind']]}")
        for part in line["differences"]:
            say(f"  {part['path']}\n  - {part['before']}\n  + {part['after']}")
