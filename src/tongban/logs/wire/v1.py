"""Version 1 of the entry's bytes: I-JSON (RFC 7493) in the canonical form of RFC 8785.

Its form never changes again, so it shares no code that later needs could change.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from tongban.core.agreements import events as agreements
from tongban.core.blobs import events as blobs
from tongban.core.cases import events as cases
from tongban.core.catalogues import events as catalogues
from tongban.core.channel import events as channel
from tongban.core.entry import Actor, Basis, Commitment, Entry, Event, Seen, Subject
from tongban.core.home import events as home
from tongban.core.inquiries import events as inquiries
from tongban.core.negotiations import events as negotiations
from tongban.core.records import events as records
from tongban.logs.faults import EntryUnreadable, EntryUnwritable

ENTRY_BYTES_MAX = 65_535
#: RFC 7493 section 2.2: what every reader of JSON holds exactly.
INTEGER_MAX = 2**53 - 1
#: Between these, any instant can be moved by a day and by its offset.
YEAR_MIN, YEAR_MAX = 1900, 9998

EVENT_TYPES: Mapping[str, type[Event]] = {
    "agreement.offered": agreements.AgreementOffered,
    "agreement.signed": agreements.AgreementSigned,
    "agreement.suspended": agreements.AgreementSuspended,
    "agreement.resumed": agreements.AgreementResumed,
    "agreement.terminated": agreements.AgreementTerminated,
    "agreement.withdrawn": agreements.AgreementWithdrawn,
    "agreement.published": agreements.AgreementPublished,
    "agreement.left": agreements.AgreementLeft,
    "agreement.deposited": agreements.AgreementDeposited,
    "instrument.cited": agreements.InstrumentCited,
    "catalogue.published": catalogues.CataloguePublished,
    "standard.published": catalogues.StandardPublished,
    "mandate.published": catalogues.MandatePublished,
    "advice.published": catalogues.AdvicePublished,
    "negotiation.proposed": negotiations.NegotiationProposed,
    "negotiation.countered": negotiations.NegotiationCountered,
    "negotiation.commented": negotiations.NegotiationCommented,
    "negotiation.accepted": negotiations.NegotiationAccepted,
    "negotiation.rejected": negotiations.NegotiationRejected,
    "negotiation.withdrawn": negotiations.NegotiationWithdrawn,
    "inquiry.asked": inquiries.QuestionAsked,
    "inquiry.message_sent": inquiries.MessageSent,
    "inquiry.answered": inquiries.QuestionAnswered,
    "inquiry.one_off_decided": inquiries.OneOffDecided,
    "inquiry.answer_withdrawn": inquiries.AnswerWithdrawn,
    "inquiry.read": inquiries.InquiryRead,
    "inquiry.withdrawn": inquiries.QuestionWithdrawn,
    "record.acknowledged": records.RecordAcknowledged,
    "record.objection_withdrawn": records.ObjectionWithdrawn,
    "case.taken_in": cases.CaseTakenIn,
    "case.dispatched": cases.CaseDispatched,
    "case.opened": cases.CaseOpened,
    "case.accepted": cases.CaseAccepted,
    "case.not_accepted": cases.CaseNotAccepted,
    "case.deemed_accepted": cases.CaseDeemedAccepted,
    "deemed_acceptance.reversed": cases.DeemedAcceptanceReversed,
    "correction.notified": cases.CorrectionNotified,
    "correction.completed": cases.CorrectionCompleted,
    "step.reported": cases.StepReported,
    "case.decided": cases.CaseDecided,
    "result.delivered": cases.ResultDelivered,
    "case.rated": cases.CaseRated,
    "withdrawal.requested": cases.WithdrawalRequested,
    "handover.recalled": cases.HandoverRecalled,
    "case.withdrawn": cases.CaseWithdrawn,
    "blob.stored": blobs.BlobStored,
    "generation.opened": channel.GenerationOpened,
    "channel.key_rotated": channel.KeyRotated,
    "outcome.recorded": channel.OutcomeRecorded,
    "home.opened": home.HomeOpened,
    "home.key_rotated": home.HomeKeyRotated,
    "intent.recorded": home.IntentRecorded,
    "intent.settled": home.IntentSettled,
    "personal_data.read": home.PersonalDataRead,
    "body.erased": home.BodyErased,
    "channel.checkpointed": home.ChannelCheckpointed,
    "peer.paired": home.PeerPaired,
    "channel.closed": home.ChannelClosed,
    "misbehaviour.noticed": home.MisbehaviourNoticed,
    "outcome.disputed": home.OutcomeDisputed,
    "access.granted": home.AccessGranted,
    "items.published": home.ItemsPublished,
    "standard.issued": home.StandardIssued,
    "mandate.issued": home.MandateIssued,
    "advice.issued": home.AdviceIssued,
    "authorisation.recorded": home.AuthorisationRecorded,
    "authorisation.revoked": home.AuthorisationRevoked,
    "signing.confirmed": home.SigningConfirmed,
    "decision_power.recorded": home.DecisionPowerRecorded,
    "decision_power.revoked": home.DecisionPowerRevoked,
    "missing_power.reported": home.MissingPowerReported,
    "clock_skew.noticed": home.ClockSkewNoticed,
}
_TYPE_NAMES = {event_type: name for name, event_type in EVENT_TYPES.items()}


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    v: Literal[1]
    type: str
    id: str
    at: datetime
    actor: Actor
    subject: Subject
    event: msgspec.Raw
    basis: Basis | None = None
    commitments: tuple[Commitment, ...] = ()
    seen: Seen | None = None


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_EVENTS = {name: msgspec.json.Decoder(event_type) for name, event_type in EVENT_TYPES.items()}
_ENCODER = msgspec.json.Encoder(order="sorted")

_ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_IDENTIFIER = re.compile(r"[!-~]{1,200}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NONCHARACTER = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(p << 16 | 0xFFFE) + chr(p << 16 | 0xFFFF) for p in range(17))
    + "]"
)
#: The decoder quotes what it read, which may be anything; only the place is passed on.
_PLACE = re.compile(r" - at (`[$.\[\]a-z0-9_]+`)$")


def type_name(event: Event) -> str:
    """The event's name on the wire; raises EntryUnwritable."""
    try:
        return _TYPE_NAMES[type(event)]
    except KeyError:
        raise EntryUnwritable(f"{type(event).__name__} has no name in version 1") from None


def encode(entry: Entry) -> bytes:
    """The entry's one form; raises EntryUnwritable."""
    try:
        return _write(entry)
    except ValueError as error:
        raise EntryUnwritable(f"the {type_name(entry.event)} entry: {error}") from error


def decode(data: bytes) -> Entry:
    """The entry whose encoding is exactly these bytes; raises EntryUnreadable."""
    entry = read(data)
    try:
        again = _write(entry)
    except ValueError as error:
        raise EntryUnreadable(f"the {type_name(entry.event)} entry: {error}") from error
    if again != data:
        raise EntryUnreadable(f"the {type_name(entry.event)} entry is not in canonical form")
    return entry


def read(data: bytes) -> Entry:
    """What the bytes say, whatever their form; raises EntryUnreadable."""
    try:
        envelope = _ENVELOPE.decode(data)
        if envelope.type not in _EVENTS:
            raise EntryUnreadable("an entry of a type that version 1 does not have")
        event = _EVENTS[envelope.type].decode(envelope.event)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        where = place[1] if place else "the top"
        raise EntryUnreadable(f"the entry does not fit version 1 at {where}") from error
    return Entry(
        id=envelope.id,
        at=envelope.at,
        actor=envelope.actor,
        subject=envelope.subject,
        event=event,
        basis=envelope.basis,
        commitments=envelope.commitments,
        seen=envelope.seen,
    )


def _write(entry: Entry) -> bytes:
    name = type_name(entry.event)
    _check(entry)
    plain = msgspec.to_builtins(entry, builtin_types=(datetime,))
    plain.update(v=1, type=name)
    if not entry.commitments:
        del plain["commitments"]
    data = _ENCODER.encode(_object(plain))
    if len(data) > ENTRY_BYTES_MAX:
        raise ValueError(f"{len(data)} bytes are over {ENTRY_BYTES_MAX}; contents go into bodies")
    if not data.isascii() and _NONCHARACTER.search(data.decode()):
        raise ValueError("a string holds a code point that Unicode keeps out of interchange")
    return data


def _canonical(value: Any) -> Any:
    return value if isinstance(value, str) else _FORMS[type(value)](value)


def _object(plain: dict[str, Any]) -> dict[str, Any]:
    """Without absent fields; in its own place, since a million entries notice every copy."""
    absent = []
    for name, part in plain.items():
        if part is None:
            absent.append(name)
        elif not isinstance(part, str):
            plain[name] = _FORMS[type(part)](part)
    for name in absent:
        del plain[name]
    return plain


def _array(parts: Sequence[Any]) -> list[Any]:
    return [_canonical(part) for part in parts]


def _integer(value: int) -> int:
    if abs(value) > INTEGER_MAX:
        raise ValueError("an integer is beyond 2^53 - 1")
    return value


def _fraction(_value: float) -> Any:
    raise ValueError("an entry has no fractions")


def _same(value: Any) -> Any:
    return value


def _instant(value: datetime) -> str:
    offset = value.utcoffset()
    if offset is None:
        raise ValueError("an instant has no offset")
    if offset % timedelta(minutes=1) or value.microsecond % 1000:
        raise ValueError("an instant has milliseconds and an offset of whole minutes, no finer")
    if not YEAR_MIN <= value.year <= YEAR_MAX:
        raise ValueError(f"an instant lies outside the years {YEAR_MIN} to {YEAR_MAX}")
    return value.isoformat(timespec="milliseconds")


#: Every type that msgspec leaves in what it makes plain, but text, which stays as it is.
_FORMS: Mapping[type, Callable[[Any], Any]] = {
    dict: _object,
    list: _array,
    tuple: _array,
    datetime: _instant,
    int: _integer,
    float: _fraction,
    bool: _same,
    type(None): _same,
}


def _check(entry: Entry) -> None:
    if not _ID.fullmatch(entry.id):
        raise ValueError("the id is not 26 characters of Crockford base 32")
    _check_identifiers(entry)
    names = [commitment.name for commitment in entry.commitments]
    if len(set(names)) < len(names):
        raise ValueError("two commitments have one name")
    if not all(_DIGEST.fullmatch(commitment.digest) for commitment in entry.commitments):
        raise ValueError("a commitment's digest is not 64 lower-case hexadecimal digits")
    if any(commitment.size < 0 for commitment in entry.commitments):
        raise ValueError("a commitment's size is negative")
    files = [commitment.blob for commitment in entry.commitments if commitment.blob]
    if not all(_DIGEST.fullmatch(blob.root) and blob.size > 0 for blob in files):
        raise ValueError("a file is not named by a root of 64 hexadecimal digits and a size")
    if entry.seen and (entry.seen.generation < 0 or entry.seen.size < 0):
        raise ValueError("seen is negative")


def _check_identifiers(entry: Entry) -> None:
    for field, identifier in _identifiers(entry):
        if identifier is not None and not _IDENTIFIER.fullmatch(identifier):
            raise ValueError(f"{field} is not 1 to 200 printable ASCII characters")


def _identifiers(entry: Entry) -> Iterator[tuple[str, str | None]]:
    yield "actor.organisation", entry.actor.organisation
    yield "actor.role", entry.actor.role
    yield "actor.number", entry.actor.number
    yield "subject.id", entry.subject.id
    if entry.basis:
        yield "basis.document", entry.basis.document
        yield "basis.clause", entry.basis.clause
    for commitment in entry.commitments:
        yield "commitments.name", commitment.name
        yield "commitments.media", commitment.media
