"""Starts again what ended by itself, and gives up on what does not stay."""

import time
from collections.abc import Callable, Mapping

from tongban.app.demo.processes import Child, ChildFailed

RESTARTS_MAX = 3
WINDOW_SECONDS = 300.0


class Watch:
    """Looks after the demonstration's processes; children: each under the name that is shown."""

    def __init__(
        self,
        children: Mapping[str, Child],
        tell: Callable[[str], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._children = children
        self._tell = tell
        self._monotonic = monotonic
        self._restarts: dict[str, list[float]] = {name: [] for name in children}

    def look(self) -> None:
        """Start again what has ended; raises ChildFailed for what ends time and again."""
        for name, child in self._children.items():
            if child.died():
                self._start_again(name, child)

    def _start_again(self, name: str, child: Child) -> None:
        now = self._monotonic()
        recent = [at for at in self._restarts[name] if now - at < WINDOW_SECONDS]
        minutes = f"{WINDOW_SECONDS / 60:g} minutes"
        if len(recent) >= RESTARTS_MAX:
            raise ChildFailed(
                f"{name} ended by itself {len(recent) + 1} times within {minutes}, so everything "
                f"stops here. Mend what its log {child.log} says, and start again; the log ends "
                f"with:\n{child.last_words()}"
            )
        self._restarts[name] = [*recent, now]
        self._tell(
            f"{name} ended by itself; it is being started again, {len(recent) + 1} of at most "
            f"{RESTARTS_MAX} times within {minutes}. Its log: {child.log}"
        )
        child.start()
