"""Who may sign for this node: what its home log has of authorisations and confirmations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tongban.core.agreements.authority import (
    CONFIRMED_DAYS,
    SCAN,
    SCAN_LOOKED_UP,
    SIGNING,
    Authorisation,
    Resolve,
    SigningRules,
    authorisations_in,
    confirming_refusal,
    kind_of,
)
from tongban.core.agreements.document import Agreement
from tongban.core.body import Body
from tongban.core.china_time import china_day, days_after
from tongban.core.entry import Actor, Entry, Event, Subject, SubjectKind
from tongban.core.home.events import (
    AuthorisationRecorded,
    AuthorisationRevoked,
    BindingAct,
    PersonalDataRead,
    SigningConfirmed,
)
from tongban.core.refusal import Refusal
from tongban.logs.rows import JournalLine, LogKind
from tongban.node.effects import Effects
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredPaper:
    """The scan of a written authorisation; media: its media type."""

    media: str
    content: bytes = field(repr=False)


class Signers:
    """Keeps the records by which this node's signatures are given; each call is a transaction."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def record(self, paper: Authorisation, *, actor: Actor, scan: Body | None = None) -> None:
        """Put on the home log that a written authorisation lies in this node's files.

        scan: of the paper itself, a body named `SCAN`.
        """
        event = AuthorisationRecorded(
            number=paper.number,
            office=paper.office,
            kinds=tuple(sorted(paper.kinds)),
            from_day=paper.from_day.isoformat(),
            until_day=paper.until_day.isoformat(),
            holder=paper.holder or None,
        )
        self._write(event, actor, bodies=(scan,) if scan else ())

    def revoke(self, number: str, *, actor: Actor) -> bool:
        """Put on the home log that one counts no more; False where none of this number counts."""
        if number not in {paper.number for paper in self.authorisations()}:
            return False
        self._write(AuthorisationRevoked(number=number), actor)
        return True

    def authorisations(self) -> tuple[Authorisation, ...]:
        """Those that were recorded and not revoked, whatever the day."""
        with self._kernel.database.read() as connection:
            return _authorisations(self._kernel, connection)

    def scan(self, number: str, *, reader: Actor) -> StoredPaper | None:
        """The scan that was recorded last with an authorisation; None where there is none.

        The read goes on the home log before it is shown. Raises BodyDamaged where it rotted.
        """
        with self._kernel.database.write() as connection:
            found = self._scan(connection, number)
            if found is not None:
                subject = _node(self._kernel)
                event = PersonalDataRead(body=SCAN, purpose=SCAN_LOOKED_UP)
                self._append(connection, [Draft(event=event, subject=subject, actor=reader)])
        return found

    def paper_for(self, agreement: Agreement, actor: Actor) -> str:
        """Number of a paper under which the actor may sign this today; "" for none."""
        day, kind = china_day(self._kernel.clock.now()), kind_of(agreement)
        fitting = (
            paper.number
            for paper in self.authorisations()
            if paper.in_force(day) and paper.is_of(actor) and kind in paper.kinds
        )
        return next(fitting, "")

    def rules(self, document: str) -> SigningRules:
        """By whom this node signs a document now."""
        with self._kernel.database.read() as connection:
            return signing_rules(self._kernel, connection, self._kernel.clock.now(), document)

    def confirm(self, document: str, *, actor: Actor, resolve: Resolve = SIGNING) -> Refusal | None:
        """An officer confirms that this node should act; the actor's number tells which one."""
        day = china_day(self._kernel.clock.now())
        with self._kernel.database.write() as connection:
            confirmed = _confirmed(self._kernel, connection, document, day)
            refusal = confirming_refusal(document, actor, confirmed.get(resolve, frozenset()))
            if refusal is None:
                subject = Subject(kind=SubjectKind.AGREEMENT, id=document)
                event = _confirmation(document, resolve)
                self._append(connection, [Draft(event=event, subject=subject, actor=actor)])
        return refusal

    def _write(self, event: Event, actor: Actor, *, bodies: tuple[Body, ...] = ()) -> None:
        subject = _node(self._kernel)
        with self._kernel.database.write() as connection:
            draft = Draft(event=event, subject=subject, actor=actor, bodies=bodies)
            self._append(connection, [draft])

    def _append(self, connection: Connection, drafts: Sequence[Draft]) -> None:
        work = Work(self._kernel, connection, self._kernel.clock.now())
        Effects(work, "").append_home(drafts)
        work.close()

    def _scan(self, connection: Connection, number: str) -> StoredPaper | None:
        store, found = self._kernel.store, None
        for line, entry in _home_lines(self._kernel, connection, _node(self._kernel)):
            if isinstance(entry.event, AuthorisationRecorded) and entry.event.number == number:
                body = store.body(connection, line.log, line.generation, line.index, SCAN)
                media = next((each.media for each in entry.commitments), "")
                found = StoredPaper(media=media, content=body.content) if body else found
        return found


def signing_rules(
    kernel: Kernel, connection: Connection, now: datetime, document: str
) -> SigningRules:
    """By whom this node signs a document now."""
    return SigningRules(
        day=china_day(now),
        authorisations=_authorisations(kernel, connection),
        four_eyes=kernel.four_eyes,
        confirmed=_confirmed(kernel, connection, document, china_day(now)),
    )


def _authorisations(kernel: Kernel, connection: Connection) -> tuple[Authorisation, ...]:
    lines = _home_lines(kernel, connection, _node(kernel))
    return authorisations_in(entry.event for _, entry in lines)


def _confirmed(
    kernel: Kernel, connection: Connection, document: str, day: date
) -> Mapping[Resolve, frozenset[str]]:
    """Who confirmed what on a document, as far as it still counts on a day."""
    subject = Subject(kind=SubjectKind.AGREEMENT, id=document)
    found: dict[Resolve, frozenset[str]] = {}
    for _, entry in _home_lines(kernel, connection, subject):
        if isinstance(entry.event, SigningConfirmed) and _counts(entry, day):
            resolve = Resolve(
                act=entry.event.act or BindingAct.SIGN, last_day=entry.event.last_day or ""
            )
            found[resolve] = found.get(resolve, frozenset()) | {entry.actor.number or ""}
    return found


def _counts(entry: Entry, day: date) -> bool:
    return day <= days_after(china_day(entry.at), CONFIRMED_DAYS)


def _confirmation(document: str, resolve: Resolve) -> SigningConfirmed:
    act = None if resolve.act is BindingAct.SIGN else resolve.act
    return SigningConfirmed(document=document, act=act, last_day=resolve.last_day or None)


def _home_lines(
    kernel: Kernel, connection: Connection, subject: Subject
) -> Iterator[tuple[JournalLine, Entry]]:
    for line in kernel.store.journal_of(connection, subject.kind.value, subject.id):
        entry = readable(line.data) if line.kind is LogKind.HOME else None
        if entry is not None:
            yield line, entry


def _node(kernel: Kernel) -> Subject:
    return Subject(kind=SubjectKind.NODE, id=kernel.identity.name)
