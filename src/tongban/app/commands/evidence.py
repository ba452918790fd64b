"""`tongban evidence`: bundles and proofs; checking them needs no node and no network."""

from base64 import b64decode
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.terminal import (
    FolderOption,
    JsonOption,
    answer,
    failures,
    pasted,
    run,
    say,
    table,
)
from tongban.app.evidence_commands import verify_command
from tongban.app.private_files import write_private
from tongban.app.proof_commands import PROVEN, UNREADABLE, check_proof_command, take_proof

app = typer.Typer(help="Evidence: export it, and check it offline.", no_args_is_help=True)


@app.command()
def export(
    case: Annotated[str, typer.Argument(help="The case's number.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    bodies: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option(help="With the contents, which are personal data.")
    ] = True,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write everything that proves one case into a file."""
    exported = run(folder, "evidence.export", {"case": case, "bodies": bodies})
    with failures():
        write_private(output, b64decode(exported["bundle"]))
    more = exported["more_to_come"]
    result = {"case": case, "evidence": str(output), "bodies": bodies, "more_to_come": more}

    def human() -> None:
        say(f"Written to {output}, which only you can read.")
        if more:
            say(
                "The partner is still giving back what was lost here, so the case may be older in "
                "it than it is: export it again when `tongban status` shows the line open."
            )
        if bodies:
            say(
                "It holds the contents of the case, which are personal data: hand it only to whom "
                "the law allows. That they were read for this is on the log, where the person sees "
                "it. `--no-bodies` leaves them out, and it proves the same acts."
            )
        else:
            say("The contents of the case, which are personal data, are not in it.")

    answer(result, as_json=as_json, human=human)


@app.command()
def misbehaviour(
    peer: Annotated[str, typer.Argument(help="The partner's node name.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; without it, a list.")
    ] = None,
    number: Annotated[int, typer.Option(help="Which of them, as the list numbers it.")] = 1,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List how a partner contradicted itself, or write the proof of it into a file."""
    if output is None:
        _list_misbehaviour(peer, folder, as_json=as_json)
        return
    exported = run(folder, "evidence.misbehaviour", {"peer": peer, "number": number})
    with failures():
        write_private(output, b64decode(exported["proof"]))
    result = {"peer": peer, "number": number, "evidence": str(output)}

    def human() -> None:
        say(f"Written to {output}. There are no contents of cases in it.")
        say(f"Whoever has it can check it: tongban evidence verify {pasted(output)}")

    answer(result, as_json=as_json, human=human)


def _list_misbehaviour(peer: str, folder: Path, *, as_json: bool) -> None:
    found = run(folder, "evidence.list_misbehaviour", {"peer": peer})
    rows = [[str(cell) for cell in each.values()] for each in found]
    columns = ["", "noticed", "log", "entries", "and entries"]
    empty = f"{peer} never contradicted itself, as far as this node has seen."
    answer(found, as_json=as_json, human=lambda: table(columns, rows, empty))


@app.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="A bundle, or a proof of misbehaviour.")],
    trust: Annotated[
        Path | None, typer.Option(help="A file of verifier keys, one a line, that you trust.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Check a bundle or proof offline: 0 verified, 1 not, 2 unreadable."""
    code, text = verify_command(bundle, trust, as_json=as_json)
    typer.echo(text)
    raise typer.Exit(code)


@app.command()
def proof(
    bundle: Annotated[Path, typer.Argument(help="An evidence bundle.")],
    entry: Annotated[int, typer.Option(help="The entry's number, as `verify` lists it.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write into.")],
    trust: Annotated[
        Path | None, typer.Option(help="A file of verifier keys, one a line, that you trust.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Take one entry and its proof out of a bundle, for `check-proof` or another tool."""
    with failures():
        taken = take_proof(bundle, entry, output, trust_path=trust)
    result = {
        "entry": str(taken.entry),
        "proof": str(taken.proof),
        "log": taken.log,
        "cosigners": taken.cosigners,
        "command": taken.command,
    }

    def human() -> None:
        say(f"Written: {taken.entry} and {taken.proof}. Check the proof with")
        say(taken.command)
        if trust is None:
            say("The keys are those that the bundle names; compare them with the cities' own.")

    answer(result, as_json=as_json, human=human)


@app.command(name="check-proof")
def check_proof(
    proof: Annotated[Path, typer.Argument(help="A C2SP .tlog-proof file.")],
    entry: Annotated[Path, typer.Option(help="The entry's exact bytes.")],
    log: Annotated[str, typer.Option(help="The log's verifier key (vkey).")],
    cosigner: Annotated[
        list[str] | None, typer.Option(help="A cosigner's vkey that must have signed.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Check that an entry is in a log: 0 proven, 1 not, 2 unreadable."""
    code, reason = check_proof_command(proof, entry, log, cosigner or [])
    result = {"proven": code == PROVEN, "readable": code != UNREADABLE, "reason": reason}
    answer(result, as_json=as_json, human=lambda: typer.echo(reason))
    raise typer.Exit(code)
