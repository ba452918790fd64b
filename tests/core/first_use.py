"""Threads that all use an item for the first time in their process; run by test_kinds."""

import sys
import threading
from contextlib import suppress

from tongban.core.canonical import decode
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.item import Item

_THREADS = 6


def main(way: str) -> None:
    """Begin together, and change places as often as the interpreter can."""
    sys.setswitchinterval(1e-6)
    together = threading.Barrier(_THREADS)

    def use() -> None:
        together.wait()
        with suppress(NotCanonical, DocumentInvalid):
            if way == "read":
                decode(b'{"modes":[],"code":"x"}', Item)
            else:
                parse_document({"modes": [], "code": "x"}, Item)

    threads = [threading.Thread(target=use) for _ in range(_THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
