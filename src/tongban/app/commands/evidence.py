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
    run,
    say,
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
    result = {"case": case, "evidence": str(output), "bodies": bodies}

    def human() -> None:
        say(f"Written to {output}, which only you can read.")
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
def verify(
    bundle: Annotated[Path, typer.Argument(help="An evidence bundle.")],
    trust: Annotated[
        Path | None, typer.Option(help="A file of verifier keys, one a line, that you trust.")
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Check a bundle offline: 0 verified, 1 not, 2 unreadable."""
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
