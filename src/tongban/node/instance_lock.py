"""One process works on a data folder at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongban.node.faults import AlreadyRunning

LOCK_NAME = "lock"


@contextmanager
def instance_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the kernel drops it when the process dies, however it dies.

    Raises AlreadyRunning, naming the process that holds it.
    """
    path = folder / LOCK_NAME
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = path.read_text(encoding="ascii").strip() or "unknown"
        os.close(handle)
        raise AlreadyRunning(
            f"process {holder} already works on {folder}; stop it first, or use another folder"
        ) from error
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
