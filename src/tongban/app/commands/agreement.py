"""`tongban agreement`: agreements with partners, and the published instruments they cite."""

from pathlib import Path
from typing import Annotated

import typer

from tongban.agreement_text.text import Format
from tongban.app.commands.agreement_reading import Document, explain, list_, names_document, show
from tongban.app.commands.given_files import text_file
from tongban.app.commands.papers import PaperOption, paper_file
from tongban.app.commands.signing import authorisations, authorise, confirm, revoke, scan
from tongban.app.commands.template import departures, draft, templates
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
)
from tongban.core.words import Language

app = typer.Typer(help="Agreements with partners, and published instruments.", no_args_is_help=True)
for _command in (
    templates,
    draft,
    departures,
    authorise,
    revoke,
    authorisations,
    scan,
    confirm,
    show,
    explain,
):
    app.command()(_command)
app.command(name="list")(list_)

_RUN_OFF = {
    "finish": "Cases under way are finished under it.",
    "stop": "Cases under way stop with it, as its text says.",
}


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="The agreement as YAML or JSON.")],
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Keep an agreement and lay it before the partner that it names, or before its depositary."""
    text = text_file(file)
    kept = run(folder, "agreement.import", {"text": text, "paper": paper_file(paper)})

    def human() -> None:
        say(f"《{kept['title']}》 now lies before the partner.")
        say(f"Sign it with: tongban agreement sign {kept['document']}")

    answer(kept, as_json=as_json, human=human)


@app.command()
def sign(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    under: Annotated[
        str,
        typer.Option(help="Number of the recorded authorisation. Default: as representative."),
    ] = "",
    office: Annotated[
        str, typer.Option(help="The office that signs under it, as the paper names it.")
    ] = "agreement_officer",
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Sign an agreement as its office's legal representative, or under an authorisation."""
    arguments = {"document": document, "under": under, "office": office, "paper": paper_file(paper)}
    signed = run(folder, "agreement.sign", arguments)
    answer(
        signed,
        as_json=as_json,
        human=lambda: say(f"Signed for {signed['office']}. It binds once every party has signed."),
    )


@app.command()
def suspend(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    item: Annotated[
        list[str] | None, typer.Option(help="Only this item; may be repeated. Default: all.")
    ] = None,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Stop delegated acts under an agreement at once; cases under way go by its run-off rule."""
    arguments = {
        "document": document,
        "ground": ground,
        "items": item or [],
        "paper": paper_file(paper),
    }
    stopped = run(folder, "agreement.suspend", arguments)
    answer(
        stopped,
        as_json=as_json,
        human=lambda: say("Suspended. Anyone may still apply to the competent authority directly."),
    )


@app.command()
def resume(
    document: Document,
    item: Annotated[
        list[str] | None, typer.Option(help="Only this item; may be repeated. Default: all.")
    ] = None,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Lift what this node suspended; what the partner suspended, only the partner can lift."""
    arguments = {"document": document, "items": item or [], "paper": paper_file(paper)}
    resumed = run(folder, "agreement.resume", arguments)
    answer(
        resumed,
        as_json=as_json,
        human=lambda: say("Lifted. Delegated acts go on where the partner has suspended nothing."),
    )


@app.command()
def terminate(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    last_day: Annotated[
        str, typer.Option(help="The last day on which it is in force, such as 2027-06-30.")
    ],
    under: Annotated[
        str,
        typer.Option(help="Number of the recorded authorisation. Default: as representative."),
    ] = "",
    office: Annotated[
        str, typer.Option(help="The office that ends it under that, as the paper names it.")
    ] = "agreement_officer",
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Give an agreement a last day, by the notice that it asks for; this cannot be taken back."""
    arguments = {
        "document": document,
        "ground": ground,
        "last_day": last_day,
        "under": under,
        "office": office,
        "paper": paper_file(paper),
    }
    ended = run(folder, "agreement.terminate", arguments)

    def human() -> None:
        say(f"It ends after {ended['last_day']}. {_RUN_OFF[ended['run_off']]}")
        say("Anyone may still apply to the competent authority directly.")

    answer(ended, as_json=as_json, human=human)


@app.command()
def withdraw(
    document: Document,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Want a text of two parties no more that not both have signed; nobody signs it then."""
    arguments = {"document": document, "ground": ground, "paper": paper_file(paper)}
    done = run(folder, "agreement.withdraw", arguments)

    def human() -> None:
        say("Withdrawn, unless the partner's signature was first: then neither counts, and")
        say("`tongban agreement show` says so. For a new attempt, propose another text.")

    answer(done, as_json=as_json, human=human)


@app.command()
def publish(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    on: Annotated[str, typer.Option(help="The day on which it was published: 2026-12-20.")],
    party: Annotated[
        str, typer.Option(help="Node name of the party that published. Default: this one.")
    ] = "",
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record that a party published an agreement, as its text asks before it has effect."""
    done = run(
        folder,
        "agreement.publish",
        {"document": document, "on": on, "party": party, "paper": paper_file(paper)},
    )
    said = f"Recorded that {done['party']} published it on {done['published_on']}."
    answer(done, as_json=as_json, human=lambda: say(said))


@app.command()
def leave(  # noqa: PLR0917 - one parameter for each option
    document: Document,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    last_day: Annotated[
        str, typer.Option(help="The last day on which this party is bound, such as 2027-06-30.")
    ],
    under: Annotated[
        str,
        typer.Option(help="Number of the recorded authorisation. Default: as representative."),
    ] = "",
    office: Annotated[
        str, typer.Option(help="The office that signs under it, as the paper names it.")
    ] = "agreement_officer",
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Leave an agreement of three or more parties, which goes on without this one."""
    arguments = {
        "document": document,
        "ground": ground,
        "last_day": last_day,
        "under": under,
        "office": office,
        "paper": paper_file(paper),
    }
    left = run(folder, "agreement.leave", arguments)

    def human() -> None:
        say(f"{left['depositary']} is told, and passes it on to every party.")
        say(f"This party is bound until {left['last_day']}. {_RUN_OFF[left['run_off']]}")

    answer(left, as_json=as_json, human=human)


@app.command()
def cite(
    file: Annotated[Path, typer.Argument(help="The published instrument as YAML or JSON.")],
    with_: Annotated[
        str, typer.Option("--with", help="The partner between whom and this node it counts.")
    ],
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Make a published legal instrument count between this node and a partner; nobody signs it."""
    text = text_file(file)
    cited = run(
        folder, "agreement.cite", {"text": text, "partner": with_, "paper": paper_file(paper)}
    )

    def human() -> None:
        say(f"《{cited['title']}》 counts between this node and {cited['partner']} from now on.")
        say("`tongban agreement list` shows it here, and there as cited by this node.")

    answer(cited, as_json=as_json, human=human)


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
    kept = names_document(document)
    asked = run(folder, "agreement.document", {"document": document}) if kept else None
    with failures():
        # Setting texts takes libraries that the other commands start without.
        from tongban.app.agreement_file import write_agreement  # noqa: PLC0415

        text = asked["text"] if asked else text_file(Path(document))
        written = write_agreement(text, output, format_, language)
    answer(
        written, as_json=as_json, human=lambda: say(f"《{written['title']}》 written to {output}.")
    )
