"""Codes and numbers that entries may carry for ever; anything that could be prose is not one.

An entry cannot be erased, so no name, telephone or identity number may get into its fields
(spec/entries.md, "No personal data").
"""

import re
from collections.abc import Iterable
from functools import singledispatch

from tongban.core.agreements.events import (
    AgreementDeposited,
    AgreementLeft,
    AgreementPublished,
    AgreementSuspended,
    AgreementTerminated,
    AgreementWithdrawn,
)
from tongban.core.cases.events import (
    CaseAccepted,
    CaseDecided,
    CaseDispatched,
    CaseNotAccepted,
    CorrectionCompleted,
    CorrectionLine,
    CorrectionNotified,
    ResultDelivered,
)
from tongban.core.catalogues.events import RulePublished
from tongban.core.china_time import read_day
from tongban.core.entry import Event, Subject, SubjectKind
from tongban.core.inquiries.events import (
    AnswerWithdrawn,
    InquiryRead,
    OneOffDecided,
    QuestionAnswered,
    QuestionAsked,
)
from tongban.core.negotiations.events import (
    NegotiationCommented,
    NegotiationCountered,
    NegotiationProposed,
    NegotiationRejected,
)
from tongban.core.records.events import ObjectionWithdrawn, RecordAcknowledged

#: Names of fields, and whether each fits.
Fields = Iterable[tuple[str, bool]]

#: A number of our own or a carrier's: letters, digits and separators.
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
#: 发文字号, such as 合市监受〔2026〕12号.
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,12}〔[0-9]{4}〕 ?第?[0-9]{1,8} ?号")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")
#: 环节 of an authority's own system; what it is called stands in the process, which declares it.
_STEP = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_STEP_LENGTH_MAX = 40
#: What a keeper can have recorded something about.
_RECORDED = frozenset(
    {
        SubjectKind.CASE,
        SubjectKind.AGREEMENT,
        SubjectKind.CATALOGUE,
        SubjectKind.NEGOTIATION,
        SubjectKind.INQUIRY,
    }
)
_OBJECTIONS_MAX = 100
_DOCUMENT_NAME = re.compile(r"sha256:[0-9a-f]{64}")
_ENTRY = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
#: 17 digits and a check character make an identity number (GB 11643), 11 digits a telephone's.
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_TELEPHONE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def is_number(text: str) -> bool:
    """Whether the text is a document's or a postal item's number, and cannot be a person's."""
    shaped = _NUMBER.fullmatch(text) or _DOCUMENT.fullmatch(text)
    return bool(shaped) and not _hides_a_person(text)


def is_code(text: str) -> bool:
    """Whether the text is a code of letters, digits and separators, and cannot be a person's."""
    return bool(_CODE.fullmatch(text)) and not _hides_a_person(text)


def is_step(text: str) -> bool:
    """Whether the text has the form of a step's code, such as site_inspection."""
    shaped = len(text) <= _STEP_LENGTH_MAX and _STEP.fullmatch(text)
    return bool(shaped) and not _hides_a_person(text)


def unfit_field(event: Event) -> str:
    """The first field of the event that carries something else than a code or number; or ""."""
    return next((name for name, fits in _fields(event) if not fits), "")


def _hides_a_person(text: str) -> bool:
    return bool(_IDENTITY.search(text) or _TELEPHONE.search(text))


@singledispatch
def _fields(_event: Event) -> Fields:
    """Names of fields and whether each fits; asked of every entry, so by its kind at once."""
    return ()


@_fields.register
def _(event: CaseAccepted) -> Fields:
    yield "number", not event.number or is_number(event.number)


@_fields.register
def _(event: CaseDecided) -> Fields:
    yield "result_number", not event.result_number or is_number(event.result_number)
    yield "ground", not event.ground or is_code(event.ground)


@_fields.register
def _(event: CaseNotAccepted | AgreementDeposited) -> Fields:
    yield "ground", not event.ground or is_code(event.ground)


@_fields.register
def _(event: CorrectionNotified) -> Fields:
    yield "lines", _are_codes(event.lines)


@_fields.register
def _(event: CorrectionCompleted) -> Fields:
    yield "materials", all(is_code(line.code) for line in event.materials)


@_fields.register
def _(event: CaseDispatched) -> Fields:
    told = event.intake.on_behalf.told if event.intake.on_behalf else None
    if told is not None:
        yield "lines", _are_codes(told.lines)
        yield "materials", all(is_code(line.code) for line in told.materials)


@_fields.register
def _(event: ResultDelivered) -> Fields:
    yield "tracking", not event.tracking or is_number(event.tracking)


@_fields.register
def _(event: NegotiationProposed | NegotiationCountered) -> Fields:
    yield "answer_by", read_day(event.answer_by) is not None


@_fields.register
def _(event: AgreementPublished) -> Fields:
    yield "published_on", read_day(event.published_on) is not None


@_fields.register
def _(event: NegotiationCommented) -> Fields:
    yield "clause", is_code(event.clause)


@_fields.register
def _(event: RulePublished) -> Fields:
    yield "number", is_number(event.number)


@_fields.register
def _(
    event: NegotiationRejected
    | AgreementSuspended
    | AgreementTerminated
    | AgreementWithdrawn
    | AgreementLeft,
) -> Fields:
    yield "ground", is_code(event.ground)


@_fields.register
def _(event: QuestionAsked) -> Fields:
    # An item's code may look like an identity number; the node asks for a published one.
    # A question about an agreement as a whole names no item.
    unnamed = not event.item and bool(event.agreement)
    yield "item", unnamed or bool(_CODE.fullmatch(event.item))
    yield "case", not event.case or is_code(event.case)
    yield "agreement", not event.agreement or _is_document(event.agreement)
    yield "reports", not event.reports or is_step(event.reports)


@_fields.register
def _(event: QuestionAnswered) -> Fields:
    yield "from_day", read_day(event.from_day) is not None
    yield "topic", not event.topic or is_step(event.topic)
    yield "replaces", not event.replaces or _is_entry(event.replaces)


@_fields.register
def _(event: OneOffDecided) -> Fields:
    yield "authority", is_number(event.authority)
    yield "topic", not event.topic or is_step(event.topic)


@_fields.register
def _(event: AnswerWithdrawn) -> Fields:
    yield "answer", _is_entry(event.answer)
    yield "ground", is_code(event.ground)


@_fields.register
def _(event: InquiryRead) -> Fields:
    yield "until", _is_entry(event.until)


@_fields.register
def _(event: RecordAcknowledged) -> Fields:
    yield "about", _is_recorded(event.about)
    yield "until", _is_entry(event.until)
    fits = all(_is_entry(each.entry) for each in event.objections)
    yield "objections", fits and len(event.objections) <= _OBJECTIONS_MAX


@_fields.register
def _(event: ObjectionWithdrawn) -> Fields:
    yield "entry", _is_entry(event.entry)


def _are_codes(lines: Iterable[CorrectionLine]) -> bool:
    return all(is_code(line.code) and is_code(line.defect) for line in lines)


def _is_recorded(subject: Subject) -> bool:
    """A subject as the entries about it name it: a document, or a code."""
    named = _is_document(subject.id) or is_code(subject.id)
    return subject.kind in _RECORDED and named


def _is_document(text: str) -> bool:
    return bool(_DOCUMENT_NAME.fullmatch(text))


def _is_entry(text: str) -> bool:
    return bool(_ENTRY.fullmatch(text))
