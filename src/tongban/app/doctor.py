"""`tongban doctor`: what is wrong with a node, and what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongban.app.absence import absences, is_away
from tongban.app.backups.snapshot import check_whole
from tongban.app.control import OperationFailed, OperationRefused, ask
from tongban.app.database_place import look_at
from tongban.app.first_start import demand_database
from tongban.app.frozen_lines import frozen_lines
from tongban.app.key_files import open_secrets
from tongban.app.known_faults import KNOWN_FAULTS, told
from tongban.app.ports import check_ports
from tongban.app.production import check_profile
from tongban.app.settings import Folder, read_settings
from tongban.channels.keepers import Keeper
from tongban.evidence.signer import KeyPurpose
from tongban.node.faults import AlreadyRunning, DatabaseDamaged, DiskFull, NodeFault
from tongban.node.instance_lock import LOCK_NAME, instance_lock

#: Below this much room on the disk a node is told to make room, while it still can.
ROOM_BYTES_MIN = 1_000_000_000


class OtherKeysInUse(NodeFault):
    """The key file was replaced under a running node; put back the one that it began with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at; text: what was found and, where it is bad, what to do."""

    what: str
    fine: bool
    text: str


def examine(root: Path) -> list[Finding]:
    """Look at settings, keys, database, disk and lines, in this order; never changes anything."""
    folder = Folder(root)
    looks: list[tuple[str, Callable[[], str]]] = [
        ("settings", lambda: _settings(folder)),
        ("keys", lambda: _keys(folder)),
        ("database", lambda: _database(folder)),
        ("disk", lambda: _disk(root)),
    ]
    findings = [_look(what, look) for what, look in looks]
    return [*findings, *_process(folder)]


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, fine=True, text=look())
    except KNOWN_FAULTS as fault:
        return Finding(what=what, fine=False, text=told(fault))


def _settings(folder: Folder) -> str:
    settings = read_settings(folder)
    check_profile(settings)
    said = f"{settings.name}, profile {settings.profile}"
    return f"{said}, {_kept(settings.keeper)}" if settings.keeper else said


def _kept(keeper: Keeper) -> str:
    if keeper.key_sets is None:
        return f"kept by {keeper.node}: all that it signs is one-sided"
    return (
        f"kept by {keeper.node} until its key set {keeper.key_sets}: what that one and earlier "
        "ones signed is one-sided"
    )


def _keys(folder: Folder) -> str:
    signer = open_secrets(folder).signer
    return f"the key store opens; suite {signer.suite.name}"


def _database(folder: Folder) -> str:
    if not folder.settings.exists():
        return "not looked at: without settings no node lives here"
    settings = read_settings(folder)
    demand_database(folder, settings)
    words = look_at(folder, settings)
    if folder.database.exists() and not settings.database:
        _check_file(folder.database)
    return words


def _check_file(path: Path) -> None:
    try:
        check_whole(path)
    except DatabaseDamaged as fault:
        raise DatabaseDamaged(
            f"{fault}; make no backup over an older one, stop the node and restore the newest "
            "that `tongban restore --verify` finds whole (docs/how-to/restore-a-backup.md); "
            "partners give back what came after it"
        ) from fault


def _disk(root: Path) -> str:
    free = shutil.disk_usage(root).free
    if free < ROOM_BYTES_MIN:
        raise DiskFull(
            f"only {free // 1_000_000} MB are free on the disk of {root}; make room: a node that "
            "cannot write stops taking work"
        )
    return f"{free // 1_000_000_000} GB free"


def _process(folder: Folder) -> Iterator[Finding]:
    try:
        status = ask(folder.root, "status", {})
    except ConnectionError:
        yield _look("process", lambda: _not_running(folder))
        yield _look("ports", lambda: _ports(folder))
        return
    except (OperationRefused, OperationFailed) as said:
        yield Finding(what="process", fine=False, text=str(said))
        return
    yield Finding(what="process", fine=True, text="running")
    yield _look("keys in use", lambda: _keys_in_use(folder, status))
    yield _lines(status)


def _keys_in_use(folder: Folder, status: dict[str, Any]) -> str:
    signer = open_secrets(folder).signer
    if signer.public(KeyPurpose.LOG).hex() == status["log_key"]:
        return "the running node signs with the keys of its key file"
    raise OtherKeysInUse(
        f"the running node signs with other keys than {folder.keystore} holds now, so somebody "
        "put another file there; put back the file that the node began with, from the backup of "
        f"{folder.keys}, before the node starts again: no partner knows the keys of this one"
    )


def _not_running(folder: Folder) -> str:
    if (folder.root / LOCK_NAME).exists():
        try:
            with instance_lock(folder.root):
                pass
        except AlreadyRunning as fault:
            raise AlreadyRunning(
                f"{fault}. It does not answer: wait if it has just started, else look at its log"
            ) from fault
    return "not running; `tongban serve` starts it"


def _ports(folder: Folder) -> str:
    check_ports(read_settings(folder))
    return "free"


def _giving(status: dict[str, Any]) -> Iterator[str]:
    for peer in status["partly_back"]:
        yield f"{peer} has given back a part of what was lost here; the rest follows by itself."


def _lines(status: dict[str, Any]) -> Finding:
    waiting, frozen = status["waiting_for"], status["frozen"]
    if frozen:
        return Finding(what="lines", fine=False, text="; ".join(frozen_lines(status)))
    if waiting or any(is_away(line) for line in status["lines"]):
        words = [*_giving(status), *absences(status["lines"])]
        return Finding(what="lines", fine=False, text=" ".join(words))
    return Finding(what="lines", fine=True, text=f"{status['open']} of {status['peers']} open")
