"""`tongban negotiation`: how this node and a partner come to a text that both may sign."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.commands.erasing import ErasedBody, ErasedLine, ErasureGround, answer_erased
from tongban.app.commands.given_files import text_file
from tongban.app.commands.papers import PaperOption, paper_file
from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    run,
    say,
    table,
)

app = typer.Typer(help="Negotiations over the text of an agreement.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The negotiation, as `list` shows it.")]
TextFile = Annotated[Path, typer.Argument(help="The text as YAML or JSON.")]
AnswerBy = Annotated[
    str, typer.Option(help="Last day for an answer, in China time, as in 2026-12-01.")
]
InView = Annotated[
    int,
    typer.Option(
        "--version", help="The version that you have in view. Default: the one on the table."
    ),
]

DiffOption = Annotated[bool, typer.Option("--diff", help="Also what the newest version changes.")]


@app.command()
def propose(
    file: TextFile,
    answer_by: AnswerBy,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Begin: lay a text on the table before the partner that it names; of many, with each."""
    arguments = {"text": _read(file), "answer_by": answer_by, "paper": paper_file(paper)}
    begun = run(folder, "negotiation.propose", arguments)

    def human() -> None:
        for table_ in begun["tables"]:
            say(f"《{begun['title']}》 is proposed to {table_['partner']}, whose turn it is now.")
            say(f"Follow it with: tongban negotiation show {table_['negotiation']}")

    answer(begun, as_json=as_json, human=human)


@app.command()
def counter(  # noqa: PLR0917 - one parameter for each option
    negotiation: Name,
    file: TextFile,
    answer_by: AnswerBy,
    version: InView = 0,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Answer what lies on the table with another text."""
    arguments = {
        "negotiation": negotiation,
        "text": _read(file),
        "answer_by": answer_by,
        "version": version,
        "paper": paper_file(paper),
    }
    laid = run(folder, "negotiation.counter", arguments)
    answer(laid, as_json=as_json, human=lambda: say(f"Laid as version {laid['version']}."))


@app.command()
def comment(  # noqa: PLR0917 - one parameter for each option
    negotiation: Name,
    clause: Annotated[str, typer.Argument(help="The number of the clause, such as 2.1.")],
    words: Annotated[str, typer.Argument(help="What you want to say on it.")],
    version: InView = 0,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Say something on a clause; it moves nothing."""
    arguments = {
        "negotiation": negotiation,
        "clause": clause,
        "words": words,
        "version": version,
        "paper": paper_file(paper),
    }
    said = run(folder, "negotiation.comment", arguments)
    answer(said, as_json=as_json, human=lambda: say(f"Said on version {said['version']}."))


@app.command()
def accept(
    negotiation: Name,
    version: InView = 0,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Agree to what lies on the table; both may sign it then."""
    arguments = {"negotiation": negotiation, "version": version, "paper": paper_file(paper)}
    agreed = run(folder, "negotiation.accept", arguments)

    def human() -> None:
        say("Accepted. It binds nobody before both have signed.")
        say(f"Sign it with: tongban agreement sign {agreed['document']}")

    answer(agreed, as_json=as_json, human=human)


@app.command()
def reject(  # noqa: PLR0917 - one parameter for each option
    negotiation: Name,
    ground: Annotated[str, typer.Option(help="Why, as a code of letters and underscores.")],
    version: InView = 0,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """End it: no agreement on this."""
    arguments = {
        "negotiation": negotiation,
        "ground": ground,
        "version": version,
        "paper": paper_file(paper),
    }
    ended = run(folder, "negotiation.reject", arguments)
    answer(ended, as_json=as_json, human=lambda: say("Rejected. Neither side is bound."))


@app.command()
def withdraw(
    negotiation: Name,
    version: InView = 0,
    paper: PaperOption = None,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Go no further; where it is the partner's turn, its node has the last word."""
    arguments = {"negotiation": negotiation, "version": version, "paper": paper_file(paper)}
    gone = run(folder, "negotiation.withdraw", arguments)

    def human() -> None:
        say("Withdrawn, unless the partner has answered first.")
        say(f"See what became of it: tongban negotiation show {negotiation}")

    answer(gone, as_json=as_json, human=human)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List negotiations with their standing and whose turn it is."""
    found = run(folder, "negotiation.list")
    rows = [
        [line["title"], line["partner"], _standing(line), line["answer_by"], line["negotiation"]]
        for line in found
    ]
    columns = ["text", "partner", "standing", "answer by", "negotiation"]
    empty = "No negotiation yet; `tongban negotiation propose FILE` begins one."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


@app.command()
def show(
    negotiation: Name,
    diff: DiffOption = False,  # noqa: FBT002 - a flag of the command line
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show versions, comments and what was refused of this node's acts."""
    shown = run(folder, "negotiation.show", {"negotiation": negotiation, "diff": diff})

    def human() -> None:
        say(f"《{shown['title']}》 with {shown['partner']}: {_standing(shown)}")
        for line in shown["versions"]:
            say(f"{line['number']}. by {line['by']}, answer by {line['answer_by']}")
        for line in shown["comments"]:
            say(f"{line['by']} on {line['clause']} of version {line['version']} {line['entry']}")
            say(f"  {line['words']}")
        for line in shown["refused"]:
            say(f"{line['zh']}\n{line['en']}")
        if diff:
            _say_diff(shown["diff"])

    answer(shown, as_json=as_json, human=human)


@app.command()
def erase(  # noqa: PLR0917 - one parameter for each option
    negotiation: Name,
    body: ErasedBody,
    ground: ErasureGround,
    line: ErasedLine = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Erase the words of comments for good; the log stays verifiable."""
    arguments = {"negotiation": negotiation, "body": body, "ground": ground, "line": line}
    answer_erased(run(folder, "negotiation.erase", arguments), as_json=as_json)


@app.command()
def statistics(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show how long negotiations took, and which clauses were fought over most."""
    found = run(folder, "negotiation.statistics")

    def human() -> None:
        together = found["all"]
        for standing, count in together["by_standing"].items():
            say(f"{standing}: {count}")
        if together["median_hours"] is not None:
            say(f"median hours to an agreement: {together['median_hours']}")
        say(f"counters: {together['counters']}, comments: {together['comments']}")
        for line in together["fought"]:
            named = f"§{line['clause']} of {line['text'] or 'a text that is not here'}"
            say(f"{named}: changed or commented on {line['times']} times")

    answer(found, as_json=as_json, human=human)


def _say_diff(diff: dict[str, Any]) -> None:
    for line in diff["fields"]:
        say(f"{line['path']}\n  - {line['before']}\n  + {line['after']}")
    for text in diff["texts"]:
        say(f"{text['clause']}: {''.join(_marked(part) for part in text['passages'])}")


def _marked(part: dict[str, str]) -> str:
    """What went and what came, in one line of text."""
    if part["before"] == part["after"]:
        return part["after"]
    gone = f"[-{part['before']}-]" if part["before"] else ""
    come = f"{{+{part['after']}+}}" if part["after"] else ""
    return gone + come


def _standing(line: dict[str, Any]) -> str:
    if line["standing"] != "open":
        return str(line["standing"])
    if line["waits"]:
        return f"on its way: {', '.join(line['waits'])}"
    return "your turn" if line["your_turn"] else "the partner's turn"


def _read(file: Path) -> str:
    return text_file(file)
