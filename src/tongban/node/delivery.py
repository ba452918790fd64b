"""Carries what is written to where it belongs, and tries again until it is there."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from tongban.channels.faults import ChannelFault, OverQuota, Oversize
from tongban.channels.roads import Road
from tongban.node.conversation import Conversation

#: Seconds: first and longest wait after a failure, and how long an unanswered letter may take.
FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0
LETTER_PATIENCE = 3.0
IDLE_LOOK = 1.0

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Line:
    """How the road to one peer fares."""

    not_before: float = 0.0
    wait: float = FIRST_WAIT
    failing: bool = False


class Delivery:
    """One thread a peer, so that a slow partner delays nobody else; restartable at any moment.

    roads: gives the road to a peer as its newest descriptor describes it.
    """

    def __init__(
        self,
        conversation: Conversation,
        roads: Callable[[str], Road],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._conversation = conversation
        self._roads = roads
        self._monotonic = monotonic
        self._lines: dict[str, _Line] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._wakers: dict[str, threading.Event] = {}
        self._stopping = threading.Event()

    def serve(self, peer: str) -> None:
        """Begin to deliver to a peer, once."""
        if peer in self._threads:
            return
        self._wakers[peer] = threading.Event()
        thread = threading.Thread(
            target=self._run, args=(peer,), name=f"delivery-{peer}", daemon=True
        )
        self._threads[peer] = thread
        thread.start()

    def wake(self, peer: str | None = None) -> None:
        """There may be news for the peer, or for everybody."""
        for name, waker in self._wakers.items():
            if peer in {None, name}:
                waker.set()

    def stop(self) -> None:
        """Finish the letter in hand and stop."""
        self._stopping.set()
        self.wake()
        for thread in self._threads.values():
            thread.join(timeout=10)

    def step(self, peer: str) -> float:
        """Say what there is to say, once; seconds until it is worth looking again."""
        line = self._lines.setdefault(peer, _Line())
        pause = line.not_before - self._monotonic()
        if pause > 0:
            return pause
        if not self._conversation.has_news(peer):
            return IDLE_LOOK
        try:
            return self._exchange(peer, line)
        except OverQuota as fault:
            return self._failed(peer, line, str(fault), at_least=fault.retry_after_seconds)
        except Oversize as fault:
            if self._conversation.push_less(peer):
                return 0.0
            return self._failed(peer, line, str(fault), at_least=LONGEST_WAIT)
        except ChannelFault as fault:
            return self._failed(peer, line, str(fault))

    def _exchange(self, peer: str, line: _Line) -> float:
        road = self._roads(peer)
        reply = road.carry(self._conversation.say(peer))
        if line.failing:
            _log.info("line_restored", peer=peer)
        line.failing, line.wait = False, FIRST_WAIT
        if reply is not None:
            self._conversation.hear_reply(peer, reply)
            return 0.0
        if road.answers_at_once:
            return IDLE_LOOK
        # A drop-box answers later; say nothing more until it had its time.
        line.not_before = self._monotonic() + LETTER_PATIENCE
        return LETTER_PATIENCE

    def answered(self, peer: str) -> None:
        """A letter of the peer came in by polling: what is next may go at once."""
        line = self._lines.setdefault(peer, _Line())
        line.not_before = 0.0
        self.wake(peer)

    def _failed(
        self, peer: str, line: _Line, reason: str, *, at_least: float = FIRST_WAIT
    ) -> float:
        if not line.failing:
            _log.warning("line_down", peer=peer, reason=reason)
        line.failing = True
        self._conversation.forget_standing(peer)
        pause, line.wait = max(line.wait, at_least), min(line.wait * 2, LONGEST_WAIT)
        line.not_before = self._monotonic() + pause
        return pause

    def _run(self, peer: str) -> None:
        waker = self._wakers[peer]
        while not self._stopping.is_set():
            try:
                pause = self.step(peer)
            except Exception:  # noqa: BLE001 - the thread must outlive any one failure
                _log.exception("delivery_failed", peer=peer)
                pause = LONGEST_WAIT
            if pause > 0:
                waker.wait(pause)
                waker.clear()


def roads_by_peer(roads: Mapping[str, Road]) -> Callable[[str], Road]:
    """Fixed roads, for embedding and tests."""
    return roads.__getitem__
