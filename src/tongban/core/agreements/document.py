"""Agreements and legal instruments as documents: what officials read is what software enforces.

A document's canonical bytes are what parties sign; its digest names it in every entry. Clauses
carry their words and, beside them, the part that is enforced (spec/agreements.md, "Document").
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.core import canonical
from tongban.core.cases.events import Mode
from tongban.core.cases.process import LegKind, Power
from tongban.core.document import parse_document
from tongban.core.faults import DocumentInvalid, NotCanonical
from tongban.core.items.codes import (
    is_code,
    is_credit_code,
    is_implementation_code,
    is_place_code,
    owner_of,
)
from tongban.core.later import later, leave_out
from tongban.core.words import Words


class Level(StrEnum):
    """How high a party stands; equals sign with equals."""

    STATE = "state"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    DISTRICT = "district"


class RunOff(StrEnum):
    """What becomes of cases under way when the agreement ends or is suspended."""

    FINISH = "finish"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyLine:
    """One party: its node, place, level, and the office whose holder signs (no person's name)."""

    node: str
    place: str
    name: Words
    level: Level
    office: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """Enforced: the granter lets the grantee use these powers for these items in these modes.

    granter, grantee: node names. items: implementation codes of the granter's own authorities.
    """

    granter: str
    grantee: str
    items: tuple[str, ...]
    modes: tuple[Mode, ...]
    powers: tuple[Power, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegLimit:
    """Promised working days for one leg of a case (时限)."""

    leg: LegKind
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LiaisonOffice:
    """Whom to call (联络员): an office and its phone, never a person."""

    node: str
    office: Words
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One clause: number such as "2.1", words, and beside them what the software enforces.

    A clause without grants or run_off is words between people, and screens say so.
    """

    number: str
    title: Words
    text: Words
    grants: tuple[Grant, ...] = ()
    limits: tuple[LegLimit, ...] = ()
    liaison: tuple[LiaisonOffice, ...] = ()
    run_off: RunOff | None = None

    @property
    def enforced(self) -> bool:
        """Whether the software acts on this clause by itself."""
        return bool(self.grants) or self.run_off is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """The 实施主体 that owns the items agrees that the granter's government opens them.

    organisation: its 统一社会信用代码. granter: the node under which it stands.
    """

    organisation: str
    name: Words
    granter: str
    items: tuple[str, ...]
    given_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """通办合作协议; valid from the first to the last day, both included, in China time.

    supersedes: digest of the agreement whose place it takes from its first day, "" for none.
    notice_days: calendar days between the word of a party that ends it and the last day.
    """

    number: str
    version: int
    title: Words
    parties: tuple[PartyLine, ...]
    valid_from: date
    valid_until: date
    clauses: tuple[Clause, ...]
    consents: tuple[Consent, ...]
    illustrative: bool = False
    supersedes: str = later("")
    notice_days: int = later(0)

    @property
    def run_off(self) -> RunOff:
        """The rule for cases under way; they finish where no clause says otherwise."""
        return next((clause.run_off for clause in self.clauses if clause.run_off), RunOff.FINISH)

    @property
    def nodes(self) -> frozenset[str]:
        """Node names of the parties."""
        return frozenset(party.node for party in self.parties)

    def party(self, node: str) -> PartyLine | None:
        """The party that this node stands for."""
        return next((party for party in self.parties if party.node == node), None)

    def clause(self, number: str) -> Clause | None:
        """The clause with this number."""
        return next((clause for clause in self.clauses if clause.number == number), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentClause:
    """What a published instrument lets every place do for every other.

    catalogue_codes: 基本编码 of 12 digits, the end of each implementation code it covers.
    """

    number: str
    title: Words
    text: Words
    catalogue_codes: tuple[str, ...]
    modes: tuple[Mode, ...]
    powers: tuple[Power, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """A published legal instrument such as a national list; it binds without an agreement."""

    number: str
    title: Words
    issuer: Words
    published_on: date
    valid_from: date
    clauses: tuple[InstrumentClause, ...]
    valid_until: date | None = None
    illustrative: bool = False

    def clause(self, number: str) -> InstrumentClause | None:
        """The clause with this number."""
        return next((clause for clause in self.clauses if clause.number == number), None)


#: Either may be the document of a basis.
Document = Agreement | Instrument


def parse_agreement(mapping: Mapping[str, Any]) -> Agreement:
    """Read an agreement as its author wrote it; raises DocumentInvalid naming the field."""
    return check_agreement(parse_document(mapping, Agreement))


def parse_instrument(mapping: Mapping[str, Any]) -> Instrument:
    """Read an instrument as its author wrote it; raises DocumentInvalid naming the field."""
    return check_instrument(parse_document(mapping, Instrument))


def read_document(document: bytes) -> Document:
    """Read canonical bytes of either kind; raises NotCanonical or DocumentInvalid."""
    try:
        return check_agreement(canonical.decode(document, Agreement, write=document_bytes))
    except NotCanonical:
        return check_instrument(canonical.decode(document, Instrument))


def document_bytes(document: Document) -> bytes:
    """The canonical bytes that are signed and that travel."""
    return canonical.encode(leave_out(document))


def document_digest(document: Document) -> str:
    """What entries and bases name the document by."""
    return canonical.digest(document_bytes(document))


def check_agreement(agreement: Agreement) -> Agreement:
    """The same agreement, when its parts fit each other; raises DocumentInvalid."""
    if len(agreement.nodes) < 2 or len(agreement.nodes) != len(agreement.parties):  # noqa: PLR2004
        raise DocumentInvalid("parties", "an agreement has two or more different parties")
    if agreement.valid_until < agreement.valid_from:
        raise DocumentInvalid("valid_until", "the last day lies before the first")
    if agreement.supersedes and not canonical.is_digest(agreement.supersedes):
        raise DocumentInvalid("supersedes", "not the digest of an agreement")
    if agreement.notice_days < 0:
        raise DocumentInvalid("notice_days", "a notice is no less than 0 days")
    for index, party in enumerate(agreement.parties):
        if not is_place_code(party.place):
            raise DocumentInvalid(f"parties[{index}].place", "not a place code of 6 digits")
    _check_numbers([clause.number for clause in agreement.clauses])
    _check_consents(agreement)
    for where, grant in _grants(agreement):
        _check_grant(agreement, grant, where)
    return agreement


def check_instrument(instrument: Instrument) -> Instrument:
    """The same instrument, when its parts fit each other; raises DocumentInvalid."""
    _check_numbers([clause.number for clause in instrument.clauses])
    return instrument


def _grants(agreement: Agreement) -> Iterator[tuple[str, Grant]]:
    for first, clause in enumerate(agreement.clauses):
        for second, grant in enumerate(clause.grants):
            yield f"clauses[{first}].grants[{second}]", grant


def _check_numbers(numbers: list[str]) -> None:
    for number, times in Counter(numbers).items():
        if times > 1:
            raise DocumentInvalid("clauses", f"the number {number} appears {times} times")
        if not is_code(number):
            raise DocumentInvalid("clauses", f"the number {number} is not printable ASCII")


def _check_consents(agreement: Agreement) -> None:
    for index, consent in enumerate(agreement.consents):
        where = f"consents[{index}]"
        if consent.granter not in agreement.nodes:
            raise DocumentInvalid(f"{where}.granter", "not a party")
        if not is_credit_code(consent.organisation):
            raise DocumentInvalid(f"{where}.organisation", "the check character does not fit")
        for item in consent.items:
            if not is_implementation_code(item) or owner_of(item) != consent.organisation:
                raise DocumentInvalid(f"{where}.items", f"{item} is not the organisation's own")


def _check_grant(agreement: Agreement, grant: Grant, where: str) -> None:
    if grant.granter == grant.grantee or {grant.granter, grant.grantee} - agreement.nodes:
        raise DocumentInvalid(where, "granter and grantee are two different parties")
    consented = {
        item
        for consent in agreement.consents
        if consent.granter == grant.granter
        for item in consent.items
    }
    for item in grant.items:
        if item not in consented:
            raise DocumentInvalid(f"{where}.items", f"the owner of {item} has not consented")
