"""`tongban recover`: a node whose database is gone begins empty, under its own keys."""

import shutil
from pathlib import Path

from tongban.app.backups.container import KEY_FILES
from tongban.app.backups.faults import RestoreRefused
from tongban.app.backups.snapshot import sync
from tongban.app.backups.workspace import workspace
from tongban.app.database_server import is_begun
from tongban.app.key_files import open_secrets
from tongban.app.settings import FILE_NAME, Folder, Settings, read_settings
from tongban.channels.descriptors import key_sets, read_descriptor
from tongban.evidence.key_sets import KeySets


def recover(root: Path, keys: Path, settings: Path, descriptor: Path | None) -> Settings:
    """Make a node's folder anew, without a database, wholly or not at all.

    keys: the saved folder of key files. settings: the saved tongban.toml. descriptor: as partners
    hold it, to see that these are the right keys. Raises RestoreRefused, SettingsUnreadable,
    DescriptorUnreadable, or a fault of the key files.
    """
    if root.exists() and any(root.iterdir()):
        raise RestoreRefused(
            f"{root} is not empty, so nothing was changed. Choose a new folder; a database that is "
            "still there is better than none"
        )
    root.parent.mkdir(parents=True, exist_ok=True)
    with workspace(root.resolve()) as work:
        staged = Folder(work / "node")
        staged.keys.mkdir(parents=True, mode=0o700)
        staged.root.chmod(0o700)
        for name in KEY_FILES:
            shutil.copyfile(keys / name, staged.keys / name)
            (staged.keys / name).chmod(0o600)
        shutil.copyfile(settings, staged.root / FILE_NAME)
        read = read_settings(staged)
        if read.database and is_begun(read.database):
            raise RestoreRefused(
                "the database that `database` names has tables of a node, so nothing was changed. "
                "Let the node start on it; or name an empty schema in the saved settings"
            )
        signer = open_secrets(staged).signer
        if descriptor is not None:
            _check(read, signer, descriptor)
        for path in (*staged.keys.iterdir(), staged.keys, staged.settings, staged.root):
            sync(path)
        staged.root.rename(root)
    sync(root.parent)
    return read


def _check(settings: Settings, signer: KeySets, descriptor: Path) -> None:
    """A partner may hold a descriptor from before a rotation, and never one of keys to come."""
    said = read_descriptor(descriptor.read_bytes())
    held = key_sets((*signer.earlier, signer), settings.keeper)
    if said.name != settings.name or said.sets != held[: len(said.sets)]:
        raise RestoreRefused(
            f"the descriptor is of {said.name} with other keys than these, or with newer ones; "
            "partners would refuse what this node says. Look for the right key files. Nothing was "
            "changed"
        )
