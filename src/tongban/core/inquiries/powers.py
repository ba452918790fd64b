"""Whom a node lets decide one case at a time (一事一议), as its home log has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tongban.core.entry import Event
from tongban.core.home.events import DecisionPowerRecorded, DecisionPowerRevoked


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionPower:
    """A written authorisation to decide single cases; whom it names stands on the paper alone.

    office: code of the office, as actors state it in `role`. items: implementation codes, empty
    for every item of this node. from_day, until_day: first and last day, in China time.
    """

    number: str
    office: str
    items: frozenset[str]
    from_day: date
    until_day: date

    def covers(self, item: str, day: date) -> bool:
        """Whether single cases of this item may be decided by it on this day."""
        return self.from_day <= day <= self.until_day and (not self.items or item in self.items)


def decision_powers(events: Iterable[Event]) -> tuple[DecisionPower, ...]:
    """Those that were recorded and not revoked, in the order of their numbers."""
    known: dict[str, DecisionPower] = {}
    for event in events:
        if isinstance(event, DecisionPowerRecorded):
            known[event.number] = _power(event)
        elif isinstance(event, DecisionPowerRevoked):
            known.pop(event.number, None)
    return tuple(known[number] for number in sorted(known))


def _power(event: DecisionPowerRecorded) -> DecisionPower:
    return DecisionPower(
        number=event.number,
        office=event.office,
        items=frozenset(event.items),
        from_day=date.fromisoformat(event.from_day),
        until_day=date.fromisoformat(event.until_day),
    )
