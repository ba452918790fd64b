"""Outcomes: what the node decided of the runner's entries, and the runner of the node's."""

from dataclasses import dataclass, field
from datetime import datetime

from tongban.channels.messages import Position
from tongban.conformance.log import before, place
from tongban.conformance.rule import Deviation
from tongban.core.channel.events import (
    AvailabilitySource,
    GenerationOpened,
    KeyRotated,
    OutcomeRecorded,
)
from tongban.core.entry import Entry

_UPKEEP = (OutcomeRecorded, GenerationOpened, KeyRotated)


@dataclass(slots=True)
class Outcomes:
    """waiting: from where on and up to where the runner owes one; counted: those of the node."""

    waiting: tuple[Position, Position] | None = None
    heard: list[OutcomeRecorded] = field(default_factory=list)
    counted: int = 0
    _since: Position | None = None

    def forget(self) -> None:
        """Owe nothing, and have heard nothing."""
        self.waiting = self._since = None
        self.heard.clear()

    def hear(self, at: Position, entry: Entry, *, decided: bool = False) -> None:
        """An entry of the node's came; raises Deviation for an outcome that cannot be."""
        if isinstance(entry.event, OutcomeRecorded):
            self.counted += 1
            self._check(entry.event)
            self.heard.append(entry.event)
        elif not isinstance(entry.event, _UPKEEP) and not decided and self._since is None:
            self._since = at

    def received(self, end: Position) -> None:
        """The push ended here: what came of it has to be decided."""
        if self._since is not None:
            since = self.waiting[0] if self.waiting else self._since
            self.waiting, self._since = (since, end), None

    def decide(self, now: datetime) -> OutcomeRecorded:
        """The runner keeps no cases, and lets everything of the node's take effect."""
        since, until = self.waiting or (Position(0, 0), Position(0, 0))
        self.waiting = None
        return OutcomeRecorded(
            since_generation=since.generation,
            since_size=since.size,
            generation=until.generation,
            size=until.size,
            received_at=now,
            available_at=now,
            available_source=AvailabilitySource.NODE,
        )

    def until(self, end: Position) -> OutcomeRecorded | None:
        """The outcome of the push that ended here."""
        return next(iter(self.about(end)), None)

    def about(self, end: Position) -> list[OutcomeRecorded]:
        """Every outcome about what ended here; an honest node writes one."""
        until = (end.generation, end.size)
        return [each for each in self.heard if (each.generation, each.size) == until]

    def check_whole(self, outcome: OutcomeRecorded, first: int, end: Position) -> None:
        """Raises Deviation where it does not cover the push from its first entry to its last."""
        since = (outcome.since_generation, outcome.since_size)
        if since != (end.generation, first):
            raise Deviation(
                "outcomes.whole_push",
                f"the push began at {first} of generation {end.generation}, and its outcome at "
                f"{since[1]} of {since[0]}",
            )

    def _check(self, event: OutcomeRecorded) -> None:
        since = Position(generation=event.since_generation, size=event.since_size)
        until = Position(generation=event.generation, size=event.size)
        last = self.heard[-1] if self.heard else None
        if not before(since, until):
            raise Deviation("outcomes.founded", f"it goes from {place(since)} to {place(until)}")
        if last is not None and _overlaps(last, since):
            raise Deviation(
                "outcomes.founded",
                f"it begins at {place(since)}, and the one before reached {last.size} of "
                f"generation {last.generation}",
            )
        self._check_refused(event, since, until)
        if event.available_at > event.received_at:
            raise Deviation(
                "outcomes.instants",
                f"available at {event.available_at}, received at {event.received_at}",
            )

    def _check_refused(self, event: OutcomeRecorded, since: Position, until: Position) -> None:
        places = [(line.generation, line.index) for line in event.refused]
        inside = all(
            (since.generation, since.size) <= each < (until.generation, until.size)
            for each in places
        )
        if not inside or len(set(places)) < len(places) or not all(e.ground for e in event.refused):
            raise Deviation("outcomes.founded", f"it refuses {event.refused!r}")


def _overlaps(last: OutcomeRecorded, since: Position) -> bool:
    return (since.generation, since.size) < (last.generation, last.size)
