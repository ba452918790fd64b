"""A folder for what is being made, of which nothing is left, and an end that is in order."""

import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def workspace(beside: Path) -> Iterator[Path]:
    """A private folder beside a path, on the same disk; what an earlier run left is removed."""
    folder = beside.with_name(f".{beside.name}.work")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_in_order() -> None:
    """Let a request to end clear away what is half done, as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
