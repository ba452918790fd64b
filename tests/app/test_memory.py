"""Memory of the node's processes: a few arenas for however many threads."""

import subprocess
import sys

import pytest

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
