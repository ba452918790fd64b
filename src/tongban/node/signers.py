"""Who may sign for this node: what its home log has of authorisations and confirmations."""

from collections.abc import Iterator
from datetime import datetime

from tongban.core.agreements.authority import (
    Authorisation,
    SigningRules,
    authorisations_in,
    confirming_refusal,
    kind_of,
)
from tongban.core.agreements.document import Agreement
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, Entry, Subject, SubjectKind
from tongban.core.home.events import AuthorisationRecorded, AuthorisationRevoked, SigningConfirmed
from tongban.core.refusal import Refusal
from tongban.logs.rows import LogKind
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable


class Signers:
    """Keeps the records by which this node's signatures are given; each call is a transaction."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def record(self, paper: Authorisation, *, actor: Actor) -> None:
        """Put on the home log that a written authorisation lies in this node's files."""
        event = AuthorisationRecorded(
            number=paper.number,
            office=paper.office,
            kinds=tuple(sorted(paper.kinds)),
            from_day=paper.from_day.isoformat(),
            until_day=paper.until_day.isoformat(),
        )
        self._write(event, _node(self._kernel), actor)

    def revoke(self, number: str, *, actor: Actor) -> bool:
        """Put on the home log that one counts no more; False where none of this number counts."""
        if number not in {paper.number for paper in self.authorisations()}:
            return False
        self._write(AuthorisationRevoked(number=number), _node(self._kernel), actor)
        return True

    def authorisations(self) -> tuple[Authorisation, ...]:
        """Those that were recorded and not revoked, whatever the day."""
        with self._kernel.database.read() as connection:
            return _authorisations(self._kernel, connection)

    def paper_for(self, agreement: Agreement, actor: Actor) -> str:
        """Number of a paper under which the actor's office may sign this today; "" for none."""
        day, kind = china_day(self._kernel.clock.now()), kind_of(agreement)
        fitting = (
            paper.number
            for paper in self.authorisations()
            if paper.in_force(day) and paper.office == actor.role and kind in paper.kinds
        )
        return next(fitting, "")

    def rules(self, document: str) -> SigningRules:
        """By whom this node signs a document now."""
        with self._kernel.database.read() as connection:
            return signing_rules(self._kernel, connection, self._kernel.clock.now(), document)

    def confirm(self, document: str, *, actor: Actor) -> Refusal | None:
        """An officer confirms that this node should sign; the actor's number tells which one."""
        with self._kernel.database.write() as connection:
            confirmed = _confirmed(self._kernel, connection, document)
            refusal = confirming_refusal(document, actor, confirmed)
            if refusal is None:
                subject = Subject(kind=SubjectKind.AGREEMENT, id=document)
                self._append(connection, SigningConfirmed(document=document), subject, actor)
        return refusal

    def _write(
        self, event: AuthorisationRecorded | AuthorisationRevoked, subject: Subject, actor: Actor
    ) -> None:
        with self._kernel.database.write() as connection:
            self._append(connection, event, subject, actor)

    def _append(
        self,
        connection: Connection,
        event: AuthorisationRecorded | AuthorisationRevoked | SigningConfirmed,
        subject: Subject,
        actor: Actor,
    ) -> None:
        work = Work(self._kernel, connection, self._kernel.clock.now())
        Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
        work.close()


def signing_rules(
    kernel: Kernel, connection: Connection, now: datetime, document: str
) -> SigningRules:
    """By whom this node signs a document now."""
    return SigningRules(
        day=china_day(now),
        authorisations=_authorisations(kernel, connection),
        four_eyes=kernel.four_eyes,
        confirmed_by=_confirmed(kernel, connection, document),
    )


def _authorisations(kernel: Kernel, connection: Connection) -> tuple[Authorisation, ...]:
    entries = _home_entries(kernel, connection, _node(kernel))
    return authorisations_in(entry.event for entry in entries)


def _confirmed(kernel: Kernel, connection: Connection, document: str) -> frozenset[str]:
    subject = Subject(kind=SubjectKind.AGREEMENT, id=document)
    return frozenset(
        entry.actor.number or ""
        for entry in _home_entries(kernel, connection, subject)
        if isinstance(entry.event, SigningConfirmed)
    )


def _home_entries(kernel: Kernel, connection: Connection, subject: Subject) -> Iterator[Entry]:
    for line in kernel.store.journal_of(connection, subject.kind.value, subject.id):
        entry = readable(line.data) if line.kind is LogKind.HOME else None
        if entry is not None:
            yield entry


def _node(kernel: Kernel) -> Subject:
    return Subject(kind=SubjectKind.NODE, id=kernel.identity.name)
