"""Answering what officials ask on an agreement: one event, or a Refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.authority import SigningRules, signing_refusal
from tongban.core.agreements.commands import (
    AgreementCommand,
    BindingCommand,
    Cite,
    Deposit,
    ForwardSignature,
    Leave,
    Offer,
    RecordPublication,
    Resume,
    Sign,
    Suspend,
    Terminate,
    Withdraw,
)
from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementOffered,
    AgreementPublished,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementWithdrawn,
    InstrumentCited,
)
from tongban.core.agreements.permit import Table, permit
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.signature import NoteVerifier
from tongban.core.agreements.state import AgreementState
from tongban.core.decided import Decided
from tongban.core.entry import Event
from tongban.core.refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementContext:
    """party: this node. peer: the partner. documents: those this node can read, by digest.

    accepted_by: of the document in negotiations (`Table`). signing: by whom this node signs.
    place_taken: digest of the text that already replaces what this one supersedes, "" for none.
    """

    party: str
    peer: str
    documents: Mapping[str, Document]
    verify: NoteVerifier
    now: datetime
    signing: SigningRules
    accepted_by: frozenset[str] | None = None
    place_taken: str = ""


def decide(
    state: AgreementState | None, command: AgreementCommand, context: AgreementContext
) -> tuple[Decided, ...] | Refusal:
    """The one event for the channel to the peer, or why not."""
    event = _EVENTS[type(command)](command)
    table = Table(
        writer=context.party,
        reader=context.peer,
        document=context.documents.get(command.document),
        verify=context.verify,
        at=context.now,
        accepted_by=context.accepted_by,
    )
    refusal = (
        permit(state, command.document, event, table)
        or _laid_already(state, command)
        or _place_taken(command, context)
        or _unauthorised(command, context)
    )
    names = tuple(body.name for body in command.bodies)
    return refusal or (Decided(event=event, bodies=names),)


def _laid_already(state: AgreementState | None, command: AgreementCommand) -> Refusal | None:
    """Asked by the writer alone: what the other laid here meanwhile may cross, and counts then."""
    if state is None or not isinstance(command, Offer | Cite):
        return None
    return refuse(AgreementGround.ALREADY_OFFERED, command.document)


def _place_taken(command: AgreementCommand, context: AgreementContext) -> Refusal | None:
    """Asked by the writer alone: last signatures of two rivals may cross, and one stands then."""
    if not context.place_taken or not isinstance(command, Offer | Sign):
        return None
    return refuse(AgreementGround.PLACE_TAKEN, context.place_taken)


def _unauthorised(command: AgreementCommand, context: AgreementContext) -> Refusal | None:
    """A signature that is only passed on was given under its own party's rules."""
    document = context.documents.get(command.document)
    if not isinstance(command, BindingCommand) or not isinstance(document, Agreement):
        return None
    return signing_refusal(document, command, context.signing)


def _offered(command: Offer) -> AgreementOffered:
    return AgreementOffered(document=command.document)


def _signed(command: Sign | ForwardSignature) -> AgreementSigned:
    return AgreementSigned(document=command.document, party=command.party, note=command.note)


def _suspended(command: Suspend) -> AgreementSuspended:
    return AgreementSuspended(document=command.document, ground=command.ground, items=command.items)


def _resumed(command: Resume) -> AgreementResumed:
    return AgreementResumed(document=command.document, items=command.items)


def _terminated(command: Terminate) -> AgreementTerminated:
    return AgreementTerminated(
        document=command.document, ground=command.ground, last_day=command.last_day.isoformat()
    )


def _withdrawn(command: Withdraw) -> AgreementWithdrawn:
    return AgreementWithdrawn(document=command.document, ground=command.ground)


def _left(command: Leave) -> AgreementLeft:
    return AgreementLeft(
        document=command.document,
        last_day=command.last_day.isoformat(),
        ground=command.ground,
        note=command.note,
    )


def _deposited(command: Deposit) -> AgreementDeposited:
    return command.said


def _published(command: RecordPublication) -> AgreementPublished:
    return AgreementPublished(
        document=command.document,
        party=command.party,
        published_on=command.published_on.isoformat(),
    )


def _cited(command: Cite) -> InstrumentCited:
    return InstrumentCited(document=command.document)


_EVENTS: Mapping[type[AgreementCommand], Callable[..., Event]] = {
    Offer: _offered,
    Sign: _signed,
    Suspend: _suspended,
    Resume: _resumed,
    Terminate: _terminated,
    Withdraw: _withdrawn,
    Cite: _cited,
    RecordPublication: _published,
    ForwardSignature: _signed,
    Leave: _left,
    Deposit: _deposited,
}
