"""A folder for what is being made, of which nothing is left, and an end that is in order."""

import fcntl
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def workspace(beside: Path) -> Iterator[Path]:
    """A private folder beside a path, on the same disk; what an earlier run left is removed.

    Two runs at once have one each: a run holds the lock of its own, and so nobody clears it away.
    """
    prefix = f".{beside.name}.work-"
    for left in beside.parent.glob(f"{prefix}*"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left, ignore_errors=True)
    with ExitStack() as stack:
        folder = _own(prefix, beside.parent, stack)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _own(prefix: str, parent: Path, stack: ExitStack) -> Path:
    """A new folder that is held as long as the stack is open.

    Between making and holding it another run may clear it away, and then the next one is tried. The
    parent is never held: it may be a folder that somebody else holds all day.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        with suppress(FileNotFoundError, BlockingIOError):
            stack.enter_context(_held(folder))
            if folder.exists():
                return folder


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Raises BlockingIOError where another process holds it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


def end_in_order() -> None:
    """Let a request to end clear away what is half done, as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
