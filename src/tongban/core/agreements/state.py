"""Where an agreement stands between two nodes, and all that stands between them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from tongban.core.agreements.document import Agreement, Document, Instrument
from tongban.core.agreements.events import AgreementDeposited, AgreementLeft, DepositStep
from tongban.core.agreements.grants import (
    NO_POWER,
    NOTHING,
    DocumentGrants,
    GrantKey,
    Indexed,
    grants_of,
)
from tongban.core.agreements.intakes import Tallies
from tongban.core.cases.events import Mode
from tongban.core.cases.process import Power


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """A party's signature and the entry that brought it."""

    party: str
    note: str
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lift:
    """The party that had suspended lets these items go on; items: empty means all."""

    items: tuple[str, ...]
    at: datetime
    entry: str


# Without slots: an act asks for one item of perhaps thousands, so sets are folded once and kept.
@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Delegated acts under the agreement stopped by a party; items: empty means all."""

    by: str
    ground: str
    items: tuple[str, ...]
    at: datetime
    entry: str
    lifts: tuple[Lift, ...] = ()

    @cached_property
    def is_lifted(self) -> bool:
        """Whether nothing of it is stopped any more."""
        if any(not lift.items for lift in self.lifts):
            return True
        return bool(self.items) and self._let_go.issuperset(self.items)

    def stops(self, item: str) -> bool:
        """Whether it still stops delegated acts for this item."""
        if self.is_lifted or item in self._let_go:
            return False
        return not self.items or item in self._listed

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self.items)

    @cached_property
    def _let_go(self) -> frozenset[str]:
        return frozenset(item for lift in self.lifts for item in lift.items)


@dataclass(frozen=True, kw_only=True, slots=True)
class Termination:
    """A party ends the agreement; last_day: the last on which it is in force."""

    by: str
    ground: str
    last_day: date
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """One of two parties withdrew before both had signed."""

    by: str
    ground: str
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """A party's word to the other that it leaves; once all have signed, both go by its last day."""

    by: str
    said: AgreementLeft
    at: datetime
    entry: str


def _end_of(leaving: Leaving) -> Termination:
    return Termination(
        by=leaving.by,
        ground=leaving.said.ground,
        last_day=date.fromisoformat(leaving.said.last_day),
        at=leaving.at,
        entry=leaving.entry,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Deposited:
    """A step of the depositary, and the entry that brought it."""

    said: AgreementDeposited
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """A party published the agreement on a day; the entry that says so."""

    party: str
    day: date
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Laying:
    """A party laid the document before the other."""

    by: str
    at: datetime
    entry: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementState:
    """One document between two nodes. cited: it is an instrument that counts for this pair.

    offered_by, offered_at, entry: who laid it before the other; again: the other did so too, where
    the two crossed, the one with the greater entry id. intakes: of the clauses that limit them by
    the day.
    """

    document: str
    offered_by: str
    offered_at: datetime
    entry: str
    cited: bool = False
    signatures: tuple[Signature, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    terminations: tuple[Termination, ...] = ()
    leavings: tuple[Leaving, ...] = ()
    deposits: tuple[Deposited, ...] = ()
    intakes: Tallies = ()
    publications: tuple[Publication, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    again: Laying | None = None

    def is_laid_by(self, party: str) -> bool:
        """Whether this party laid it before the other."""
        return party == self.offered_by or (self.again is not None and party == self.again.by)

    def signed_by(self, party: str) -> bool:
        """Whether this party's signature is known here."""
        return any(signature.party == party for signature in self.signatures)

    def unpublished(self, agreement: Agreement) -> tuple[str, ...]:
        """Nodes of the parties that owe a publication before the effect and have said of none."""
        done = {line.party for line in self.publications}
        return tuple(duty.party for duty in agreement.publications if duty.party not in done)

    def suspended_for(self, item: str) -> bool:
        """Whether some party stopped delegated acts for this item."""
        return any(stop.stops(item) for stop in self.suspensions)

    def stopped_by(self, party: str) -> tuple[Suspension, ...]:
        """What this party stopped and has not wholly lifted."""
        return tuple(stop for stop in self.suspensions if stop.by == party and not stop.is_lifted)

    def deposit(self, step: DepositStep, party: str = "") -> Deposited | None:
        """The depositary's word on a step, where it is known here; party: who left."""
        return next(
            (line for line in self.deposits if (line.said.step, line.said.party) == (step, party)),
            None,
        )

    @property
    def withdrawn(self) -> bool:
        """Whether a party left before all had signed, so that nobody ever will."""
        deposited = any(line.said.step is DepositStep.WITHDRAWN for line in self.deposits)
        return deposited or bool(self.withdrawals)

    def is_concluded(self, agreement: Agreement) -> bool:
        """Whether every party of its document has signed; of many, as its depositary says."""
        if agreement.is_deposited:
            return self.deposit(DepositStep.CONCLUDED) is not None
        return all(map(self.signed_by, agreement.nodes))

    @property
    def exited(self) -> frozenset[str]:
        """Parties whose exit is deposited here."""
        exits = (line.said for line in self.deposits if line.said.step is DepositStep.EXITED)
        return frozenset(said.party for said in exits)

    @property
    def ends(self) -> tuple[Termination, ...]:
        """Every last day that it was given: by notice, by an exit, or of many by a party's word.

        Such a word counts from the conclusion on, in whichever order the two came.
        """
        if not self.leavings or self.deposit(DepositStep.CONCLUDED) is None:
            return self.terminations
        return (*self.terminations, *map(_end_of, self.leavings))

    @property
    def ended_on(self) -> date | None:
        """The last day that parties gave it, whatever its text says; None where none did."""
        return min((line.last_day for line in self.ends), default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grantable:
    """A clause of a known document that grants the powers that were looked for."""

    state: AgreementState
    document: Document
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Successor:
    """An agreement that names another as the one whose place it takes."""

    state: AgreementState
    document: Agreement

    @property
    def is_ready(self) -> bool:
        """Whether every party of it has signed, and published it where it has to."""
        concluded = self.state.is_concluded(self.document)
        return concluded and not self.state.unpublished(self.document)

    @property
    def takes_over(self) -> bool:
        """Whether it is ready, and was not ended before its first day."""
        return self.is_ready and not self.ended_unbegun

    @property
    def ended_unbegun(self) -> bool:
        """Whether parties gave it a last day before its first, so that it never takes effect."""
        ended = self.state.ended_on
        return ended is not None and ended < self.document.valid_from


# Without slots: what is kept of a property needs a place. A register looks at hundreds of pairs and
# needs no index of any.
@dataclass(frozen=True, kw_only=True)
class PairAgreements:
    """Everything in force, pending or past between two nodes at one point of their two logs.

    states: by document digest. documents: by digest, at least those of the states. successors: the
    agreements that take the place of one, by its digest. concluded: digests of agreements that
    every party has signed. indexed: gives what a document grants. Built by `pair_agreements`; look
    grants up, never iterate.
    """

    states: Mapping[str, AgreementState]
    documents: Mapping[str, Document]
    successors: Mapping[str, tuple[Successor, ...]] = field(repr=False)
    concluded: frozenset[str]
    indexed: Indexed = field(repr=False, compare=False)

    @cached_property
    def grants(self) -> Mapping[str, DocumentGrants]:
        """What each document that stands here grants, by digest, in the order of the states."""
        return {
            digest: self.indexed(digest, self.documents[digest])
            for digest in self.states
            if digest in self.documents
        }

    def granting(self, key: GrantKey, mode: Mode, powers: Sequence[Power]) -> Iterator[Grantable]:
        """Clauses that grant every one of these powers, document by document."""
        for digest, grants in self.grants.items():
            for clause, scope in grants.clauses.get(key, NOTHING).items():
                if scope.get(mode, NO_POWER).issuperset(powers):
                    yield Grantable(
                        state=self.states[digest], document=self.documents[digest], clause=clause
                    )

    def speaks_of(self, key: GrantKey) -> bool:
        """Whether any clause grants anything for this item in this direction."""
        return any(key in grants.clauses for grants in self.grants.values())

    @cached_property
    def has_lists(self) -> bool:
        """Whether a published list stands here."""
        return any(isinstance(each, Instrument) for each in self.documents.values())

    @cached_property
    def directions(self) -> frozenset[tuple[str, str]]:
        """(granter, grantee) of every grant of an agreement."""
        return frozenset(way for grants in self.grants.values() for way in grants.directions)

    def with_intakes(self, state: AgreementState) -> "PairAgreements":
        """The same with other counts of one document; what was looked up of grants stays."""
        moved = copy(self)
        vars(moved)["states"] = {**self.states, state.document: state}
        return moved


def pair_agreements(
    states: Iterable[AgreementState],
    documents: Mapping[str, Document],
    indexed: Indexed = grants_of,
) -> PairAgreements:
    """What stands between two nodes; a state without its document grants nothing."""
    by_digest = {state.document: state for state in states}
    return PairAgreements(
        states=by_digest,
        documents=documents,
        successors=_successors(by_digest, documents),
        concluded=frozenset(_concluded(by_digest, documents)),
        indexed=indexed,
    )


def _concluded(
    states: Mapping[str, AgreementState], documents: Mapping[str, Document]
) -> Iterator[str]:
    for digest, state in states.items():
        document = documents.get(digest)
        if isinstance(document, Agreement) and state.is_concluded(document):
            yield digest


def _successors(
    states: Mapping[str, AgreementState], documents: Mapping[str, Document]
) -> Mapping[str, tuple[Successor, ...]]:
    found: dict[str, tuple[Successor, ...]] = {}
    for digest, state in states.items():
        document = documents.get(digest)
        if isinstance(document, Agreement):
            line = Successor(state=state, document=document)
            for replaced in document.replaces:
                found[replaced] = (*found.get(replaced, ()), line)
    return found
