"""Standards, mandates and advice: those that officers of this node set, and what partners told.

What this node set is on its home log; after that log was lost, on the channels to its partners.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from tongban.core.canonical import decode
from tongban.core.catalogues.commands import PublishRule
from tongban.core.catalogues.events import RuleKind
from tongban.core.catalogues.rule_forms import FORMS, R, RuleForm, rule_document, says_the_same
from tongban.core.catalogues.rules import newest_version
from tongban.core.catalogues.state import CatalogueState
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, Subject, SubjectKind
from tongban.core.home.events import RuleIssued
from tongban.logs.rows import LogKind, View
from tongban.node.effects import SYSTEM, Effects
from tongban.node.faults import RuleChanged, RuleUnchanged
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.work import Draft, Work, readable


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownRule(Generic[R]):
    """One version; digest: of its document. at: when it was set here, or told to this node."""

    rule: R
    digest: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Issued:
    """A version of this node's own; actor: the officer, or the system where nobody remembers."""

    kind: RuleKind
    number: str
    version: int
    document: str
    at: datetime
    actor: Actor


class Rules:
    """Every call is one transaction of its own, unless it is given a connection."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.revision = 0

    def issue(self, form: RuleForm[R], rule: R, *, after: int, actor: Actor) -> KnownRule[R]:
        """Set the next version of a rule, of today; partners learn of it soon after.

        after: the newest version that its author knew, 0 for none. Raises RuleChanged, and does
        nothing, where another stands by now; RuleUnchanged, DocumentInvalid, DocumentTooLarge.
        """
        now, me = self._kernel.clock.now(), self._kernel.identity.name
        version = form.dated(rule, version=after + 1, publisher=me, day=china_day(now))
        with self._kernel.database.write() as connection:
            self._check_newest(connection, form, version, after)
            digest = self._kernel.library.put(connection, rule_document(version))
            event = form.issued(number=version.number, version=version.version, document=digest)
            work = Work(self._kernel, connection, now)
            subject = Subject(kind=SubjectKind.NODE, id=me)
            Effects(work, "").append_home([Draft(event=event, subject=subject, actor=actor)])
            work.close()
        self.revision += 1
        return KnownRule(rule=version, digest=digest, at=now)

    def known(self, form: RuleForm[R]) -> Sequence[KnownRule[R]]:
        """Every version of every rule of this kind, by publisher, number and version."""
        with self._kernel.database.read() as connection:
            found = [
                self._read(connection, form, *each) for each in self._versions(connection, form)
            ]
        return sorted((each for each in found if each is not None), key=_place)

    def standing(self, form: RuleForm[R]) -> Sequence[KnownRule[R]]:
        """Of every rule of this kind its newest version, by publisher and number."""
        newest = {(each.rule.publisher, each.rule.number): each for each in self.known(form)}
        return list(newest.values())

    def outstanding(self, connection: Connection, state: CatalogueState) -> Iterator[PublishRule]:
        """What a partner is to be told; state: of this node's catalogue there, as foreseen."""
        for each in (each for form in FORMS.values() for each in self._own(connection, form)):
            told = newest_version(state.rules, each.kind, each.number) >= each.version
            if not told and each.document not in state.refused:
                yield PublishRule(
                    publisher=state.publisher,
                    actor=each.actor,
                    kind=each.kind,
                    number=each.number,
                    version=each.version,
                    document=each.document,
                )

    def _check_newest(self, connection: Connection, form: RuleForm[R], rule: R, after: int) -> None:
        number = rule.number
        own = [each for each in self._own(connection, form) if each.number == number]
        newest = own[-1].version if own else 0
        if newest != after:
            raise RuleChanged(
                f"version {newest} of {number} stands now, and version {after + 1} does not follow "
                "on it; look at what stands and publish again"
            )
        before = self._kernel.library.rule(connection, form, own[-1].document) if own else None
        if before is not None and says_the_same(rule, before):
            raise RuleUnchanged(f"version {newest} of {number} says the same already")

    def _versions(
        self, connection: Connection, form: RuleForm[Any]
    ) -> Iterator[tuple[str, datetime]]:
        """Documents of this node's versions and of its partners', each with its instant."""
        for each in self._own(connection, form):
            yield each.document, each.at
        for state in self._catalogues(connection):
            if state.publisher != self._kernel.identity.name:
                for version in state.rules:
                    if version.kind is form.kind:
                        yield version.document, version.at

    def _own(self, connection: Connection, form: RuleForm[Any]) -> Sequence[_Issued]:
        """What this node set of one kind, each number's versions in their order.

        Where the home log went back with an old backup, what a partner was told is what stands.
        """
        found = {(each.number, each.version): each for each in self._recorded(connection, form)}
        for told in self._told(connection, form.kind):
            place = (told.number, told.version)
            if place not in found or found[place].document != told.document:
                found[place] = told
        return [found[place] for place in sorted(found)]

    def _recorded(self, connection: Connection, form: RuleForm[Any]) -> list[_Issued]:
        store = self._kernel.store
        log = store.find_log(connection, kind=LogKind.HOME, peer="")
        rows = store.entries_of(connection, log, f"{form.kind}.issued") if log is not None else ()
        return [
            _Issued(
                kind=form.kind,
                number=entry.event.number,
                version=entry.event.version,
                document=entry.event.document,
                at=entry.at,
                actor=entry.actor,
            )
            for row in rows
            if (entry := readable(row.data)) and isinstance(entry.event, RuleIssued)
        ]

    def _told(self, connection: Connection, kind: RuleKind) -> Iterator[_Issued]:
        for state in self._catalogues(connection):
            if state.publisher == self._kernel.identity.name:
                for each in state.foreseen.rules:
                    if each.kind is kind:
                        yield _Issued(
                            kind=kind,
                            number=each.number,
                            version=each.version,
                            document=each.document,
                            at=each.at,
                            actor=SYSTEM,
                        )

    def _catalogues(self, connection: Connection) -> list[CatalogueState]:
        rows = self._kernel.store.states(connection, View.OWN, "catalogue")
        return [decode(row.data, CatalogueState) for row in rows if row.data]

    def _read(
        self, connection: Connection, form: RuleForm[R], digest: str, at: datetime
    ) -> KnownRule[R] | None:
        """None for what an update of this software has grown too strict to read."""
        rule = self._kernel.library.rule(connection, form, digest)
        return KnownRule(rule=rule, digest=digest, at=at) if rule is not None else None


def _place(known: KnownRule[Any]) -> tuple[str, str, int]:
    return known.rule.publisher, known.rule.number, known.rule.version
