"""Who may sign for a node: its legal representative, or who holds a written authorisation.

An authorisation (授权委托书) is a paper in the node's own files. What is kept of it is a record on
the home log: number, office, kinds of agreement, days, and the number of the officer whom it names;
the name stays on the paper, whose scan is a body. No partner sees it, so it decides what this node
writes and never what it admits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tongban.core.agreements.commands import BindingCommand, Leave, Sign, Terminate
from tongban.core.agreements.document import Agreement
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.entry import Actor, Event
from tongban.core.home.events import AuthorisationRecorded, AuthorisationRevoked, BindingAct
from tongban.core.refusal import Refusal

#: The role of an actor who stands for the office that the document names (法定代表人).
REPRESENTATIVE = "legal_representative"
#: Name of the body with the scan of an authorisation, and why it is looked at.
SCAN, SCAN_LOOKED_UP = "authorisation", "authorisation_lookup"
#: As many different officers confirm before a node signs, where it is set so (双人复核).
CONFIRMING_OFFICERS = 2
#: A confirmation counts so long; who waited longer looks at the text once more.
CONFIRMED_DAYS = 30
_ACTS: Mapping[type[BindingCommand], BindingAct] = {
    Sign: BindingAct.SIGN,
    Leave: BindingAct.LEAVE,
    Terminate: BindingAct.TERMINATE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolve:
    """What officers confirm: an act, and the last day that it gives, "" for a signature."""

    act: BindingAct
    last_day: str = ""


#: What the officers of a place confirm before it signs.
SIGNING = Resolve(act=BindingAct.SIGN)


class AgreementKind(StrEnum):
    """What an agreement does with powers, since not every office may give any away."""

    FRAMEWORK = "framework"
    DELEGATION = "delegation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Authorisation:
    """A written authorisation that this node keeps; both days included, in China time.

    holder: number of the officer whom it names, "" where it is anybody's in the office.
    """

    number: str
    office: str
    kinds: frozenset[AgreementKind]
    from_day: date
    until_day: date
    holder: str = ""

    def is_of(self, actor: Actor) -> bool:
        """Whether the actor is whom it names."""
        return self.office == actor.role and self.holder in {"", actor.number}

    def in_force(self, day: date) -> bool:
        """Whether the day lies within it."""
        return self.from_day <= day <= self.until_day


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningRules:
    """By whom this node signs on a day in China.

    authorisations: those that were not revoked, by number. four_eyes: two officers confirm first.
    confirmed: numbers of the officers who confirmed an act on this document of late.
    """

    day: date
    authorisations: Iterable[Authorisation] = ()
    four_eyes: bool = False
    confirmed: Mapping[Resolve, frozenset[str]] = field(default_factory=dict)

    def confirmed_by(self, resolve: Resolve) -> frozenset[str]:
        """Numbers of the officers who confirmed this."""
        return self.confirmed.get(resolve, frozenset())

    def lacking(self, resolve: Resolve) -> int:
        """How many officers have yet to confirm before the node does this."""
        confirmed = len(self.confirmed_by(resolve))
        return max(CONFIRMING_OFFICERS - confirmed, 0) if self.four_eyes else 0


def kind_of(agreement: Agreement) -> AgreementKind:
    """Whether any clause grants a power."""
    grants = any(clause.grants for clause in agreement.clauses)
    return AgreementKind.DELEGATION if grants else AgreementKind.FRAMEWORK


def signing_refusal(
    agreement: Agreement, command: BindingCommand, rules: SigningRules
) -> Refusal | None:
    """Why whoever asks may not bind or free this node now; None where he may."""
    ground = _standing(agreement, command, rules)
    if ground:
        return refuse(ground, command.authorisation)
    if rules.lacking(_resolve_of(command)):
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


def _resolve_of(command: BindingCommand) -> Resolve:
    last_day = "" if isinstance(command, Sign) else command.last_day.isoformat()
    return Resolve(act=_ACTS[type(command)], last_day=last_day)


def _standing(
    agreement: Agreement, command: BindingCommand, rules: SigningRules
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
    if not paper.is_of(command.actor) or kind_of(agreement) not in paper.kinds:
        return AgreementGround.AUTHORISATION_NOT_FOR_THIS
    return None


def _read(event: AuthorisationRecorded) -> Authorisation:
    return Authorisation(
        number=event.number,
        office=event.office,
        kinds=frozenset(AgreementKind(kind) for kind in event.kinds),
        from_day=date.fromisoformat(event.from_day),
        until_day=date.fromisoformat(event.until_day),
        holder=event.holder or "",
    )
