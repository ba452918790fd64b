"""`tongban init`: make a node's folder with its keys, once."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tongban.app.settings import Folder, Settings, write_settings
from tongban.channels.roads.certificates import RANDOMNESS_BYTES, make_certificate
from tongban.evidence.suites import USUAL
from tongban.node.keystore import ENTROPY_BYTES, create_keystore


class FolderNotEmpty(Exception):
    """A node lives in this folder already; its keys are never overwritten."""


def initialise(
    root: Path,
    settings: Settings,
    *,
    now: datetime,
    draw: Callable[[int], bytes],
    suite: str = USUAL,
) -> Folder:
    """Make the folder, its credential, keys, certificate and settings; raises FolderNotEmpty.

    suite: of its keys.

    Settings are written last: a folder without them is no node, so an interrupted run shows. What
    fails leaves the folder empty.
    """
    folder = Folder(root)
    if root.exists() and any(root.iterdir()):
        raise FolderNotEmpty(
            f"{root} is not empty; choose another folder, or remove this one if nothing in it "
            "is needed any more"
        )
    try:
        _make(folder, settings, now=now, draw=draw, suite=suite)
    except BaseException:
        _leave_nothing(folder)
        raise
    return folder


def _make(
    folder: Folder,
    settings: Settings,
    *,
    now: datetime,
    draw: Callable[[int], bytes],
    suite: str,
) -> None:
    folder.keys.mkdir(parents=True, mode=0o700)
    folder.root.chmod(0o700)
    passphrase = draw(32).hex().encode()
    _write_secret(folder.credential, passphrase + b"\n")
    _write_secret(folder.page_secret, draw(48).hex().encode() + b"\n")
    create_keystore(folder.keystore, passphrase, draw(ENTROPY_BYTES), suite=suite)
    certificate = make_certificate(
        settings.name, not_before=now, randomness=draw(RANDOMNESS_BYTES), passphrase=passphrase
    )
    _write_secret(folder.door_certificate, certificate.certificate)
    _write_secret(folder.door_key, certificate.key)
    write_settings(folder, settings)


def _leave_nothing(folder: Folder) -> None:
    """Half a node is none; what is left is an empty folder, as good as before."""
    shutil.rmtree(folder.keys, ignore_errors=True)
    with suppress(OSError):
        folder.settings.unlink()


def _write_secret(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
