"""The folder in which a demonstration's nodes live, and what stays of it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tongban.app.demo.faults import DemonstrationStopped

EVIDENCE, LOGS = "evidence", "logs"


def make_private(root: Path) -> Path:
    """The folder; where it is new, its owner alone can look into it."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


@contextmanager
def claimed(root: Path) -> Iterator[None]:
    """Have the folder to oneself; raises DemonstrationStopped where another has it.

    The system gives it back however the process ends. A new folder into which nothing was put is
    removed, so that a start that was refused leaves nothing.
    """
    new = not root.exists()
    handle = os.open(make_private(root), os.O_RDONLY | os.O_DIRECTORY)
    try:
        _take(handle, root)
        yield
    finally:
        if new:
            with suppress(OSError):
                root.rmdir()
        os.close(handle)


def _take(handle: int, root: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DemonstrationStopped(
            f"another demonstration is at work in {root}; go on with that one, stop it with Ctrl-C "
            "where it was started, or name another --folder and --port"
        ) from error


@contextmanager
def passing_workplace() -> Iterator[Path]:
    """A folder for one performance: afterwards only the evidence is left of it, and no key.

    Where the performance breaks off, the logs are left as well, because they say why.
    """
    root = Path(tempfile.mkdtemp(prefix="tongban-demo-"))
    left = {EVIDENCE, LOGS}
    try:
        yield root
        left = {EVIDENCE}
    finally:
        _clear(root, left)


def _clear(root: Path, left: set[str]) -> None:
    for path in root.iterdir():
        if path.name in left:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not any(root.iterdir()):
        root.rmdir()
