"""Writers pass in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from tongban.node.faults import BrokenInvariant


class FairQueue:
    """A lock that serves its waiters strictly first come, first served; safe between threads.

    SQLite lets one writer in at a time and picks the next by chance; under load a counter clerk
    could wait behind a stream of pushes for ever.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False
        self._holder: int | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, hold it, and pass it on.

        Raises BrokenInvariant for a thread that holds it already: it would wait for itself.
        """
        if self._holder == threading.get_ident():
            raise BrokenInvariant("a transaction was begun inside a transaction of the same thread")
        self._enter()
        self._holder = threading.get_ident()
        try:
            yield
        finally:
            self._holder = None
            self._leave()

    def _enter(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            mine.wait()
        except BaseException:
            self._give_up(mine)
            raise

    def _give_up(self, mine: threading.Event) -> None:
        """Somebody interrupted the wait: leave the line, or pass on a turn that came meanwhile."""
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return
        self._leave()

    def _leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
