"""`tongban peer`: meeting other nodes, and parting."""

from base64 import b64decode, b64encode
from pathlib import Path
from typing import Annotated, NoReturn

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
from tongban.app.private_files import write_private
from tongban.channels.descriptors import Descriptor, fingerprint, read_descriptor
from tongban.channels.faults import DescriptorUnreadable, Unreachable
from tongban.channels.roads.https import fetch_descriptor
from tongban.core.one_sided import marked
from tongban.core.words import Words

app = typer.Typer(help="Meet other nodes.", no_args_is_help=True)


@app.command()
def show(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
    output: Annotated[
        Path | None, typer.Option(help="Write the descriptor into this file.")
    ] = None,
) -> None:
    """Show this node's fingerprint, to be read out on the telephone."""
    shown = run(folder, "peer.show")
    if output is not None:
        with failures():
            write_private(output, b64decode(shown["descriptor"]))

    def human() -> None:
        say(f"{shown['name']}")
        if shown["kept_by"]:
            say(f"kept by      {shown['kept_by']}: what it signs is one-sided")
        say(f"fingerprint  {shown['fingerprint']}")
        for number, earlier in enumerate(shown["earlier"], 1):
            say(f"earlier {number:<4} {earlier}")
        for endpoint in shown["endpoints"]:
            say(f"{endpoint['road']:<12} {endpoint['address']}")

    answer(shown, as_json=as_json, human=human)


@app.command()
def add(
    source: Annotated[str, typer.Argument(help="https://host:port of the partner, or a file.")],
    compared: Annotated[
        str,
        typer.Option(
            "--fingerprint", help="What the partner's operator read out to you by another way."
        ),
    ] = "",
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Accept a partner after comparing its fingerprint out of band."""
    with failures():
        data = _descriptor(source)
        descriptor = _read(data, source)
    if not compared:
        _to_compare(descriptor, as_json=as_json)
    arguments = {"descriptor": b64encode(data).decode(), "fingerprint": compared}
    added = run(folder, "peer.add", arguments)
    answer(added, as_json=as_json, human=lambda: say(f"{added['name']} is a partner now."))


@app.command()
def close(
    peer: Annotated[str, typer.Argument(help="The partner's node name.")],
    ground: Annotated[
        str,
        typer.Option(
            help="Why: partner_gone, keys_stolen, misbehaviour, agreement_ended, place_merged."
        ),
    ],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """End the line to a partner until somebody pairs again."""
    closed = run(folder, "peer.close", {"peer": peer, "ground": ground})

    def human() -> None:
        say(f"The line to {peer} is closed, and that is on record.")
        say(
            "Nothing more goes there, and nothing more is taken from there. Cases and evidence stay"
        )
        say("readable here; new acts for that partner are refused, and applicants are shown the")
        say("direct way. A hand-over on its way stays with its sender.")
        if closed["returned"]:
            say(f"{closed['returned']} acts that waited for the line came back to their people.")
        say(f"To open it again, pair again: `tongban peer add` with the descriptor of {peer}.")

    answer(closed, as_json=as_json, human=human)


@app.command()
def erase(
    peer: Annotated[str, typer.Argument(help="The partner's node name.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Erase at once what may go of entries that were refused of a partner."""
    erased = run(folder, "peer.erase", {"peer": peer})

    def human() -> None:
        say(f"Of {erased['erased']} refused entries of {peer} the bodies are gone, and of those")
        say(
            "that no honest node writes the bytes too. Hashes and lengths stay, so that every proof"
        )
        say(
            "verifies as before. What the partner does not know yet to be refused stays until then."
        )

    answer(erased, as_json=as_json, human=human)


@app.command()
def keys(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write the keys of this node and its partners for `tongban evidence verify --trust`."""
    trusted = run(folder, "peer.keys")
    with failures():
        write_private(output, trusted["trust"].encode())
    answer(trusted, as_json=as_json, human=lambda: say(f"Written to {output}."))


@app.command(name="list")
def list_(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """List the partners and how the line to each stands."""
    peers = run(folder, "peer.list")
    rows = [[peer["name"], peer["title"], peer["line"], peer["cosigned"]] for peer in peers]
    columns = ["node", "name", "line", "cosigned up to"]
    answer(
        peers,
        as_json=as_json,
        human=lambda: table(columns, rows, "No partner yet; `tongban peer add` meets one."),
    )


def _to_compare(descriptor: Descriptor, *, as_json: bool) -> NoReturn:
    """What the operators compare before anything is changed."""
    found = {
        "name": descriptor.name,
        "fingerprint": fingerprint(descriptor),
        "kept_by": descriptor.kept_by,
        "added": False,
    }

    def human() -> None:
        title = Words(zh=descriptor.title.zh, en=descriptor.title.en)
        say(f"{descriptor.name} ({marked(title, descriptor.kept_by).zh})")
        if descriptor.kept_by:
            say(f"It has no node of its own: {descriptor.kept_by} signs for it and says what it")
            say("did. What it signs is one-sided.")
        say(f"fingerprint  {found['fingerprint']}")
        say("Nothing was changed. Ask the partner's operator, by telephone, to read out the")
        say("fingerprint that `tongban peer show` prints there. If it is the same, run this")
        say("command again with --fingerprint and the groups that you heard.")

    answer(found, as_json=as_json, human=human)
    raise typer.Exit(REFUSED)


def _read(data: bytes, source: str) -> Descriptor:
    try:
        return read_descriptor(data)
    except DescriptorUnreadable as fault:
        raise DescriptorUnreadable(
            f"{source}: {fault}. Ask the partner's operator for the file of `tongban peer show "
            "--output FILE`"
        ) from fault


def _descriptor(source: str) -> bytes:
    if not source.startswith("https://"):
        return Path(source).read_bytes()
    try:
        return fetch_descriptor(source, allow_loopback=True)
    except Unreachable as fault:
        raise DescriptorUnreadable(
            f"no descriptor came from {source}: {fault}. See that the address is right and the "
            "partner's node runs, or let its operator send you the file of `tongban peer show "
            "--output FILE`"
        ) from fault
