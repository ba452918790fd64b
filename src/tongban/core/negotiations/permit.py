"""What both sides ask of every act in a negotiation, so that they answer alike."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.refusals import refuse as refuse_document
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.refusals import refuse as refuse_field
from tongban.core.china_time import china_day
from tongban.core.entry import Event
from tongban.core.negotiations.events import (
    NegotiationAccepted,
    NegotiationCommented,
    NegotiationCountered,
    NegotiationProposed,
)
from tongban.core.negotiations.order import misplaced
from tongban.core.negotiations.refusals import NegotiationGround, refuse
from tongban.core.negotiations.state import Act, NegotiationState
from tongban.core.plain_codes import unfit_field
from tongban.core.refusal import Refusal

#: Name of the body that carries the words of a comment.
COMMENT = "comment"


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Who sits at it, when, and what is known there.

    at: the instant that decides about the answer-by day. documents: by digest. offered: digests of
    what lies between the two as agreements already. bodies: names of those that come with the act.
    """

    writer: str
    reader: str
    at: datetime
    documents: Mapping[str, Document]
    offered: frozenset[str]
    bodies: frozenset[str]


def permit(state: NegotiationState, event: Event, table: Table) -> Refusal | None:
    """Why this act is refused in this state, or None where it is not."""
    if not isinstance(event, Act):
        return refuse(NegotiationGround.UNKNOWN_NEGOTIATION_ACT, type(event).__name__)
    unfit = unfit_field(event)
    if unfit:
        return refuse_field(CaseGround.FIELD_UNFIT, unfit)
    ground = misplaced(state, event, table.writer)
    if ground:
        return refuse(ground, state.id)
    if state.lapsed(china_day(table.at)):
        return refuse(NegotiationGround.NEGOTIATION_LAPSED, state.id)
    checks = _CHECKS.get(type(event), ())
    return next((found for check in checks if (found := check(state, event, table))), None)


def _readable(
    _state: NegotiationState, event: NegotiationProposed | NegotiationCountered, table: Table
) -> Refusal | None:
    """A text that these two may talk over, and that is not laid before them for signature yet."""
    document = table.documents.get(event.document)
    if document is None:
        return refuse_document(AgreementGround.UNKNOWN_DOCUMENT, event.document)
    if not isinstance(document, Agreement):
        return refuse_document(AgreementGround.NOT_AN_AGREEMENT, event.document)
    if not _is_theirs(document, {table.writer, table.reader}):
        return refuse(NegotiationGround.PARTIES_DIFFER, event.document)
    if event.document in table.offered:
        return refuse_document(AgreementGround.ALREADY_OFFERED, event.document)
    if document.is_deposited:
        # Who joins knows nothing of the text whose place this one takes.
        return None
    if document.supersedes and document.supersedes not in table.offered:
        return refuse(NegotiationGround.AMENDED_UNKNOWN, document.supersedes)
    return None


def _is_theirs(document: Agreement, two: set[str]) -> bool:
    """Whether the text is between just these two, or one of many that its depositary talks over."""
    if document.is_deposited:
        return two <= document.nodes and document.depositary in two
    return document.nodes == two


def _timely(
    _state: NegotiationState, event: NegotiationProposed | NegotiationCountered, table: Table
) -> Refusal | None:
    if china_day(table.at) > date.fromisoformat(event.answer_by):
        return refuse(NegotiationGround.ANSWER_DAY_PAST, event.answer_by)
    return None


def _another(state: NegotiationState, event: NegotiationCountered, _table: Table) -> Refusal | None:
    if event.document == state.versions[-1].document:
        return refuse(NegotiationGround.SAME_VERSION, event.document)
    return None


def _on_a_clause(
    state: NegotiationState, event: NegotiationCommented, table: Table
) -> Refusal | None:
    document = table.documents.get(state.versions[event.version - 1].document)
    if document is None or document.clause(event.clause) is None:
        return refuse(NegotiationGround.UNKNOWN_CLAUSE, event.clause)
    if COMMENT not in table.bodies:
        return refuse(NegotiationGround.COMMENT_MISSING, event.clause)
    return None


def _the_one(state: NegotiationState, event: NegotiationAccepted, _table: Table) -> Refusal | None:
    if event.document != state.versions[-1].document:
        return refuse(NegotiationGround.NOT_ON_THE_TABLE, event.document)
    return None


_Check = Callable[..., Refusal | None]

_CHECKS: Mapping[type[Act], Iterable[_Check]] = {
    NegotiationProposed: (_readable, _timely),
    NegotiationCountered: (_readable, _timely, _another),
    NegotiationCommented: (_on_a_clause,),
    NegotiationAccepted: (_the_one,),
}
