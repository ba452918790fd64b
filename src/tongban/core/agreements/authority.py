"""Who may sign for a node: its legal representative, or who holds a written authorisation.

An authorisation (授权委托书) is a paper in the node's own files. What is kept of it is a record on
the home log: number, office, kinds of agreement, days; whose name it bears stays on the paper. No
partner sees it, so it decides what this node writes and never what it admits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.core.agreements.commands import Leave, Sign
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.entry import Actor, Event
from tongban.core.home.events import AuthorisationRecorded, AuthorisationRevoked
from tongban.core.refusal import Refusal

#: The role of an actor who stands for the office that the document names (法定代表人).
REPRESENTATIVE = "legal_representative"
#: As many different officers confirm before a node signs, where it is set so (双人复核).
CONFIRMING_OFFICERS = 2


class AgreementKind(StrEnum):
    """What an agreement does with powers, since not every office may give any away."""

    FRAMEWORK = "framework"
    DELEGATION = "delegation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Authorisation:
    """A written authorisation that this node keeps; both days included, in China time."""

    number: str
    office: str
    kinds: frozenset[AgreementKind]
    from_day: date
    until_day: date

    def in_force(self, day: date) -> bool:
        """Whether the day lies within it."""
        return self.from_day <= day <= self.until_day


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningRules:
    """By whom this node signs on a day in China.

    authorisations: those that were not revoked, by number. four_eyes: two officers confirm first.
    confirmed_by: numbers of the officers who confirmed this document.
    """

    day: date
    authorisations: Iterable[Authorisation] = ()
    four_eyes: bool = False
    confirmed_by: frozenset[str] = frozenset()

    @property
    def lacks_confirmation(self) -> bool:
        """Whether more officers have to confirm before this is signed."""
        return self.four_eyes and len(self.confirmed_by) < CONFIRMING_OFFICERS


def kind_of(agreement: Agreement) -> AgreementKind:
    """Whether any clause grants a power."""
    grants = any(clause.grants for clause in agreement.clauses)
    return AgreementKind.DELEGATION if grants else AgreementKind.FRAMEWORK


def signing_refusal(
    agreement: Agreement, command: Sign | Leave, rules: SigningRules
) -> Refusal | None:
    """Why whoever asks may not sign for this node now; None where he may."""
    ground = _standing(agreement, command, rules)
    if ground:
        return refuse(ground, command.authorisation)
    if rules.lacks_confirmation:
        return refuse(AgreementGround.SECOND_OFFICER_MISSING, command.document)
    return None


def confirming_refusal(document: str, actor: Actor, confirmed: frozenset[str]) -> Refusal | None:
    """Why an officer cannot confirm that a document be signed; None where he can."""
    if not actor.number:
        return refuse(AgreementGround.CONFIRMER_UNNAMED, document)
    if actor.number in confirmed:
        return refuse(AgreementGround.CONFIRMED_ALREADY, document)
    return None


def authorisations_in(events: Iterable[Event]) -> tuple[Authorisation, ...]:
    """What the home log says of written authorisations, oldest first, without those revoked."""
    known: dict[str, Authorisation] = {}
    for event in events:
        if isinstance(event, AuthorisationRecorded):
            known[event.number] = _read(event)
        elif isinstance(event, AuthorisationRevoked):
            known.pop(event.number, None)
    return tuple(known.values())


def _standing(
    agreement: Agreement, command: Sign | Leave, rules: SigningRules
) -> AgreementGround | None:
    if command.actor.role == REPRESENTATIVE:
        return None
    if not command.authorisation:
        return AgreementGround.SIGNER_WITHOUT_AUTHORITY
    papers = {paper.number: paper for paper in rules.authorisations}
    paper = papers.get(command.authorisation)
    if paper is None:
        return AgreementGround.AUTHORISATION_UNKNOWN
    if not paper.in_force(rules.day):
        return AgreementGround.AUTHORISATION_NOT_IN_FORCE
    if paper.office != command.actor.role or kind_of(agreement) not in paper.kinds:
        return AgreementGround.AUTHORISATION_NOT_FOR_THIS
    return None


def _read(event: AuthorisationRecorded) -> Authorisation:
    return Authorisation(
        number=event.number,
        office=event.office,
        kinds=frozenset(AgreementKind(kind) for kind in event.kinds),
        from_day=date.fromisoformat(event.from_day),
        until_day=date.fromisoformat(event.until_day),
    )
