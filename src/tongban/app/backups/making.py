"""`tongban backup`: one file from which the node can be put back."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from tongban.app.backups import container
from tongban.app.backups.container import KEY_FILES, LogEnd, Manifest, Writer
from tongban.app.backups.examining import kernel_on
from tongban.app.backups.faults import demand_file
from tongban.app.backups.pieces import pack_pieces
from tongban.app.backups.signature import backup_key, sign_backup
from tongban.app.backups.snapshot import check_whole, copy_database, sync
from tongban.app.backups.workspace import workspace
from tongban.app.composition import Loaded, descriptor_of, load
from tongban.app.key_files import Secrets
from tongban.app.outputs import OutputInUse, check_output
from tongban.app.settings import Folder, Settings
from tongban.evidence.keys import VerifierKey
from tongban.logs.pieces import PieceFolder
from tongban.logs.sqlite.migration import STEPS
from tongban.node.audit.archive import archive_of
from tongban.node.audit.damage import Progress
from tongban.node.blobs.checking import kept_files
from tongban.node.faults import DatabaseDamaged, NodeFault
from tongban.node.plain_database import PlainDatabase


class NothingToBackUp(NodeFault):
    """The node has no database yet; start it once first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A backup that was made; bytes: its size. key: by which anybody can see who made it."""

    file: Path
    manifest: Manifest
    bytes: int
    key: VerifierKey


def back_up(
    root: Path, output: Path | None, *, with_keys: bool, now: datetime, progress: Progress
) -> Made:
    """Back up the node of a folder, whether it runs or not.

    output: the file, or None for one in the present folder that is named after node and instant.
    Raises NothingToBackUp, OutputInUse, DiskFull, StorageFailed or OSError; then no file is new.
    """
    node = load(root)
    folder, settings, secrets = node
    demand_file(settings)
    if not folder.database.exists():
        raise NothingToBackUp(
            f"{folder.root} has no database yet, so there is nothing to back up; start the node "
            "once with `tongban serve`"
        )
    target = (output or Path(f"{settings.name}-{now:%Y%m%d-%H%M%S}.backup")).resolve()
    _check_target(target)
    with workspace(target) as work:
        copy = work / "database"
        with _whole_alone(folder):
            copy_database(folder.database, copy, lambda did, total: progress("copying", did, total))
            check_whole(copy)
        draft = work / "draft"
        manifest = _pack(draft, copy, node, with_keys=with_keys, now=now, progress=progress)
        sync(draft)
        draft.replace(target)
    sync(target.parent)
    key = backup_key(settings.name, secrets.signer)
    return Made(file=target, manifest=manifest, bytes=target.stat().st_size, key=key)


def _check_target(target: Path) -> None:
    if target.is_dir():
        raise NothingToBackUp(f"{target} is a folder; name a file in it")
    check_output(target)
    if target.exists() and not zipfile.is_zipfile(target):
        raise OutputInUse(
            f"{target} is there and is no backup, so it was not replaced; name another file"
        )


@contextmanager
def _whole_alone(folder: Folder) -> Iterator[None]:
    """A damaged copy must not take the place of a good backup."""
    try:
        yield
    except DatabaseDamaged as fault:
        raise DatabaseDamaged(
            f"the database of {folder.root} is damaged, so no backup was made of it, and older "
            "ones are as they were. `tongban verify` says more; stop the node and restore the "
            "newest backup that `tongban restore --verify` finds whole"
        ) from fault


def _pack(
    draft: Path, copy: Path, node: Loaded, *, with_keys: bool, now: datetime, progress: Progress
) -> Manifest:
    folder, settings, secrets = node
    draft.touch(mode=0o600)
    logs, partners, pieces = _contents(copy, settings, secrets)
    total = copy.stat().st_size
    # Sealed bodies do not shrink, and level 1 loses little on the rest.
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        writer = Writer(archive)
        with copy.open("rb") as source:
            writer.add(container.DATABASE, source, lambda done: progress("packing", done, total))
        writer.add(container.SETTINGS, BytesIO(folder.settings.read_bytes()))
        descriptor = descriptor_of(settings, folder, secrets.signer)
        writer.add(container.DESCRIPTOR, BytesIO(descriptor))
        for name in KEY_FILES if with_keys else ():
            writer.add(f"keys/{name}", BytesIO((folder.keys / name).read_bytes()))
        pack_pieces(writer, PieceFolder(folder.blobs), pieces, progress)
        manifest = Manifest(
            format=container.FORMAT,
            version=container.VERSION if pieces else container.WITHOUT_PIECES,
            node=settings.name,
            made_at=now,
            tables=len(STEPS),
            keys=with_keys,
            partners=partners,
            logs=logs,
            files=writer.files,
        )
        writer.finish(manifest, lambda data: sign_backup(data, settings.name, secrets.signer))
    return manifest


def _contents(
    copy: Path, settings: Settings, secrets: Secrets
) -> tuple[tuple[LogEnd, ...], tuple[str, ...], list[bytes]]:
    """Where every log ends in the copy, who the partners are, and pieces of its large files."""
    kernel = kernel_on(copy, settings.name, secrets.signer, None)
    with kernel.database.read() as connection:
        archive = archive_of(kernel, connection, with_bodies=False)
        ends = tuple(
            LogEnd(origin=end.origin, size=end.size, root=end.root.hex())
            for log in archive.logs
            for end in archive.generations(log)
        )
        pieces = [name for row in kept_files(kernel, connection) for name in row.names]
    if isinstance(kernel.database, PlainDatabase):
        kernel.database.close()
    return ends, tuple(kernel.peers.names()), list(dict.fromkeys(pieces))
