"""`tongban key`: the keys with which this node signs."""

from pathlib import Path

import typer

from tongban.app.commands.suites import SuiteOption
from tongban.app.commands.terminal import FolderOption, JsonOption, answer, run, say, table

app = typer.Typer(help="Change this node's keys, and see which are in force.", no_args_is_help=True)


@app.command()
def rotate(
    folder: FolderOption = Path(),
    suite: SuiteOption = "",
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Add a key set; partners learn of it by themselves."""
    rotated = run(folder, "key.rotate", {"suite": suite})

    def human() -> None:
        say(f"Key set {rotated['number']} is in the key file. From now on it signs what is new.")
        say(f"fingerprint  {rotated['fingerprint']}")
        if rotated["trouble"]:
            say(f"It could not be announced yet: {rotated['trouble']}. Do not rotate again for it.")
        if rotated["announced"]:
            say(f"It was announced on {rotated['announced']} lines.")
        if rotated["waiting"]:
            say(f"{rotated['waiting']} lines are not open; they follow by themselves.")
        say("Tell partners nothing: the old keys tell them. Make a backup with the key files now:")
        say("a key file from before this does not start this node any more.")
        say("If the old keys were stolen this is not enough; see docs/how-to/stolen-keys.md.")

    answer(rotated, as_json=as_json, human=human)


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List every key set, its fingerprint, and the logs that it signs now."""
    found = run(folder, "key.list")
    rows = [
        [
            str(each["number"]),
            each["suite"],
            each["fingerprint"],
            ", ".join(each["in_force"]) or "none",
        ]
        for each in found
    ]
    columns = ["set", "suite", "fingerprint", "in force on"]
    answer(found, as_json=as_json, human=lambda: table(columns, rows, "No key set."))
