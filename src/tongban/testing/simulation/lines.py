"""Roads between simulated machines, and the weather on them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tongban.channels.faults import (
    EnvelopeRefused,
    EnvelopeUnreadable,
    MessageUnreadable,
    OverQuota,
    Unreachable,
)
from tongban.channels.roads import Road
from tongban.logs.faults import LogDamaged
from tongban.node.faults import NodeFault
from tongban.testing.simulation.timeline import Timeline

#: Seconds after which a drop-box is polled again for a machine that was away.
_POLL = 1.0


class Station(Protocol):
    """A machine as the lines see it."""

    @property
    def running(self) -> bool:
        """Whether it takes and sends anything."""
        ...

    def hear(self, envelope: bytes) -> bytes | None:
        """Take an envelope in, as every door does."""
        ...


@dataclass(slots=True)
class Weather:
    """Chances, 0 to 1, that a letter or an answer is lost, late or repeated; seconds of delay."""

    lost: float = 0.0
    late: float = 0.0
    repeated: float = 0.0
    delay: float = 0.01


@dataclass(slots=True)
class Lines:
    """All roads of a world.

    polled: pairs whose letters go through a drop-box. held: what is kept back, by sender and
    receiver; whoever holds a pair back delivers it later. ambushes: by sender and receiver, what
    waits for a letter; asked whenever one was written, until it says that this was the one.
    """

    timeline: Timeline
    stations: dict[str, Station]
    chance: Random
    polled: frozenset[frozenset[str]] = frozenset()
    weather: Weather = field(default_factory=Weather)
    cut: set[tuple[str, str]] = field(default_factory=set)
    held: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)
    letters: list[tuple[str, str, bytes]] = field(default_factory=list)
    ambushes: dict[tuple[str, str], Callable[[], bool]] = field(default_factory=dict)

    def road(self, sender: str, receiver: str) -> Road:
        """The road by which one machine reaches another."""
        if frozenset((sender, receiver)) in self.polled:
            return _DropBox(self, sender, receiver)
        return _Direct(self, sender, receiver)

    def repeat(self, sender: str, receiver: str, envelope: bytes) -> bool:
        """An old letter comes once more; nobody waits for the answer. Whether it was taken."""
        if not self.passes(sender, receiver):
            return False
        try:
            self.stations[receiver].hear(envelope)
        except (EnvelopeUnreadable, MessageUnreadable, OverQuota, NodeFault, LogDamaged):
            return False
        return True

    def passes(self, sender: str, receiver: str) -> bool:
        """Whether anything gets through this way."""
        return (sender, receiver) not in self.cut and self.stations[receiver].running

    def sends(self, sender: str) -> bool:
        """Whether the sender is there to send."""
        return self.stations[sender].running

    def note(self, sender: str, receiver: str, envelope: bytes) -> bytes:
        """Write a letter down; what goes on its way."""
        self.letters.append((sender, receiver, envelope))
        ambush = self.ambushes.pop((sender, receiver), None)
        if ambush is not None and not ambush():
            self.ambushes[sender, receiver] = ambush
        return envelope

    def hold_back(self, sender: str, receiver: str, envelope: bytes) -> bool:
        """Whether this way is held back; then the letter is kept."""
        kept = self.held.get((sender, receiver))
        if kept is not None:
            kept.append(envelope)
        return kept is not None

    def happens(self, share: float) -> bool:
        """Whether something of this chance happens now."""
        return share > 0 and self.chance.random() < share

    def pause(self) -> float:
        """Seconds that a letter takes in this weather."""
        return self.weather.delay * (0.5 + self.chance.random())


@dataclass(frozen=True, slots=True)
class _Direct:
    """A call that is answered, fails, or has an answer that is lost."""

    lines: Lines
    sender: str
    receiver: str

    @property
    def answers_at_once(self) -> bool:
        return True

    def carry(self, envelope: bytes) -> bytes | None:
        lines, weather = self.lines, self.lines.weather
        if not lines.sends(self.sender) or not lines.passes(self.sender, self.receiver):
            raise Unreachable(f"{self.receiver} is cut off")
        envelope = lines.note(self.sender, self.receiver, envelope)
        if lines.hold_back(self.sender, self.receiver, envelope):
            raise Unreachable("the letter takes too long")
        if lines.happens(weather.lost):
            raise Unreachable("the letter was lost")
        if lines.happens(weather.repeated):
            self._later(envelope)
        if lines.happens(weather.late):
            self._later(envelope)
            raise Unreachable("the letter took too long")
        reply = self._hand_over(envelope)
        if reply is not None:
            lines.note(self.receiver, self.sender, reply)
        back = lines.passes(self.receiver, self.sender) and lines.sends(self.receiver)
        if not back or lines.happens(weather.lost):
            raise Unreachable("the answer was lost")
        return reply

    def close(self) -> None:
        """Nothing is held open."""

    def _hand_over(self, envelope: bytes) -> bytes | None:
        try:
            return self.lines.stations[self.receiver].hear(envelope)
        except (EnvelopeUnreadable, MessageUnreadable) as fault:
            raise EnvelopeRefused(str(fault)) from fault
        except (NodeFault, LogDamaged) as fault:
            raise Unreachable(f"{self.receiver} takes nothing: {fault}") from fault

    def _later(self, envelope: bytes) -> None:
        wait = self.lines.pause() * 100
        self.lines.timeline.after(
            wait, lambda: self.lines.repeat(self.sender, self.receiver, envelope)
        )


@dataclass(frozen=True, slots=True)
class _DropBox:
    """Letters lie until they are fetched; answers are letters of their own."""

    lines: Lines
    sender: str
    receiver: str

    @property
    def answers_at_once(self) -> bool:
        return False

    def carry(self, envelope: bytes) -> bytes | None:
        lines, weather = self.lines, self.lines.weather
        if not lines.sends(self.sender):
            raise Unreachable("the machine is down")
        lines.note(self.sender, self.receiver, envelope)
        if lines.hold_back(self.sender, self.receiver, envelope):
            return None
        copies = 0 if lines.happens(weather.lost) else 1 + lines.happens(weather.repeated)
        for _ in range(copies):
            late = 100 if lines.happens(weather.late) else 1
            lines.timeline.after(lines.pause() * late, lambda: self._arrive(envelope))
        return None

    def close(self) -> None:
        """Nothing is held open."""

    def _arrive(self, envelope: bytes) -> None:
        lines = self.lines
        if not lines.passes(self.sender, self.receiver):
            lines.timeline.after(_POLL, lambda: self._arrive(envelope))
            return
        try:
            reply = lines.stations[self.receiver].hear(envelope)
        except (EnvelopeUnreadable, MessageUnreadable):
            return
        except (OverQuota, NodeFault, LogDamaged):
            lines.timeline.after(_POLL, lambda: self._arrive(envelope))
            return
        if reply is not None and lines.sends(self.receiver):
            _DropBox(lines, self.receiver, self.sender).carry(reply)
