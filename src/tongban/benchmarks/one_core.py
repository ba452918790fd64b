"""What every measurement needs: one core for itself, and how fast that core is just then."""

import hashlib
import os
import time

_CALIBRATION_BYTES = 200_000_000


def stay_on_one_core() -> None:
    """All threads share it, where the system lets us say so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def calibrate() -> float:
    """Seconds that SHA-256 of 200 MB takes."""
    data = bytes(_CALIBRATION_BYTES)
    began = time.perf_counter()
    hashlib.sha256(data).digest()
    return time.perf_counter() - began
