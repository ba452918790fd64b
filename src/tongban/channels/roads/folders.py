"""Files that pass from one program to another through a folder, whole or not at all."""

import os
import stat
from pathlib import Path

from tongban.channels.faults import EnvelopeUnreadable

SUFFIX = ".envelope"
_PARTIAL = ".partial"


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file that others see only when it is complete and on the disk.

    Putting the same name again replaces the file, so a name must determine the content.
    """
    partial = folder / f".{name}{_PARTIAL}"
    try:
        _write(partial, content)
        partial.replace(folder / name)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync(folder)


def sync(folder: Path) -> None:
    """Have the folder's names on the disk, without which a power cut may undo a rename."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def waiting(folder: Path) -> list[Path]:
    """The complete envelopes in the folder, in the order of their names."""
    return sorted(path for path in folder.iterdir() if _is_envelope(path.name))


def read(path: Path, *, cap: int) -> bytes:
    """The file's first cap bytes; raises EnvelopeUnreadable when it is no ordinary file.

    A link would make us read what somebody else points at, and a pipe would make us wait.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if path.is_symlink():
            raise EnvelopeUnreadable("the file is a link to another place") from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise EnvelopeUnreadable("this is no ordinary file")
    with os.fdopen(descriptor, "rb") as file:
        return file.read(cap)


def set_aside(path: Path, folder: Path, reason: str) -> None:
    """Move what cannot be handled into a folder for people, with a text that says why."""
    folder.mkdir(exist_ok=True)
    put(folder, f"{path.name}.reason.txt", f"{reason}\n".encode())
    path.replace(folder / path.name)


def clear_partial(folder: Path) -> None:
    """Remove what a writer left half written when it was killed; only its one writer may."""
    for path in folder.glob(f".*{SUFFIX}{_PARTIAL}"):
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _is_envelope(name: str) -> bool:
    return name.endswith(SUFFIX) and not name.startswith(".")
