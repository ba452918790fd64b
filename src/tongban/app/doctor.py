"""`tongban doctor`: what is wrong with a node, and what to do about it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongban.app.composition import open_secrets
from tongban.app.control import OperationRefused, ask
from tongban.app.production import check_profile
from tongban.app.settings import Folder, SettingsUnreadable, read_settings
from tongban.evidence.faults import Fault
from tongban.node.faults import NodeFault
from tongban.node.instance_lock import instance_lock

#: Below this much room on the disk a node is told to make room, while it still can.
ROOM_BYTES_MIN = 1_000_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at; text: what was found and, where it is bad, what to do."""

    what: str
    fine: bool
    text: str


def examine(root: Path) -> list[Finding]:
    """Look at settings, keys, disk and lines, in this order; never changes anything."""
    folder = Folder(root)
    looks: list[tuple[str, Callable[[], str]]] = [
        ("settings", lambda: _settings(folder)),
        ("keys", lambda: _keys(folder)),
        ("disk", lambda: _disk(root)),
    ]
    findings = [_look(what, look) for what, look in looks]
    return [*findings, *_process(root)]


def _look(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, fine=True, text=look())
    except (SettingsUnreadable, Fault, NodeFault, OSError) as fault:
        return Finding(what=what, fine=False, text=str(fault))


def _settings(folder: Folder) -> str:
    settings = read_settings(folder)
    check_profile(settings)
    return f"{settings.name}, profile {settings.profile}"


def _keys(folder: Folder) -> str:
    signer = open_secrets(folder).signer
    return f"the key store opens; suite {signer.suite.name}"


def _disk(root: Path) -> str:
    free = shutil.disk_usage(root).free
    if free < ROOM_BYTES_MIN:
        raise OSError(
            f"only {free // 1_000_000} MB are free on the disk of {root}; make room: a node that "
            "cannot write stops taking work"
        )
    return f"{free // 1_000_000_000} GB free"


def _process(root: Path) -> Iterator[Finding]:
    try:
        status = ask(root, "status", {})
    except ConnectionError:
        yield _not_running(root)
        return
    except OperationRefused as refused:
        yield Finding(what="process", fine=False, text=str(refused))
        return
    yield Finding(what="process", fine=True, text="running")
    yield _lines(status)


def _not_running(root: Path) -> Finding:
    try:
        with instance_lock(root):
            return Finding(what="process", fine=True, text="not running; `tongban serve` starts it")
    except (NodeFault, OSError) as fault:
        text = f"{fault}; it does not answer: look at its log, or stop it and start it again"
        return Finding(what="process", fine=False, text=text)


def _lines(status: dict[str, Any]) -> Finding:
    waiting, frozen = status["waiting_for"], status["frozen"]
    if frozen:
        text = f"frozen: {', '.join(frozen)}; the partner contradicted itself, call its operator"
        return Finding(what="lines", fine=False, text=text)
    if waiting:
        text = f"waiting for {', '.join(waiting)}; they have not answered since this node started"
        return Finding(what="lines", fine=False, text=text)
    return Finding(what="lines", fine=True, text=f"{status['open']} of {status['peers']} open")
