"""`tongban agreement`: agreements between two nodes, and the published instruments they cite."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.agreement_text.text import Format
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)
from tongban.core.words import Language

app = typer.Typer(help="Agreements with partners, and published instruments.", no_args_is_help=True)
Document = Annotated[str, typer.Argument(help="The document's digest, as `list` shows it.")]


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="The agreement as YAML or JSON.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Keep an agreement and lay it before the partner that it names."""
    with failures():
        text = file.read_text(encoding="utf-8")
    kept = run(folder, "agreement.import", {"text": text})

    def human() -> None:
        say(f"《{kept['title']}》 now lies before the partner.")
        say(f"Sign it with: tongban agreement sign {kept['document']}")

    answer(kept, as_json=as_json, human=human)


@app.command()
def sign(
    document: Document,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Sign an agreement in the name of this node's office."""
    signed = run(folder, "agreement.sign", {"document": document})
    answer(
        signed,
        as_json=as_json,
        human=lambda: say(f"Signed for {signed['office']}. It binds once every party has signed."),
    )


@app.command()
def suspend(
    document: Document,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    item: Annotated[
        list[str] | None, typer.Option(help="Only this item; may be repeated. Default: all.")
    ] = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Stop delegated acts under an agreement at once; cases under way go by its run-off rule."""
    arguments = {"document": document, "ground": ground, "items": item or []}
    stopped = run(folder, "agreement.suspend", arguments)
    answer(
        stopped,
        as_json=as_json,
        human=lambda: say("Suspended. Anyone may still apply to the competent authority directly."),
    )


@app.command()
def cite(
    file: Annotated[Path, typer.Argument(help="The published instrument as YAML or JSON.")],
    with_: Annotated[
        str, typer.Option("--with", help="The partner between whom and this node it counts.")
    ],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Make a published legal instrument count between this node and a partner; nobody signs it."""
    with failures():
        text = file.read_text(encoding="utf-8")
    cited = run(folder, "agreement.cite", {"text": text, "partner": with_})

    def human() -> None:
        say(f"《{cited['title']}》 counts between this node and {cited['partner']} from now on.")
        say("`tongban agreement list` shows it here, and there as cited by this node.")

    answer(cited, as_json=as_json, human=human)


@app.command()
def show(
    document: Document,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Read an agreement, and see which clauses the software enforces."""
    shown = run(folder, "agreement.show", {"document": document})

    def human() -> None:
        say(f"《{shown['title']}》 {shown['number']}")
        say(f"{'、'.join(shown['parties'])}  {shown['valid'][0]} — {shown['valid'][1]}")
        for clause in shown["clauses"]:
            mark = "[enforced]" if clause["enforced"] else "[words only]"
            say(f"\n{clause['number']} {clause['title']} {mark}\n{clause['text']}")

    answer(shown, as_json=as_json, human=human)


@app.command()
def render(  # noqa: PLR0917 - typer reads them by name
    document: Annotated[
        str, typer.Argument(help="The document's digest, or a file of YAML or JSON.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.PDF,
    language: Annotated[
        Language, typer.Option(help="In which language; the Chinese text prevails.")
    ] = Language.CHINESE,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write an agreement as officials read it; of a file no node needs to know."""
    kept = document.startswith("sha256:")
    asked = run(folder, "agreement.document", {"document": document}) if kept else None
    with failures():
        # Setting texts takes libraries that the other commands start without.
        from tongban.app.agreement_file import write_agreement  # noqa: PLC0415

        text = asked["text"] if asked else Path(document).read_text(encoding="utf-8")
        written = write_agreement(text, output, format_, language)
    answer(
        written, as_json=as_json, human=lambda: say(f"《{written['title']}》 written to {output}.")
    )


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List agreements with who has signed, and instruments with who cited them."""
    found = run(folder, "agreement.list")
    rows = [[line["title"], line["partner"], _standing(line), line["document"]] for line in found]
    columns = ["agreement", "partner", "standing", "document"]
    empty = "No agreement yet; `tongban agreement import FILE` lays one before a partner."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


def _standing(line: dict[str, object]) -> str:
    if line["cited_by"]:
        return f"cited by {line['cited_by']}"
    if line["suspended"]:
        return "suspended"
    return "signed by all" if line["in_force"] else "waiting for signatures"
