"""Dispatches that wait for another day, because an agreement limits intakes by the day.

They are intents like those that wait for a line: in order, kept over starts, settled once
(spec/agreements.md, "Daily limits").
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tongban.core.agreements.refusals import AgreementGround
from tongban.core.cases.commands import Dispatch
from tongban.core.china_time import next_midnight
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import IntentRecorded
from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind, StoredIntent
from tongban.node.blobs.waiting import CROSSING
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import readable


def must_wait(command: object, refusal: Refusal | None) -> bool:
    """Whether it is kept for another day, instead of coming back to whoever asked."""
    limited = refusal is not None and refusal.ground == AgreementGround.DAILY_LIMIT_REACHED
    return limited and isinstance(command, Dispatch)


def hold(kernel: Kernel, connection: Connection, intent: str, now: datetime) -> None:
    """Keep an intent until the next day has begun in China, on the partner's clock as well."""
    until = next_midnight(now) + timedelta(seconds=kernel.skew_seconds_max)
    kernel.store.hold_intent(connection, intent, until)


def waiting_intents(
    kernel: Kernel, connection: Connection, subject: Subject
) -> Iterator[StoredIntent]:
    """Intents about one subject that wait, for whichever partner, in order."""
    for line in kernel.store.journal_of(connection, subject.kind.value, subject.id):
        entry = readable(line.data) if line.kind is LogKind.HOME else None
        if entry is not None and isinstance(entry.event, IntentRecorded):
            found = kernel.store.intent(connection, entry.event.intent)
            if found is not None and found.ground is None:
                yield found


def held_until(kernel: Kernel, connection: Connection, case: str) -> datetime | None:
    """From when on the dispatch of a case may go; None where no other day is waited for."""
    subject = Subject(kind=SubjectKind.CASE, id=case)
    held = (intent.held_until for intent in waiting_intents(kernel, connection, subject))
    return next((until for until in held if until and until != CROSSING), None)
