"""The bodies of a case, wherever they stand: beside entries of any log, or waiting for a line."""

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.core.entry import SubjectKind
from tongban.core.home.events import IntentRecorded
from tongban.logs.faults import BodyDamaged
from tongban.logs.rows import JournalLine
from tongban.node.desk import Desk
from tongban.node.effects import Effects
from tongban.node.erasures import is_there
from tongban.node.work import Work, readable


@dataclass(frozen=True, slots=True)
class KeptBodies:
    """Of one case, within one transaction."""

    work: Work
    desk: Desk
    case: str

    def find(self, name: str) -> bytes | None:
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
                return found.content
        if damaged:
            raise damaged
        waiting = self.desk.waiting_bodies(self.work.connection, self._partner(), self.case)
        return next((body.content for body in waiting if body.name == name), None)

    def erase(self, name: str) -> list[tuple[str, int]]:
        """Erase it everywhere; origin and index of each entry whose body it was."""
        return [*self._erase_stored(name), *self._erase_waiting(name)]

    def _erase_stored(self, name: str) -> Iterator[tuple[str, int]]:
        store, connection = self.work.kernel.store, self.work.connection
        for line in self._lines():
            place = (line.log, line.generation, line.index)
            if is_there(self.work.kernel, connection, place, name):
                store.erase_body(connection, *place, name, self.work.now)
                yield self._origin(line), line.index

    def _erase_waiting(self, name: str) -> Iterator[tuple[str, int]]:
        """Take it out of what waits for a line."""
        connection = self.work.connection
        carriers = self.desk.erase_waiting(connection, self._partner(), self.case, name)
        for line in self._lines():
            entry = readable(line.data)
            if entry and isinstance(entry.event, IntentRecorded) and entry.event.intent in carriers:
                yield self._origin(line), line.index

    def _lines(self) -> list[JournalLine]:
        store, connection = self.work.kernel.store, self.work.connection
        return store.journal_of(connection, SubjectKind.CASE.value, self.case)

    def _origin(self, line: JournalLine) -> str:
        head = self.work.kernel.store.head_of(self.work.connection, line.log, line.generation)
        return head.origin if head else ""

    def _partner(self) -> str:
        state = Effects(self.work, "").own.case(self.case)
        return state.partner(self.work.kernel.identity.name) if state else ""
