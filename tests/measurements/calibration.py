"""How fast this machine is just now, to set figures in relation to."""

import hashlib
import os
import time
from pathlib import Path

_MEGABYTES, _SYNCS = 200, 100


def hashing_seconds() -> float:
    """Seconds to hash 200 MB with SHA-256 on one core."""
    block, begun = bytes(1_000_000), time.perf_counter()
    digest = hashlib.sha256()
    for _ in range(_MEGABYTES):
        digest.update(block)
    return time.perf_counter() - begun


def sync_seconds(folder: Path) -> float:
    """Seconds that one fsync of four kilobytes takes in this folder, on average of a hundred."""
    path = folder / "calibration"
    begun = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for _ in range(_SYNCS):
            file.write(bytes(4096))
            os.fsync(file.fileno())
    path.unlink()
    return (time.perf_counter() - begun) / _SYNCS
