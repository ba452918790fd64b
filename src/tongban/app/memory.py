"""How the node's processes take memory from the system."""

import ctypes
import sys
from contextlib import suppress

#: From malloc.h of glibc.
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_ARENAS, _LARGE_BYTES = 2, 256 * 1024


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
