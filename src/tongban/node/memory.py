"""Keeps Python's collector of cycles out of the way where much is made and nothing is dropped."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do without the collector for a while; what is dropped meanwhile goes without it as well.

    What a large comparison gives back stays until the commit, and has no cycles. The collector
    would walk it again and again, and take a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
