"""The bodies of a case, inquiry or negotiation, wherever they stand.

That is beside entries of any log, or with what waits for a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tongban.core.body import Body
from tongban.core.entry import Subject, SubjectKind
from tongban.core.home.events import IntentRecorded
from tongban.logs.faults import BodyDamaged
from tongban.logs.rows import JournalLine
from tongban.node.desk import Desk
from tongban.node.effects import Effects
from tongban.node.erasures import is_there
from tongban.node.faults import BrokenInvariant
from tongban.node.work import Work, readable


@dataclass(frozen=True, slots=True)
class KeptBodies:
    """Of one subject, within one transaction."""

    work: Work
    desk: Desk
    subject: Subject

    def find(self, name: str) -> Body | None:
        """The newest that is whole; raises BodyDamaged where all that are there rotted."""
        damaged: BodyDamaged | None = None
        for line in reversed(self._lines()):
            place = (line.log, line.generation, line.index)
            try:
                found = self.work.kernel.store.body(self.work.connection, *place, name)
            except BodyDamaged as fault:
                damaged = damaged or fault
                continue
            if found is not None:
                return _body_of(line, name, found.content)
        if damaged:
            raise damaged
        waiting = (
            body
            for peer in self._partners()
            for body in self.desk.waiting_bodies(self.work.connection, peer, self.subject)
        )
        return next((body for body in waiting if body.name == name), None)

    def erase(self, name: str) -> list[tuple[str, int]]:
        """Erase it everywhere; origin and index of each entry whose body it was."""
        return [*self._erase_stored(name, self._lines()), *self._erase_waiting(name)]

    def erase_beside(self, entry: str, name: str) -> list[tuple[str, int]]:
        """Erase what stands beside the entry of this id alone; origin and index of it."""
        lines = [line for line in self._lines() if _id_of(line) == entry]
        return list(self._erase_stored(name, lines))

    def _erase_stored(self, name: str, lines: Sequence[JournalLine]) -> Iterator[tuple[str, int]]:
        store, connection = self.work.kernel.store, self.work.connection
        for line in lines:
            place = (line.log, line.generation, line.index)
            if is_there(self.work.kernel, connection, place, name):
                store.erase_body(connection, *place, name, self.work.now)
                yield self._origin(line), line.index

    def _erase_waiting(self, name: str) -> Iterator[tuple[str, int]]:
        """Take it out of what waits for a line."""
        connection = self.work.connection
        carriers = {
            carrier
            for peer in self._partners()
            for carrier in self.desk.erase_waiting(connection, peer, self.subject, name)
        }
        for line in self._lines():
            entry = readable(line.data)
            if entry and isinstance(entry.event, IntentRecorded) and entry.event.intent in carriers:
                yield self._origin(line), line.index

    def _lines(self) -> list[JournalLine]:
        store, connection = self.work.kernel.store, self.work.connection
        return store.journal_of(connection, self.subject.kind.value, self.subject.id)

    def _origin(self, line: JournalLine) -> str:
        head = self.work.kernel.store.head_of(self.work.connection, line.log, line.generation)
        return head.origin if head else ""

    def _partners(self) -> Sequence[str]:
        """Whose line what is about the subject may wait for; a case knows its own."""
        if self.subject.kind is not SubjectKind.CASE:
            return sorted(self.work.kernel.peers.names())
        state = Effects(self.work, "").own.case(self.subject.id)
        return [state.partner(self.work.kernel.identity.name)] if state else []


def _body_of(line: JournalLine, name: str, content: bytes) -> Body:
    entry = readable(line.data)
    told = next((each for each in entry.commitments if each.name == name), None) if entry else None
    if told is None:
        raise BrokenInvariant(f"a body {name} stands beside an entry that does not commit to it")
    return Body(name=name, media=told.media, content=content, blob=told.blob)


def _id_of(line: JournalLine) -> str:
    entry = readable(line.data)
    return entry.id if entry else ""
