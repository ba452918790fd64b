"""One thread that goes its rounds: anchors checkpoints, watches due dates, looks after the disk."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from tongban.node.node import Node
from tongban.supervision.deadlines import record_passed_deadlines
from tongban.supervision.expiries import warn_of_expiries
from tongban.supervision.old_inquiries import erase_old_words
from tongban.supervision.refused_bytes import erase_what_was_refused

_LOOK_SECONDS = 1.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """Something to do again and again, at most every so many seconds."""

    name: str
    every_seconds: float
    do: Callable[[Node], object]


#: Each new channel checkpoint enters the home log within a minute (spec/channels.md); limits run
#: in whole days, so a look every ten minutes is early enough on the morning after.
DUTIES: Sequence[Duty] = (
    Duty(name="held", every_seconds=60, do=lambda node: node.desk.send_held()),
    # The key of an erased file is gone at once; what it sealed follows.
    Duty(name="files", every_seconds=60, do=lambda node: node.files.sweep()),
    Duty(name="anchor", every_seconds=30, do=lambda node: node.anchor_channels()),
    # What changed in an hour of an officer's work is at the partners before the officer looks.
    Duty(name="catalogue", every_seconds=5, do=lambda node: node.openings.tell_all()),
    # Each step of an agreement of many parties takes a look at the depositary and one at a party.
    Duty(name="deposits", every_seconds=1, do=lambda node: node.deposits.settle()),
    # What a full disk kept from being announced, and what was added while the node stood.
    Duty(name="keys", every_seconds=30, do=lambda node: node.renew_keys()),
    Duty(name="deadlines", every_seconds=600, do=record_passed_deadlines),
    # Agreements end with a day: an hour late is early enough for a warning of weeks.
    Duty(name="expiries", every_seconds=3600, do=warn_of_expiries),
    # Words are kept for years, so a day more is none.
    Duty(name="old inquiries", every_seconds=86_400, do=erase_old_words),
    Duty(name="refused bytes", every_seconds=3600, do=erase_what_was_refused),
    # A thousand entries a minute: a city's store is looked through within days, unnoticed.
    Duty(name="pieces", every_seconds=60, do=lambda node: node.files.checking.look_on()),
    Duty(name="damage", every_seconds=60, do=lambda node: node.repairs.look_on()),
)


class Rounds:
    """Does its duties until stopped; a duty that fails is tried again at its next turn."""

    def __init__(self, node: Node, duties: Sequence[Duty] = DUTIES) -> None:
        self._node = node
        self._next = [(0.0, duty) for duty in duties]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervision", daemon=True)

    def start(self) -> None:
        """Begin the rounds."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the duty in hand and stop."""
        self._stopping.set()
        self._thread.join(timeout=10)

    def go_round(self, now: float) -> None:
        """Do every duty whose turn has come; now: seconds of a clock that never runs back."""
        self._next = [
            (self._turn(duty, now), duty) if now >= at else (at, duty) for at, duty in self._next
        ]

    def _turn(self, duty: Duty, now: float) -> float:
        try:
            duty.do(self._node)
        except Exception:  # noqa: BLE001 - the thread must outlive any one failure
            _log.exception("duty_failed", duty=duty.name)
        return now + duty.every_seconds

    def _run(self) -> None:
        while not self._stopping.wait(_LOOK_SECONDS):
            self.go_round(time.monotonic())
