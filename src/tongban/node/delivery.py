"""Carries what is written to where it belongs, and tries again until it is there."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from tongban.channels.faults import ChannelFault, OverQuota, Oversize
from tongban.channels.roads import Road
from tongban.node.conversation import Conversation
from tongban.node.faults import NodeFault

#: Seconds: first and longest wait after a failure or an exchange that moved nothing.
FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0
#: Seconds: how long a letter without an answer may take, at first and at most.
LETTER_PATIENCE = 3.0
LONGEST_PATIENCE = 60.0
#: Seconds: a trouble shorter than this is a partner that starts, and no news for an operator.
WARN_AFTER = 30.0
#: Seconds between looks when there is nothing to say, and until threads must have ended.
IDLE_LOOK = 1.0
STOP_PATIENCE = 10.0

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Line:
    """How the road to one peer fares.

    letters: how many the peer had sent when ours went out without an answer, None when no letter
    of ours waits for one. down_since: None while all is well; reported: operators were told.
    """

    not_before: float = 0.0
    wait: float = FIRST_WAIT
    patience: float = LETTER_PATIENCE
    letters: int | None = None
    down_since: float | None = None
    reported: bool = False


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
        self._guard = threading.Lock()
        self._lines: dict[str, _Line] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._wakers: dict[str, threading.Event] = {}
        self._stopping = threading.Event()

    def serve(self, peer: str) -> None:
        """Begin to deliver to a peer, once; any thread may ask."""
        with self._guard:
            if peer in self._threads or self._stopping.is_set():
                return
            self._wakers[peer] = threading.Event()
            self._threads[peer] = threading.Thread(
                target=self._run, args=(peer,), name=f"delivery-{peer}", daemon=True
            )
            self._threads[peer].start()

    def wake(self, peer: str | None = None) -> None:
        """There may be news for the peer, or for everybody."""
        with self._guard:
            wakers = [waker for name, waker in self._wakers.items() if peer in {None, name}]
        for waker in wakers:
            waker.set()

    def stop(self) -> None:
        """Finish the letters in hand and stop."""
        self._stopping.set()
        self.wake()
        end = self._monotonic() + STOP_PATIENCE
        for thread in self._threads.values():
            thread.join(timeout=max(end - self._monotonic(), 0))

    def step(self, peer: str) -> float:
        """Say what there is to say, once; seconds until it is worth looking again."""
        line = self._lines.setdefault(peer, _Line())
        if line.letters not in {None, self._conversation.letters_of(peer)}:
            # The peer spoke on a road without answers: what is next may go at once.
            line.letters, line.not_before, line.patience = None, 0.0, LETTER_PATIENCE
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
        except (ChannelFault, NodeFault) as fault:
            return self._failed(peer, line, str(fault))

    def answered(self, peer: str) -> None:
        """Letters came in by polling, perhaps one of this peer."""
        self.wake(peer)

    def _exchange(self, peer: str, line: _Line) -> float:
        line.letters = None
        before = self._conversation.letters_of(peer)
        road = self._roads(peer)
        reply = road.carry(self._conversation.say(peer))
        if reply is None:
            return self._unanswered(peer, line, before, later=not road.answers_at_once)
        moved, trouble = self._conversation.hear_reply(peer, reply)
        if moved or not self._conversation.has_news(peer):
            self._note(peer, line, "")
            line.wait = FIRST_WAIT
            return 0.0
        # The peer took nothing; saying the same again at once would only be noise.
        self._note(peer, line, trouble or "the partner took nothing")
        return self._hold_back(line)

    def _unanswered(self, peer: str, line: _Line, before: int, *, later: bool) -> float:
        """A drop-box answers later, and who had only thanks to say waits for nothing."""
        self._note(peer, line, "")
        line.wait = FIRST_WAIT
        if not later or not self._conversation.has_news(peer):
            return 0.0
        line.letters, pause = before, line.patience
        line.patience = min(line.patience * 2, LONGEST_PATIENCE)
        line.not_before = self._monotonic() + pause
        return pause

    def _failed(
        self, peer: str, line: _Line, reason: str, *, at_least: float = FIRST_WAIT
    ) -> float:
        self._note(peer, line, reason)
        self._conversation.forget_standing(peer)
        return self._hold_back(line, at_least=at_least)

    def _hold_back(self, line: _Line, *, at_least: float = FIRST_WAIT) -> float:
        pause, line.wait = max(line.wait, at_least), min(line.wait * 2, LONGEST_WAIT)
        line.not_before = self._monotonic() + pause
        return pause

    def _note(self, peer: str, line: _Line, trouble: str) -> None:
        """Tell operators when a line stays down and when it is up again, and nothing between."""
        if not trouble:
            if line.reported:
                _log.info("line_restored", peer=peer)
            line.down_since, line.reported = None, False
            return
        now = self._monotonic()
        line.down_since = now if line.down_since is None else line.down_since
        if not line.reported and now - line.down_since >= WARN_AFTER:
            _log.warning("line_down", peer=peer, seconds=WARN_AFTER, reason=trouble)
            line.reported = True

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
