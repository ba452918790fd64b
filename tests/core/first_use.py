"""Threads that all read a case for the first time in their process; run by test_canonical."""

import sys
import threading
from contextlib import suppress

from tongban.core.canonical import decode
from tongban.core.cases.state import CaseState
from tongban.core.faults import NotCanonical

_THREADS = 6


def main() -> None:
    """Begin together, and change places as often as the interpreter can."""
    sys.setswitchinterval(1e-6)
    together = threading.Barrier(_THREADS)

    def read() -> None:
        together.wait()
        with suppress(NotCanonical):
            decode(b'{"legs":[],"returned":"x"}', CaseState)

    threads = [threading.Thread(target=read) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
