"""What both sides ask of every act on an agreement, so that they answer alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tongban.core.agreements.document import Agreement, Document, Instrument
from tongban.core.agreements.events import (
    AgreementOffered,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    InstrumentCited,
)
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.signature import NoteVerifier, read_signature
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day, read_day
from tongban.core.entry import Event
from tongban.core.refusal import Refusal

AgreementEvent = (
    AgreementOffered
    | AgreementSigned
    | AgreementSuspended
    | AgreementResumed
    | AgreementTerminated
    | InstrumentCited
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Who sits at it, and what lies on it: the document where it is known.

    at: the instant of receipt; while a writer decides, its own.
    accepted_by: who accepted the document in a negotiation, empty where nobody did; None where it
    was never negotiated, so that whoever wants may offer it.
    """

    writer: str
    reader: str
    document: Document | None
    verify: NoteVerifier
    at: datetime
    accepted_by: frozenset[str] | None = None


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
    if state:
        return AgreementGround.ALREADY_OFFERED
    return _stale(table) or _not_the_acceptor(table)


def _stale(table: Table) -> AgreementGround | None:
    """What lay on a table is signed only once it was accepted there."""
    negotiated = table.accepted_by is not None
    return AgreementGround.STALE_VERSION if negotiated and not table.accepted_by else None


def _not_the_acceptor(table: Table) -> AgreementGround | None:
    """One party alone lays an agreed text before the other, so that two offers never cross."""
    if table.accepted_by is None or table.writer in table.accepted_by:
        return None
    return AgreementGround.OFFER_IS_THE_ACCEPTORS


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
    if stale := _stale(table):
        return stale
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
    own = state.stopped_by(writer)
    if any(not stop.items and not stop.lifts for stop in own):
        return True
    return bool(event.items) and all(any(stop.stops(i) for stop in own) for i in event.items)


def _resume(
    state: AgreementState | None, event: AgreementResumed, table: Table
) -> AgreementGround | None:
    if not isinstance(table.document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    own = state.stopped_by(table.writer)
    if not own or any(not any(stop.stops(item) for stop in own) for item in event.items):
        return AgreementGround.NOT_SUSPENDED
    return None


def _terminate(
    state: AgreementState | None, event: AgreementTerminated, table: Table
) -> AgreementGround | None:
    document = table.document
    if not isinstance(document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    if not all(state.signed_by(node) for node in document.nodes):
        return AgreementGround.NOT_CONCLUDED
    last_day = read_day(event.last_day)
    if last_day is None:
        return AgreementGround.NOT_A_DAY
    if last_day >= min(document.valid_until, state.ended_on or document.valid_until):
        return AgreementGround.ENDS_ANYWAY
    if last_day < china_day(table.at) + timedelta(days=document.notice_days):
        return AgreementGround.NOTICE_TOO_SHORT
    return None


_RULES: Mapping[type[Event], Callable[..., AgreementGround | None]] = {
    AgreementOffered: _offer,
    InstrumentCited: _cite,
    AgreementSigned: _sign,
    AgreementSuspended: _suspend,
    AgreementResumed: _resume,
    AgreementTerminated: _terminate,
}
