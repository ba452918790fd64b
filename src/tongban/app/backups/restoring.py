"""`tongban restore`: look whether a backup is whole, or put it in a node's place."""

import shutil
import sqlite3
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tongban.app.backups import container
from tongban.app.backups.container import KEY_FILES, Backup, Manifest, opened
from tongban.app.backups.examining import examine_copy, kernel_on
from tongban.app.backups.faults import RestoreRefused, demand_file
from tongban.app.backups.pieces import BackupPieces, unpack_pieces
from tongban.app.backups.signature import Signed, check_signature
from tongban.app.backups.snapshot import copy_database, sync
from tongban.app.backups.workspace import workspace
from tongban.app.key_files import Secrets, open_secrets
from tongban.app.known_faults import KNOWN_FAULTS
from tongban.app.settings import Folder, read_settings
from tongban.evidence.keys import VerifierKey
from tongban.logs.pieces import PieceFolder
from tongban.node.audit.damage import Examined, Progress
from tongban.node.erasures import Erasure, erasures_known, keep_for_start, lay_marks
from tongban.node.instance_lock import LOCK_NAME, instance_lock
from tongban.node.kernel import Kernel
from tongban.node.plain_database import PlainDatabase


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """A node that was put back.

    kept: the database that was there before, under another name. erased_again: bodies that were
    erased after the backup was made, as far as the earlier database knew.
    """

    folder: Path
    manifest: Manifest
    signed: Signed
    kept: Path | None
    erased_again: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What an examination of a backup found."""

    manifest: Manifest
    signed: Signed
    examined: Examined


def verify_backup(
    file: Path,
    keys: Path | None,
    vkey: VerifierKey | None,
    progress: Progress,
    work_in: Path | None = None,
) -> Verified:
    """Examine a backup without putting it anywhere.

    keys: a node's folder of keys, if at hand. vkey: the node's public log key, if it is known
    apart from the backup. work_in: a folder with room for the unpacked backup, where the one that
    it lies in has none or may not be written. Raises BackupDamaged, BackupTooNew, DatabaseTooNew,
    WrongDataKey, or what the disk says.
    """
    beside = (work_in or file.parent).resolve() / file.name
    with opened(file) as backup, workspace(beside) as work:
        secrets = _secrets(backup, work / "keys", keys)
        signed = check_signature(backup, vkey or (secrets if keys else None))
        copy = _unpack(backup, work, progress)
        descriptor = backup.read(container.DESCRIPTOR)
        node, pieces = backup.manifest.node, BackupPieces(backup)
        examined = examine_copy(copy, node, descriptor, secrets, progress, pieces=pieces)
        return Verified(manifest=backup.manifest, signed=signed, examined=examined)


def restore(
    file: Path,
    root: Path,
    *,
    keys: Path | None,
    replace: bool,
    now: datetime,
    progress: Progress,
) -> Restored:
    """Put a backup into a folder, wholly or not at all.

    keys: a folder with the node's key files, where the backup has none. replace: put the database
    in the place of the one of the same node that is there; settings and keys there stay. Raises
    RestoreRefused, AlreadyRunning, and what verify_backup raises.
    """
    with opened(file) as backup, ExitStack() as held:
        if root.exists() and any(path.name != LOCK_NAME for path in root.iterdir()):
            _check_replaceable(root, backup, replace=replace)
            held.enter_context(instance_lock(root))
            return _into_place(backup, Folder(root), now, progress)
        return _into_new(backup, root, keys, progress)


def _check_replaceable(root: Path, backup: Backup, *, replace: bool) -> None:
    if not replace:
        raise RestoreRefused(
            f"{root} is not empty, so nothing was changed. Choose a new folder; or, to put the "
            "backup's database in the place of the one there, stop the node and add --replace "
            "(the present database is kept under another name)"
        )
    settings = read_settings(Folder(root))
    demand_file(settings)
    there = settings.name
    if there != backup.manifest.node:
        raise RestoreRefused(
            f"the node in {root} is {there}, and the backup is of {backup.manifest.node}; name "
            "the right folder. Nothing was changed"
        )


def _into_new(backup: Backup, root: Path, keys: Path | None, progress: Progress) -> Restored:
    root.parent.mkdir(parents=True, exist_ok=True)
    with workspace(root.resolve()) as work:
        staged = Folder(work / "node")
        staged.root.mkdir(mode=0o700)
        _unpack(backup, staged.root, progress)
        _secrets(backup, staged.keys, keys)
        if not staged.keystore.exists():
            raise RestoreRefused(
                "the backup holds no keys, and without them nothing in it opens; name the saved "
                "folder of key files with --keys. Nothing was changed"
            )
        backup.extract(container.SETTINGS, staged.settings)
        unpack_pieces(backup, PieceFolder(staged.blobs), progress)
        _check_keys(staged, backup.manifest.node)
        signed = check_signature(backup, open_secrets(staged) if keys else None)
        for path in (staged.database, staged.settings, *staged.keys.iterdir(), staged.keys):
            sync(path)
        sync(staged.root)
        if root.exists():
            (root / LOCK_NAME).unlink(missing_ok=True)
        staged.root.rename(root)
    sync(root.parent)
    return Restored(folder=root, manifest=backup.manifest, signed=signed, kept=None, erased_again=0)


def _into_place(backup: Backup, folder: Folder, now: datetime, progress: Progress) -> Restored:
    with workspace(folder.database) as work:
        secrets = open_secrets(folder)
        signed = check_signature(backup, secrets)
        copy = _unpack(backup, work, progress)
        erased = _erase_again(folder, copy, work / "present", secrets, backup.manifest.node, now)
        sync(copy)
        # Under the present database they are nobody's, and a start would clear them away.
        unpack_pieces(backup, PieceFolder(folder.blobs), progress)
        kept = _move_aside(folder, now)
        copy.replace(folder.database)
    sync(folder.root)
    return Restored(
        folder=folder.root,
        manifest=backup.manifest,
        signed=signed,
        kept=kept,
        erased_again=erased,
    )


def _erase_again(  # noqa: PLR0917 - what is there, what comes, and who opens both
    folder: Folder, copy: Path, present: Path, secrets: Secrets, node: str, now: datetime
) -> int:
    """What the present database says was erased is erased in the copy, if that can be read."""
    known: list[Erasure] = []
    if folder.database.exists():
        with suppress(*KNOWN_FAULTS, sqlite3.Error):
            copy_database(folder.database, present, lambda _done, _total: None)
            earlier = kernel_on(present, node, secrets.signer, secrets)
            with earlier.database.read() as connection:
                known = erasures_known(earlier, connection)
            _close(earlier)
    kernel = kernel_on(copy, node, secrets.signer, secrets)
    with kernel.database.write() as connection:
        recorded = {erasure.event for erasure in erasures_known(kernel, connection)}
        erased = lay_marks(kernel, connection, known, now)
        keep_for_start(kernel, connection, [each for each in known if each.event not in recorded])
    _close(kernel)
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    return erased


def _move_aside(folder: Folder, now: datetime) -> Path | None:
    """Keep the present database, with its write-ahead log, under another name.

    Also a log whose database is gone: SQLite would play it into the one that is put there.
    """
    kept = folder.database.with_name(f"{folder.database.name}.before-{now:%Y%m%d-%H%M%S}")
    for suffix in ("-wal", "-shm"):
        part = folder.root / f"{folder.database.name}{suffix}"
        if part.exists():
            part.rename(folder.root / f"{kept.name}{suffix}")
    if not folder.database.exists():
        return None
    # A second name, so that there is a database in the folder at every instant.
    kept.hardlink_to(folder.database)
    return kept


def _unpack(backup: Backup, into: Path, progress: Progress) -> Path:
    copy = into / container.DATABASE
    total = backup.manifest.files[container.DATABASE].size
    backup.extract(container.DATABASE, copy, lambda done: progress("unpacking", done, total))
    return copy


def _secrets(backup: Backup, into: Path, keys: Path | None) -> Secrets | None:
    """The node's keys, from the folder that was named or from the backup; None without either."""
    if keys is None and not backup.manifest.keys:
        return None
    into.mkdir(mode=0o700)
    for name in KEY_FILES:
        if keys is not None:
            shutil.copyfile(keys / name, into / name)
            (into / name).chmod(0o600)
        else:
            backup.extract(f"keys/{name}", into / name)
    return open_secrets(Folder(into.parent))


def _check_keys(staged: Folder, node: str) -> None:
    """Raises WrongDataKey where the keys are not those with which the database was sealed."""
    secrets = open_secrets(staged)
    _close(kernel_on(staged.database, node, secrets.signer, secrets))
    with closing(sqlite3.connect(staged.database)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")


def _close(kernel: Kernel) -> None:
    if isinstance(kernel.database, PlainDatabase):
        kernel.database.close()
