"""Common standards: those that officers of this node set, and those that partners told of.

What this node set is on its home log; after that log was lost, on the channels to its partners.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.core.canonical import decode
from tongban.core.catalogues.commands import PublishStandard
from tongban.core.catalogues.standards import newest_version
from tongban.core.catalogues.state import CatalogueState
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, Subject, SubjectKind
from tongban.core.home.events import StandardIssued
from tongban.core.items.standard import Standard, check_standard, standard_document
from tongban.core.items.standard_proposal import says_the_same
from tongban.logs.rows import LogKind, View
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import StandardChanged, StandardUnchanged
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable

_TYPE = "standard.issued"


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownStandard:
    """One version; digest: of its document. at: when it was set here, or told to this node."""

    standard: Standard
    digest: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Issued:
    """A version of this node's own; actor: the officer, or the system where nobody remembers."""

    number: str
    version: int
    document: str
    at: datetime
    actor: Actor


class Standards:
    """Every call is one transaction of its own, unless it is given a connection."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.revision = 0

    def issue(self, standard: Standard, *, after: int, actor: Actor) -> KnownStandard:
        """Set the next version of a standard, of today; partners learn of it soon after.

        after: the newest version that its author knew, 0 for none. Raises StandardChanged, and does
        nothing, where another stands by now; StandardUnchanged, DocumentInvalid, DocumentTooLarge.
        """
        now, me = self._kernel.clock.now(), self._kernel.identity.name
        version = check_standard(
            replace(standard, version=after + 1, publisher=me, published_on=china_day(now))
        )
        with self._kernel.database.write() as connection:
            self._check_newest(connection, version, after)
            digest = self._kernel.library.put(connection, standard_document(version))
            event = StandardIssued(number=version.number, version=version.version, document=digest)
            work = Work(self._kernel, connection, now)
            subject = Subject(kind=SubjectKind.NODE, id=me)
            Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
            work.close()
        self.revision += 1
        return KnownStandard(standard=version, digest=digest, at=now)

    def known(self) -> Sequence[KnownStandard]:
        """Every version of every standard, by publisher, number and version."""
        with self._kernel.database.read() as connection:
            own = [(each.document, each.at) for each in self._own(connection)]
            told = [
                (each.document, each.at)
                for state in self._catalogues(connection)
                if state.publisher != self._kernel.identity.name
                for each in state.standards
            ]
            found = [self._read(connection, *each) for each in (*own, *told)]
        return sorted((each for each in found if each is not None), key=_place)

    def standing(self) -> Sequence[KnownStandard]:
        """Of every standard its newest version, by publisher and number."""
        newest = {(each.standard.publisher, each.standard.number): each for each in self.known()}
        return list(newest.values())

    def outstanding(
        self, connection: Connection, state: CatalogueState
    ) -> Iterator[PublishStandard]:
        """What a partner is to be told; state: of this node's catalogue there, as foreseen."""
        for each in self._own(connection):
            told = newest_version(state.standards, each.number) >= each.version
            if not told and each.document not in state.refused:
                yield PublishStandard(
                    publisher=state.publisher,
                    actor=each.actor,
                    number=each.number,
                    version=each.version,
                    document=each.document,
                )

    def _check_newest(self, connection: Connection, standard: Standard, after: int) -> None:
        number = standard.number
        own = [each for each in self._own(connection) if each.number == number]
        newest = own[-1].version if own else 0
        if newest != after:
            raise StandardChanged(
                f"version {newest} of {number} stands now, and version {after + 1} does not follow "
                "on it; look at what stands and publish again"
            )
        before = self._kernel.library.standard(connection, own[-1].document) if own else None
        if before is not None and says_the_same(standard, before):
            raise StandardUnchanged(f"version {newest} of {number} says the same already")

    def _own(self, connection: Connection) -> Sequence[_Issued]:
        """What this node set, each number's versions in their order.

        Where the home log went back with an old backup, what a partner was told is what stands.
        """
        found = {(each.number, each.version): each for each in self._recorded(connection)}
        for told in self._told(connection):
            place = (told.number, told.version)
            if place not in found or found[place].document != told.document:
                found[place] = told
        return [found[place] for place in sorted(found)]

    def _recorded(self, connection: Connection) -> Iterator[_Issued]:
        store = self._kernel.store
        log = store.find_log(connection, kind=LogKind.HOME, peer="")
        for row in store.entries_of(connection, log, _TYPE) if log is not None else ():
            entry = readable(row.data)
            if entry is not None and isinstance(entry.event, StandardIssued):
                yield _Issued(
                    number=entry.event.number,
                    version=entry.event.version,
                    document=entry.event.document,
                    at=entry.at,
                    actor=entry.actor,
                )

    def _told(self, connection: Connection) -> Iterator[_Issued]:
        for state in self._catalogues(connection):
            if state.publisher == self._kernel.identity.name:
                for each in state.foreseen.standards:
                    yield _Issued(
                        number=each.number,
                        version=each.version,
                        document=each.document,
                        at=each.at,
                        actor=SYSTEM,
                    )

    def _catalogues(self, connection: Connection) -> Iterator[CatalogueState]:
        for row in self._kernel.store.states(connection, View.OWN, "catalogue"):
            if row.data:
                yield decode(row.data, CatalogueState)

    def _read(self, connection: Connection, digest: str, at: datetime) -> KnownStandard | None:
        """None for what an update of this software has grown too strict to read."""
        standard = self._kernel.library.standard(connection, digest)
        if standard is None:
            return None
        return KnownStandard(standard=standard, digest=digest, at=at)


def _place(known: KnownStandard) -> tuple[str, str, int]:
    return known.standard.publisher, known.standard.number, known.standard.version
