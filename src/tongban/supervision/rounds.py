"""One thread that goes its rounds: anchors checkpoints, watches due dates, asks for effects."""

import threading
from collections.abc import Callable, Sequence

import structlog

from tongban.node.node import Node

#: Each new channel checkpoint enters the home log within a minute (spec/channels.md).
ANCHOR_SECONDS = 30.0

_log = structlog.get_logger(__name__)


class Rounds:
    """Runs its duties again and again until stopped; a duty that fails is tried next time."""

    def __init__(self, node: Node, duties: Sequence[Callable[[], object]] = ()) -> None:
        self._duties = (node.anchor_channels, *duties)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervision", daemon=True)

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the duty in hand and stop."""
        self._stopping.set()
        self._thread.join(timeout=10)

    def once(self) -> None:
        """Do every duty once."""
        for duty in self._duties:
            try:
                duty()
            except Exception:  # noqa: BLE001 - the thread must outlive any one failure
                _log.exception("duty_failed", duty=getattr(duty, "__name__", str(duty)))

    def _run(self) -> None:
        while not self._stopping.wait(ANCHOR_SECONDS):
            self.once()
