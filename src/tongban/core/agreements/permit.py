"""What both sides ask of every act on an agreement, so that they answer alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.core.agreements.deposits import is_founded, is_said_by
from tongban.core.agreements.document import Agreement, Document, Instrument
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
    DepositStep,
    InstrumentCited,
)
from tongban.core.agreements.refusals import AgreementGround, refuse
from tongban.core.agreements.signature import NoteVerifier, read_signature
from tongban.core.agreements.state import AgreementState
from tongban.core.china_time import china_day, days_after, read_day
from tongban.core.entry import Event
from tongban.core.refusal import Refusal

AgreementEvent = (
    AgreementOffered
    | AgreementSigned
    | AgreementSuspended
    | AgreementResumed
    | AgreementTerminated
    | AgreementWithdrawn
    | AgreementLeft
    | AgreementDeposited
    | AgreementPublished
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
    if state and state.is_laid_by(table.writer):
        return AgreementGround.ALREADY_OFFERED
    if _without_depositary(table.document, table):
        return AgreementGround.NOT_THE_DEPOSITARY
    return _stale(table) or _not_the_acceptor(table)


def _without_depositary(document: Agreement, table: Table) -> bool:
    """Whether neither of the two is the one that collects what parties say on this text."""
    return document.is_deposited and document.depositary not in {table.writer, table.reader}


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
    known = state is not None and state.is_laid_by(table.writer)
    return AgreementGround.ALREADY_OFFERED if known else None


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
    if no_place := _no_place(state, event.party, table.document, table):
        return no_place
    signed = read_signature(event.note, event.party, table.verify)
    if signed is None or (signed.document, signed.office) != (event.document, party.office.zh):
        return AgreementGround.SIGNATURE_INVALID
    return None


def _no_place(
    state: AgreementState, party: str, document: Agreement, table: Table
) -> AgreementGround | None:
    """Why no signature of this party may be brought by the writer now, whatever it says."""
    if _is_anothers(party, document, table):
        return AgreementGround.SIGNATURE_IS_ANOTHERS
    if state.signed_by(party):
        return AgreementGround.ALREADY_SIGNED
    if state.withdrawn:
        return AgreementGround.WITHDRAWN
    # What a party signed in time its depositary passes on later, too.
    own = party == table.writer
    if own and document.is_late_to_sign(china_day(table.at)):
        return AgreementGround.SIGNING_LAPSED
    return _stale(table)


def _is_anothers(party: str, document: Agreement, table: Table) -> bool:
    """Whether somebody brings a signature that only another may bring.

    Each party brings its own, and of many the depositary those of third parties. So nobody who
    holds a key that a party gave up long ago makes that party believe that it signed.
    """
    if party == table.writer:
        return False
    collected = document.is_deposited and document.depositary == table.writer
    return not collected or party == table.reader


def _withdraw(
    state: AgreementState | None, _event: AgreementWithdrawn, table: Table
) -> AgreementGround | None:
    """Before all have signed nobody is bound, so that either may go; then nobody signs any more."""
    document = table.document
    if not isinstance(document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    if document.is_deposited:
        return AgreementGround.LEAVE_BY_DEPOSITARY
    if state.is_concluded(document):
        return AgreementGround.ALREADY_CONCLUDED
    return AgreementGround.WITHDRAWN if state.withdrawn else None


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
    if document.is_deposited:
        return AgreementGround.LEAVE_BY_DEPOSITARY
    if not state.is_concluded(document):
        return AgreementGround.NOT_CONCLUDED
    earliest = days_after(china_day(table.at), document.notice_days)
    return _last_day(
        event.last_day, earliest, min(document.valid_until, state.ended_on or date.max)
    )


def _last_day(text: str, earliest: date, end: date) -> AgreementGround | None:
    """Whether a party may give this day as the last; end: the one that it has anyway."""
    last_day = read_day(text)
    if last_day is None:
        return AgreementGround.NOT_A_DAY
    if last_day >= end:
        return AgreementGround.ENDS_ANYWAY
    if last_day < earliest:
        return AgreementGround.NOTICE_TOO_SHORT
    return None


def _publish(
    state: AgreementState | None, event: AgreementPublished, table: Table
) -> AgreementGround | None:
    """A party speaks for itself, and either of two for a third, whose publication all can see."""
    document = table.document
    if not isinstance(document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    if event.party not in {duty.party for duty in document.publications}:
        return AgreementGround.NO_PUBLICATION_OWED
    if event.party == table.reader:
        return AgreementGround.PUBLICATION_IS_THEIRS
    if event.party not in state.unpublished(document):
        return AgreementGround.ALREADY_PUBLISHED
    if china_day(table.at) > document.valid_until:
        # It would take the place of what it follows, and carry nothing itself.
        return AgreementGround.EXPIRED
    day = read_day(event.published_on)
    if day is None or day > china_day(table.at):
        return AgreementGround.PUBLICATION_DAY_UNFIT
    return None


def _leave(
    state: AgreementState | None, event: AgreementLeft, table: Table
) -> AgreementGround | None:
    document = table.document
    if not isinstance(document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if state is None:
        return AgreementGround.NOT_OFFERED
    if not document.is_deposited:
        return AgreementGround.NO_DEPOSITARY
    if not state.is_concluded(document) and _without_depositary(document, table):
        return AgreementGround.NOT_THE_DEPOSITARY
    return _cannot_leave(state, event, document, table)


def _cannot_leave(
    state: AgreementState, event: AgreementLeft, document: Agreement, table: Table
) -> AgreementGround | None:
    """Before all have signed nobody is bound, so that no notice is asked for."""
    if state.withdrawn or any(line.by == table.writer for line in state.leavings):
        return AgreementGround.ALREADY_LEFT
    notice = document.notice_days if state.is_concluded(document) else 0
    earliest = days_after(china_day(table.at), notice)
    if unfit := _last_day(event.last_day, earliest, document.valid_until):
        return unfit
    said = is_said_by(document, event, table.writer, table.verify)
    return None if said else AgreementGround.SIGNATURE_INVALID


def _deposit(
    state: AgreementState | None, event: AgreementDeposited, table: Table
) -> AgreementGround | None:
    """The depositary's word stands by itself: who forwards it, and when, matters to nobody."""
    document = table.document
    if not isinstance(document, Agreement):
        return AgreementGround.NOT_AN_AGREEMENT
    if not document.is_deposited:
        return AgreementGround.NO_DEPOSITARY
    if {table.writer, table.reader} - document.nodes:
        return AgreementGround.NOT_A_PARTY
    if state and state.deposit(event.step, event.party):
        return AgreementGround.ALREADY_DEPOSITED
    if out_of_order := _out_of_order(state, event, document):
        return out_of_order
    if event.step is not DepositStep.CONCLUDED and read_day(event.last_day) is None:
        return AgreementGround.NOT_A_DAY
    exited = state.exited if state else frozenset()
    founded = is_founded(document, event, table.verify, exited)
    misquoted = founded and _misquotes(state, event, table)
    return None if founded and not misquoted else AgreementGround.DEPOSIT_INVALID


def _misquotes(state: AgreementState | None, event: AgreementDeposited, table: Table) -> bool:
    """Whether a conclusion encloses other words of the reader than it wrote to the depositary.

    Between these two both know them; what third parties wrote they take as the notes have it.
    """
    agreement = table.document
    if not isinstance(agreement, Agreement) or agreement.depositary != table.writer:
        return False
    written = {(line.party, line.note) for line in state.signatures} if state else set()
    enclosed = ((line.party, line.note) for line in event.enclosed if line.party == table.reader)
    concluding = event.step is DepositStep.CONCLUDED
    return concluding and any(line not in written for line in enclosed)


def _out_of_order(
    state: AgreementState | None, event: AgreementDeposited, document: Agreement
) -> AgreementGround | None:
    """A text is withdrawn or concluded, never both; only what is concluded is left by notice."""
    if event.step is DepositStep.CONCLUDED:
        return AgreementGround.WITHDRAWN if state and state.withdrawn else None
    if state is None:
        return AgreementGround.NOT_OFFERED
    concluded = state.is_concluded(document)
    if event.step is DepositStep.WITHDRAWN:
        return AgreementGround.ALREADY_CONCLUDED if concluded else None
    return None if concluded else AgreementGround.NOT_CONCLUDED


_RULES: Mapping[type[Event], Callable[..., AgreementGround | None]] = {
    AgreementOffered: _offer,
    InstrumentCited: _cite,
    AgreementSigned: _sign,
    AgreementSuspended: _suspend,
    AgreementResumed: _resume,
    AgreementTerminated: _terminate,
    AgreementWithdrawn: _withdraw,
    AgreementLeft: _leave,
    AgreementDeposited: _deposit,
    AgreementPublished: _publish,
}
