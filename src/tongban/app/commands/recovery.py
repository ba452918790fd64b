"""`tongban backup | restore | verify | recover`: for the bad days."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tongban.app.backups.container import Manifest
from tongban.app.backups.making import back_up
from tongban.app.backups.recovering import recover as recover_folder
from tongban.app.backups.restoring import Restored, Verified, verify_backup
from tongban.app.backups.restoring import restore as restore_folder
from tongban.app.backups.verifying import verify_node
from tongban.app.backups.words import SIGNED, prospects
from tongban.app.backups.workspace import end_in_order
from tongban.app.commands.terminal import (
    REFUSED,
    FolderOption,
    JsonOption,
    answer,
    failures,
    pasted,
    say,
)
from tongban.app.progress import progress_bar
from tongban.evidence.keys import parse_vkey
from tongban.node.audit.damage import Examined
from tongban.node.clock import SystemClock

#: More damaged places than these are counted, and named with --json.
_SHOWN_MAX = 20

Keys = Annotated[
    Path | None, typer.Option(help="The node's folder of key files, where the backup has none.")
]


def backup(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; named by node and time if not.")
    ] = None,
    with_keys: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--with-keys", help="With the keys: whoever has the file is then the node."),
    ] = False,
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Back up the node into one file, while it runs or stands."""
    end_in_order()
    with failures(), progress_bar(show=not as_json) as progress:
        made = back_up(
            folder.resolve(),
            output,
            with_keys=with_keys,
            now=SystemClock().now(),
            progress=progress,
        )
    vkey = made.key.encode_vkey()
    result = _of(made.manifest) | {"file": str(made.file), "bytes": made.bytes, "vkey": vkey}

    def human() -> None:
        say(f"Written to {made.file}, {made.bytes} bytes, which only you can read.")
        if with_keys:
            say("It holds the node's keys and what opens them: guard it like the node itself.")
        else:
            say(
                f"It holds no keys, and without them nothing in it opens: keep a copy of "
                f"{folder.resolve() / 'keys'} in another place."
            )
        say(f"Who has no keys sees with --vkey '{vkey}' that this node made it.")
        keys = pasted(folder.resolve() / "keys")
        say(f"Try it now: tongban restore {pasted(made.file)} --verify --keys {keys}")

    answer(result, as_json=as_json, human=human)


def restore(  # noqa: PLR0917 - one argument for each option
    file: Annotated[Path, typer.Argument(help="A file of `tongban backup`.")],
    folder: Annotated[
        Path | None, typer.Option("--folder", "-f", help="Where the node is to live.")
    ] = None,
    verify_only: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--verify", help="Only look whether the backup is whole.")
    ] = False,
    keys: Keys = None,
    vkey: Annotated[
        str, typer.Option(help="With --verify: the public key that `tongban backup` said.")
    ] = "",
    work: Annotated[
        Path | None,
        typer.Option(help="With --verify: a folder with room to unpack in; else beside FILE."),
    ] = None,
    replace: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--replace", help="In the place of the database there, which is kept."),
    ] = False,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Put a backup into a folder, or with --verify only examine it; 0 whole, 1 damaged."""
    end_in_order()
    if verify_only:
        with failures(), progress_bar(show=not as_json) as progress:
            known = parse_vkey(vkey) if vkey else None
            found = verify_backup(file, keys, known, progress, work)
        _tell_verified(found, as_json=as_json)
    if folder is None:
        raise typer.BadParameter("name the folder with --folder, or add --verify")
    with failures(), progress_bar(show=not as_json) as progress:
        done = restore_folder(
            file,
            folder.resolve(),
            keys=keys,
            replace=replace,
            now=SystemClock().now(),
            progress=progress,
        )
    _tell_restored(done, as_json=as_json)


def verify(
    folder: FolderOption = Path(),
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Examine the node's whole store: logs, signatures, bodies, states; 0 whole, 1 damaged."""
    end_in_order()
    with failures(), progress_bar(show=not as_json) as progress:
        examined = verify_node(folder.resolve(), progress)
    _report(examined, {}, [], as_json=as_json)


def recover(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    keys: Annotated[Path, typer.Option(help="The saved folder of the node's key files.")],
    settings: Annotated[Path, typer.Option(help="The saved tongban.toml.")],
    descriptor: Annotated[
        Path | None,
        typer.Option(help="The saved file of `tongban peer show --output`, to see the keys fit."),
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Begin again without a database, under the node's own keys; partners give back the rest."""
    end_in_order()
    with failures():
        read = recover_folder(folder.resolve(), keys, settings, descriptor)
    result = {"folder": str(folder.resolve()), "name": read.name}

    def human() -> None:
        say(f"{read.name} lives in {folder.resolve()} again, and remembers nothing.")
        say(f"Start it: tongban serve --folder {pasted(folder.resolve())}")
        say("Then meet each partner again with `tongban peer add`, comparing fingerprints. As soon")
        say("as its line is open, a partner has given back what the two of you had exchanged.")
        say("Lost are: what no partner holds, such as the home log with the record of who read")
        say("what, accounts, drafts, and applications that were never sent on. Bodies that were")
        say("erased stay erased where the partner was told; look through your own list.")

    answer(result, as_json=as_json, human=human)


def _of(manifest: Manifest) -> dict[str, Any]:
    return {
        "node": manifest.node,
        "made_at": manifest.made_at.isoformat(timespec="seconds"),
        "keys": manifest.keys,
        "partners": list(manifest.partners),
        "entries": sum(log.size for log in manifest.logs),
    }


def _prospects(manifest: Manifest) -> Iterator[str]:
    return prospects(manifest, SystemClock().now())


def _report(examined: Examined, about: dict[str, Any], words: list[str], *, as_json: bool) -> None:
    """What an examination found; ends the command with 0 or 1."""
    whole = not examined.damages
    result = about | {
        "whole": whole,
        "counts": asdict(examined.counts),
        "damages": [asdict(damage) for damage in examined.damages],
        "skipped": examined.skipped,
    }

    def human() -> None:
        for word in words:
            say(word)
        for damage in examined.damages[:_SHOWN_MAX]:
            say(f"DAMAGED  {damage.place}: {damage.text}. What to do: {damage.remedy}.")
        if len(examined.damages) > _SHOWN_MAX:
            say(f"and {len(examined.damages) - _SHOWN_MAX} places more; --json names them all")
        for skipped in examined.skipped:
            say(f"not looked at: {skipped}")
        counts = examined.counts
        say(
            f"{counts.entries} entries in {counts.logs} logs, {counts.signatures} signatures, "
            f"{counts.cosignatures} of partners, {counts.bodies} bodies, {counts.states} states"
        )
        say("Everything is as it was hashed, signed and folded." if whole else "Not whole.")

    answer(result, as_json=as_json, human=human)
    raise typer.Exit(0 if whole else REFUSED)


def _tell_verified(found: Verified, *, as_json: bool) -> None:
    about = _of(found.manifest) | {"signed": found.signed.value}
    words = [*_prospects(found.manifest), SIGNED[found.signed]]
    _report(found.examined, about, words, as_json=as_json)


def _tell_restored(done: Restored, *, as_json: bool) -> None:
    words = [SIGNED[done.signed], *_prospects(done.manifest)]
    result = _of(done.manifest) | {
        "signed": done.signed.value,
        "folder": str(done.folder),
        "kept": str(done.kept) if done.kept else "",
        "erased_again": done.erased_again,
        "next": words,
    }

    def human() -> None:
        say(f"{done.manifest.node} lives in {done.folder}.")
        if done.kept:
            say(f"The database that was there is {done.kept}. Once this node has worked, never")
            say("start one on that again; docs/how-to/deal-with-a-frozen-line.md says when to.")
        if done.erased_again:
            say(f"{done.erased_again} bodies that were erased since the backup are erased again.")
        for word in words:
            say(word)
        say(f"Start it with: tongban serve --folder {pasted(done.folder)}")

    answer(result, as_json=as_json, human=human)
