"""`tongban inquiry`: what nobody foresaw, asked and answered on the record (口径咨询)."""

import mimetypes
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.erasing import ErasedBody, ErasedLine, ErasureGround, answer_erased
from tongban.app.commands.given_files import encoded_file
from tongban.app.commands.missing_powers import Item, Partner, report, reports
from tongban.app.commands.papers import PaperOption, paper_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    run,
    say,
    table,
)

app = typer.Typer(help="Questions to a partner, and their answers.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="INQUIRY", help="As `list` shows it.")]
Text = Annotated[str, typer.Argument(metavar="WORDS", help="What you want to say.")]
Attach = Annotated[list[Path] | None, typer.Option(help="A file to send along; up to nine.")]
Office = Annotated[str, typer.Option(help="Code of the office that acts.")]
Topic = Annotated[str, typer.Option(help="A code that marks answers which are alike.")]

KeepUnread = Annotated[
    bool, typer.Option("--keep-unread", help="Do not tell the other side that it was read.")
]
OnlyOpen = Annotated[bool, typer.Option("--open", help="Only unanswered questions.")]


@app.command()
def ask(  # noqa: PLR0917 - one parameter for each option
    words: Text,
    case: Annotated[str, typer.Option(help="The case that it is about.")] = "",
    item: Item = "",
    partner: Partner = "",
    agreement: Annotated[
        str, typer.Option(help="Digest of the agreement it is about, or its first digits.")
    ] = "",
    attach: Attach = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Ask the partner about a case, about an item, or about an agreement as a whole."""
    arguments = {
        "words": words,
        "case": case,
        "item": item,
        "partner": partner,
        "agreement": agreement,
        "attachments": _files(attach),
    }
    asked = run(folder, "inquiry.ask", arguments)

    def human() -> None:
        say(f"Asked {asked['partner']}: {asked['inquiry']}")
        about = {"item": asked["item"], "partner": asked["partner"]}
        found = run(folder, "inquiry.search", about) if asked["item"] else ()
        if found:
            say(f"Answered before on this item: {len(found)}. tongban inquiry search")

    answer(asked, as_json=as_json, human=human)


@app.command()
def message(
    inquiry: Name,
    words: Text,
    attach: Attach = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say something more; it changes nothing."""
    arguments = {"inquiry": inquiry, "words": words, "attachments": _files(attach)}
    said = run(folder, "inquiry.message", arguments)
    answer(said, as_json=as_json, human=lambda: say("Sent."))


@app.command(name="answer")
def answer_(  # noqa: PLR0917 - one parameter for each option
    inquiry: Name,
    words: Text,
    from_day: Annotated[
        str, typer.Option("--from", help="First day on which it holds. Default: today.")
    ] = "",
    topic: Topic = "",
    replaces: Annotated[str, typer.Option(help="The line of the answer that it replaces.")] = "",
    attach: Attach = None,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Answer for all such cases; write nobody's name into it."""
    arguments = {
        "inquiry": inquiry,
        "words": words,
        "from_day": from_day,
        "topic": topic,
        "replaces": replaces,
        "attachments": _files(attach),
        "paper": paper_file(paper),
    }
    said = run(folder, "inquiry.answer", arguments)

    def human() -> None:
        say("Answered; it is a precedent for this item between the two. It grants no power.")
        _say_suggestions(folder)

    answer(said, as_json=as_json, human=human)


@app.command()
def decide(  # noqa: PLR0917 - one parameter for each option
    inquiry: Name,
    words: Text,
    under: Annotated[str, typer.Option(help="Number of the recorded authorisation.")],
    office: Office = "case_officer",
    topic: Topic = "",
    attach: Attach = None,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Decide the one case that was asked about, and no other (一事一议)."""
    arguments = {
        "inquiry": inquiry,
        "words": words,
        "authority": under,
        "office": office,
        "topic": topic,
        "attachments": _files(attach),
        "paper": paper_file(paper),
    }
    done = run(folder, "inquiry.decide", arguments)

    def human() -> None:
        say("Decided for this one case. It grants no power that no clause gives.")
        _say_suggestions(folder)

    answer(done, as_json=as_json, human=human)


@app.command()
def retract(  # noqa: PLR0917 - one parameter for each option
    inquiry: Name,
    line: Annotated[str, typer.Argument(help="The line of the answer, as `show` has it.")],
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Let an answer count no more for what comes."""
    given = paper_file(paper)
    arguments = {"inquiry": inquiry, "answer": line, "ground": ground, "paper": given}
    gone = run(folder, "inquiry.retract", arguments)
    answer(gone, as_json=as_json, human=lambda: say("It counts no more; it stays on record."))


@app.command()
def withdraw(
    inquiry: Name,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Need no answer any more."""
    gone = run(folder, "inquiry.withdraw", {"inquiry": inquiry})
    answer(gone, as_json=as_json, human=lambda: say("Withdrawn; it stays on record."))


@app.command(name="list")
def list_(
    only_open: OnlyOpen = False,  # noqa: FBT002 - a flag of the command line
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List inquiries with their age and what is unread."""
    found = run(folder, "inquiry.list", {"open": only_open})
    rows = [
        [
            line["inquiry"],
            line["partner"],
            line["item"],
            "your turn" if line["your_turn"] else line["standing"],
            f"{line['age_days']} d",
            str(line["unread"]),
        ]
        for line in found
    ]
    columns = ["inquiry", "partner", "item", "standing", "age", "unread"]

    def human() -> None:
        table(columns, rows, "No inquiry; `tongban inquiry ask` begins one.")
        _say_suggestions(folder)

    answer(found, as_json=as_json, human=human)


@app.command()
def show(
    inquiry: Name,
    keep_unread: KeepUnread = False,  # noqa: FBT002 - a flag of the command line
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show what was said, by whom and when; the other side learns that it was read."""
    shown = run(folder, "inquiry.show", {"inquiry": inquiry, "keep_unread": keep_unread})

    def human() -> None:
        say(f"{shown['item']} {shown['case']} with {shown['partner']}: {shown['standing']}")
        for line in shown["lines"]:
            say(f"{line['at']} {line['by']} {line['office']} {line['type']} {line['entry']}")
            here = [name for name in line["attachments"] if name not in line["gone"]]
            gone = [f"{name} was erased, or has not come back yet" for name in line["gone"]]
            for text in (line["words"], *here, *gone, line["refused"]):
                if text:
                    say(f"  {text}")

    answer(shown, as_json=as_json, human=human)


@app.command()
def erase(  # noqa: PLR0917 - one parameter for each option
    inquiry: Name,
    body: ErasedBody,
    ground: ErasureGround,
    line: ErasedLine = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Erase words or an attachment for good; the log stays verifiable."""
    arguments = {"inquiry": inquiry, "body": body, "ground": ground, "line": line}
    answer_erased(run(folder, "inquiry.erase", arguments), as_json=as_json)


@app.command()
def attachment(
    inquiry: Name,
    line: Annotated[str, typer.Argument(help="The line that it came with.")],
    attachment: Annotated[str, typer.Argument(help="Its name, such as attachment:1.")],
    output: Annotated[Path, typer.Option(help="The file to write.")],
    folder: FolderOption = Path(),
) -> None:
    """Write an attachment into a file."""
    arguments = {"inquiry": inquiry, "entry": line, "attachment": attachment}
    found = run(folder, "inquiry.attachment", arguments)
    with failures():
        output.write_bytes(b64decode(found["content"]))
    say(f"Written to {output}.")


@app.command()
def search(
    words: Annotated[list[str] | None, typer.Argument(help="Words of question or answer.")] = None,
    item: Item = "",
    partner: Partner = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Find what was answered before (口径库)."""
    arguments = {"words": words or [], "item": item, "partner": partner}
    found = run(folder, "inquiry.search", arguments)

    def human() -> None:
        for line in found:
            kind = f"from {line['from_day']}" if line["general"] else "one case only"
            say(f"{line['item']} {line['answered_by']} ({kind}) {line['inquiry']}")
            say(f"  {line['question']}\n  {line['answer']}")
        if not found:
            say("Nothing alike was answered yet; `tongban inquiry ask` asks.")

    answer(found, as_json=as_json, human=human)


@app.command()
def suggestions(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show where three answers or more are alike, so that a clause should say it."""
    found = run(folder, "inquiry.suggestions")
    answer(found, as_json=as_json, human=lambda: _say_suggestions(folder))


@app.command()
def amendment(  # noqa: PLR0917 - one parameter for each option
    agreement: Annotated[str, typer.Argument(help="Digest of the agreement to amend.")],
    item: Item,
    output: Annotated[Path, typer.Option(help="The file for the draft.")],
    topic: Topic = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Draft an amendment from answers that are alike; read it before you propose it."""
    arguments = {"agreement": agreement, "item": item, "topic": topic}
    drafted = run(folder, "inquiry.amendment", arguments)
    with failures():
        output.write_text(drafted["text"], encoding="utf-8")

    def human() -> None:
        say(f"Drafted from {drafted['answers']} answers: {output}. Its clause grants no power.")
        say(f"Read it, then: tongban negotiation propose {output} --answer-by DAY")

    answer(drafted, as_json=as_json, human=human)


@app.command()
def authorise(  # noqa: PLR0917 - one parameter for each option
    number: Annotated[str, typer.Argument(help="Number of the paper.")],
    until_day: Annotated[str, typer.Option("--until", help="Its last day.")],
    item: Annotated[list[str] | None, typer.Option(help="An item; default: every item.")] = None,
    from_day: Annotated[str, typer.Option("--from", help="Its first day; default: today.")] = "",
    office: Office = "case_officer",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Record that a written authorisation to decide single cases lies in the files."""
    arguments = {
        "number": number,
        "office": office,
        "items": item or [],
        "from_day": from_day,
        "until_day": until_day,
    }
    kept = run(folder, "inquiry.authorise", arguments)
    answer(kept, as_json=as_json, human=lambda: say(f"Recorded for {kept['office']}."))


@app.command()
def revoke(
    number: Annotated[str, typer.Argument(help="Number of the paper.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Let an authorisation allow no more one-off decisions."""
    gone = run(folder, "inquiry.revoke", {"number": number})
    answer(gone, as_json=as_json, human=lambda: say("It allows no more; past ones stand."))


@app.command()
def authorisations(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List who may decide single cases."""
    found = run(folder, "inquiry.authorisations")
    rows = [
        [line["number"], line["office"], " ".join(line["items"]) or "every item", line["until_day"]]
        for line in found
    ]
    columns = ["number", "office", "items", "until"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, "Nobody yet."))


app.command()(report)
app.command()(reports)


def _files(paths: list[Path] | None) -> list[dict[str, Any]]:
    with failures():
        return [
            {
                "media": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
                "content": encoded_file(path),
            }
            for path in paths or []
        ]


def _say_suggestions(folder: Path) -> None:
    for line in run(folder, "inquiry.suggestions"):
        say(
            f"{line['answers']} answers on {line['item']} {line['topic']} by {line['answered_by']} "
            "are alike. Draft a clause: tongban inquiry amendment DOCUMENT --item CODE"
        )
