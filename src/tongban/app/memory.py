"""How the node's processes take memory from the system."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

#: From malloc.h of glibc.
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_ARENAS, _LARGE_BYTES = 2, 256 * 1024


@contextmanager
def building_what_stays() -> Iterator[None]:
    """Keep the collector of cycles away from what a start builds, now and for as long as it runs.

    A start makes millions of small objects, most of them the catalogue's, and none of them goes
    away: looking through them again and again took half of the start, and each later look through
    them would hold up whoever waits for a page.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def take_memory_sparingly() -> None:
    """Let all threads share two arenas, and give what is large back as soon as it is free.

    Call it before there are threads; processes that are forked later do the same. By itself glibc
    gives every thread an arena of its own, and each keeps what one scanned paper took for good.
    Other C libraries have no such habits, and no mallopt.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_ARENA_MAX, _ARENAS)
            mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
