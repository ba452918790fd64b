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
    with ExitStack() as stack:
        # Between making a folder and holding it somebody else would clear it away.
        with _held(beside.parent, waits=True):
            for left in beside.parent.glob(f"{prefix}*"):
                with suppress(OSError), _held(left):
                    shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=beside.parent))
            stack.enter_context(_held(folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path, *, waits: bool = False) -> Iterator[None]:
    """Raises BlockingIOError where another process holds it, unless this one waits."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        yield
    finally:
        os.close(opened)


def end_in_order() -> None:
    """Let a request to end clear away what is half done, as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
