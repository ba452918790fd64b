"""How much a peer may send: a token bucket for messages and one for bytes."""

import math
from dataclasses import dataclass, field
from threading import Lock

from tongban.channels.faults import OverQuota


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """What one peer may send in a window, at once or spread out."""

    messages: int
    bytes: int
    window_seconds: float


@dataclass(kw_only=True, slots=True)
class _Levels:
    messages: float
    bytes: float
    at: float


@dataclass(kw_only=True, slots=True)
class Meter:
    """Counts what each peer sends; several threads may use it at once.

    Spend only in the name of a peer whose signature was checked: a sender's name on an envelope
    proves nothing, and anyone could use up another's quota with it.
    """

    quota: Quota
    _levels: dict[str, _Levels] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def spend(self, peer: str, size: int, *, now: float) -> None:
        """Take one message of size bytes from the peer's quota, or raise OverQuota and take none.

        A message may be larger than what is left, even larger than the quota: then the peer waits
        until its debt is paid. now: seconds of any clock; setting it back refills nothing, and time
        counts from there on, so that a corrected clock locks nobody out.
        """
        with self._lock:
            levels = self._refilled(peer, now)
            wait = self._wait(levels)
            if wait > 0:
                raise OverQuota(
                    f"{peer} sent more than {self.quota.messages} messages or {self.quota.bytes} "
                    f"bytes in {self.quota.window_seconds:g} seconds",
                    retry_after_seconds=math.ceil(wait),
                )
            levels.messages -= 1
            levels.bytes -= size

    def _refilled(self, peer: str, now: float) -> _Levels:
        quota = self.quota
        full = _Levels(messages=quota.messages, bytes=quota.bytes, at=now)
        levels = self._levels.setdefault(peer, full)
        share = max(now - levels.at, 0) / quota.window_seconds
        levels.messages = min(levels.messages + share * quota.messages, quota.messages)
        levels.bytes = min(levels.bytes + share * quota.bytes, quota.bytes)
        levels.at = now
        return levels

    def _wait(self, levels: _Levels) -> float:
        """Seconds until a whole message and at least one byte are there."""
        quota = self.quota
        missing = (1 - levels.messages) / quota.messages, (1 - levels.bytes) / quota.bytes
        return max(*missing, 0) * quota.window_seconds
