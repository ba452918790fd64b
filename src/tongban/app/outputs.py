"""Files that commands write for people: never one on which a node lives."""

from pathlib import Path

from tongban.app.control import SOCKET_NAME
from tongban.app.settings import FILE_NAME, Folder
from tongban.node.faults import NodeFault
from tongban.node.instance_lock import LOCK_NAME

_SQLITE = b"SQLite format 3\x00"


class OutputInUse(NodeFault):
    """The file named for output is one that a node lives on, or another's; name another one."""


def check_output(path: Path) -> None:
    """Raises OutputInUse where the path, followed through links, must not be written over."""
    target = path.resolve()
    if any(_is_own(Folder(root), target) for root in target.parents):
        raise OutputInUse(
            f"{path} is one of the files on which a node lives, so nothing was written; name "
            "another file"
        )
    if (target.parent / "keystore").exists():
        raise OutputInUse(
            f"{target.parent} holds a node's keys, so nothing was written there; name a file in "
            "another folder"
        )
    if _begins(target) == _SQLITE:
        raise OutputInUse(
            f"{path} is a database, so nothing was written over it; name another file"
        )


def _is_own(folder: Folder, target: Path) -> bool:
    if not folder.settings.exists():
        return False
    first = target.relative_to(folder.root).parts[0]
    own = {FILE_NAME, LOCK_NAME, SOCKET_NAME, folder.keys.name}
    return first in own or first.startswith(folder.database.name)


def _begins(target: Path) -> bytes:
    if not target.is_file():
        return b""
    with target.open("rb") as file:
        return file.read(len(_SQLITE))
