"""Memory of the node's processes: a few arenas, and no search for cycles in what stays."""

import gc
import subprocess
import sys

import pytest

from tongban.app.memory import building_what_stays

_MANY_THREADS = """
import ctypes, threading
from tongban.app.memory import take_memory_sparingly
take_memory_sparingly()
libc, at_once = ctypes.CDLL(None), threading.Barrier(12)
def work():
    kept = bytearray(50_000)
    at_once.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc counts arenas")
def test_many_threads_share_two_arenas() -> None:
    command = [sys.executable, "-c", _MANY_THREADS]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told.count("<heap nr=") == 2


def test_what_a_start_builds_is_never_looked_through_again() -> None:
    try:
        with building_what_stays():
            assert not gc.isenabled()
            built = [[number] for number in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(built)
        assert not any(each is built for each in gc.get_objects())
    finally:
        gc.unfreeze()
