"""Whom this node lets decide single cases, and powers that were reported missing: its home log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.core.entry import Actor, Entry, Event, Subject, SubjectKind
from tongban.core.home.events import (
    DecisionPowerRecorded,
    DecisionPowerRevoked,
    MissingPowerReported,
)
from tongban.core.inquiries.powers import DecisionPower, decision_powers
from tongban.logs.rows import LogKind
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingPower:
    """A report of a power that no clause gives; at: when it was made."""

    at: datetime
    item: str
    partner: str
    power: str


class DecisionPowers:
    """Keeps what one-off decisions rest on; each call is a transaction of its own."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def record(self, power: DecisionPower, *, actor: Actor) -> None:
        """Put on the home log that a written authorisation lies in this node's files."""
        event = DecisionPowerRecorded(
            number=power.number,
            office=power.office,
            items=tuple(sorted(power.items)),
            from_day=power.from_day.isoformat(),
            until_day=power.until_day.isoformat(),
        )
        self._write(event, actor)

    def revoke(self, number: str, *, actor: Actor) -> bool:
        """Put on the home log that one counts no more; False where none of this number counts."""
        if number not in {power.number for power in self.recorded()}:
            return False
        self._write(DecisionPowerRevoked(number=number), actor)
        return True

    def recorded(self) -> tuple[DecisionPower, ...]:
        """Those that were recorded and not revoked, whatever the day."""
        with self._kernel.database.read() as connection:
            return recorded_powers(self._kernel, connection)

    def report_missing(self, *, item: str, partner: str, power: str, actor: Actor) -> None:
        """Put on the home log that a power is lacking, for the supervisor's list."""
        self._write(MissingPowerReported(item=item, partner=partner, power=power), actor)

    def missing(self) -> Sequence[MissingPower]:
        """Powers that were reported missing, newest first."""
        with self._kernel.database.read() as connection:
            entries = _home_entries(self._kernel, connection)
        return [
            MissingPower(at=entry.at, item=told.item, partner=told.partner, power=told.power)
            for entry in reversed(entries)
            if isinstance(told := entry.event, MissingPowerReported)
        ]

    def _write(self, event: Event, actor: Actor) -> None:
        with self._kernel.database.write() as connection:
            work = Work(self._kernel, connection, self._kernel.clock.now())
            draft = Draft(event=event, subject=_node(self._kernel), actor=actor)
            Effects(work, "").append_home([draft])
            work.close()


def recorded_powers(kernel: Kernel, connection: Connection) -> tuple[DecisionPower, ...]:
    """Whom this node lets decide single cases, as its home log has it."""
    return decision_powers(entry.event for entry in _home_entries(kernel, connection))


def _home_entries(kernel: Kernel, connection: Connection) -> list[Entry]:
    subject = _node(kernel)
    lines = kernel.store.journal_of(connection, subject.kind.value, subject.id)
    found = (readable(line.data) for line in lines if line.kind is LogKind.HOME)
    return [entry for entry in found if entry is not None]


def _node(kernel: Kernel) -> Subject:
    return Subject(kind=SubjectKind.NODE, id=kernel.identity.name)
