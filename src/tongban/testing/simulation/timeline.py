"""Simulated time: what is due happens in order, and nothing waits for a real second."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count


@dataclass(slots=True)
class Timeline:
    """Seconds since the world began, and what will happen at which."""

    now: float = 0.0
    _due: list[tuple[float, int, Callable[[], object]]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def after(self, seconds: float, do: Callable[[], object]) -> None:
        """Let something happen that many seconds from now."""
        heapq.heappush(self._due, (self.now + seconds, next(self._order), do))

    def run(self, until: float, after_each: Callable[[], object]) -> None:
        """Let everything happen that is due by then; `after_each` looks at what came of it."""
        while self._due and self._due[0][0] <= until:
            self.now, _, do = heapq.heappop(self._due)
            do()
            after_each()
        self.now = max(self.now, until)
