"""What both sides ask of every act on an agreement, so that they answer alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tongban.core.agreements.document import Agreement, Document, Instrument
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementSigned,
    AgreementSuspended,
    InstrumentCited,
)
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.signature import NoteVerifier, read_signature
from tongban.core.agreements.state import AgreementState
from tongban.core.entry import Event
from tongban.core.refusal import Refusal

AgreementEvent = AgreementOffered | AgreementSigned | AgreementSuspended | InstrumentCited


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Who sits at it, and what lies on it: the document where it is known."""

    writer: str
    reader: str
    document: Document | None
    verify: NoteVerifier


def permit(state: AgreementState | None, digest: str, event: Event, table: Table) -> Refusal | None:
    """Why this act on the document with this digest is refused, or None where it is not."""
    if not isinstance(event, AgreementEvent) or event.document != digest or not table.document:
        return refuse(AgreementGround.UNKNOWN_DOCUMENT, digest)
    ground = _RULES[type(event)](state, event, table)
    return refuse(ground, digest) if ground else None


def _offer(
    state: AgreementState | None, _event: AgreementOffered, table: Table
) -> AgreementGround | None:
    if not isinstance(table.document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if {table.writer, table.reader} - table.document.nodes:
        return AgreementGround.NOT_A_PARTY
    return AgreementGround.ALREADY_OFFERED if state else None


def _cite(
    state: AgreementState | None, _event: InstrumentCited, table: Table
) -> AgreementGround | None:
    if not isinstance(table.document, Instrument):
        return AgreementGround.NOT_AN_INSTRUMENT
    return AgreementGround.ALREADY_OFFERED if state else None


def _sign(
    state: AgreementState | None, event: AgreementSigned, table: Table
) -> AgreementGround | None:
    if not isinstance(table.document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    party = table.document.party(event.party)
    if party is None:
        return AgreementGround.NOT_A_PARTY
    if state.signed_by(event.party):
        return AgreementGround.ALREADY_SIGNED
    signed = read_signature(event.note, event.party, table.verify)
    if signed is None or (signed.document, signed.office) != (event.document, party.office.zh):
        return AgreementGround.SIGNATURE_INVALID
    return None


def _suspend(
    state: AgreementState | None, event: AgreementSuspended, table: Table
) -> AgreementGround | None:
    if not isinstance(table.document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    granted = {item for consent in table.document.consents for item in consent.items}
    if set(event.items) - granted:
        return AgreementGround.ITEM_NOT_IN_AGREEMENT
    if _stopped_already(state, event, table.writer):
        return AgreementGround.ALREADY_SUSPENDED
    return None


def _stopped_already(state: AgreementState, event: AgreementSuspended, writer: str) -> bool:
    """Whether this same party already stopped everything that it asks to stop."""
    own = [stop for stop in state.suspensions if stop.by == writer]
    if any(not stop.items for stop in own):
        return True
    stopped = {item for stop in own for item in stop.items}
    return bool(event.items) and set(event.items) <= stopped


_RULES: Mapping[type[Event], Callable[..., AgreementGround | None]] = {
    AgreementOffered: _offer,
    InstrumentCited: _cite,
    AgreementSigned: _sign,
    AgreementSuspended: _suspend,
}
