"""Agreements and legal instruments as documents: what officials read is what software enforces.

A document's canonical bytes are what parties sign; its digest names it in every entry. Clauses
carry their words and, beside them, the part that is enforced (spec/agreements.md, "Document").
Whoever deals with documents finds here the names that nearly everybody needs.
"""

from collections.abc import Mapping
from typing import Any

from tongban.core import canonical
from tongban.core.agreements.agreement import Agreement, Consent, Level, PartyLine
from tongban.core.agreements.checks import check_agreement, check_instrument, check_new_agreement
from tongban.core.agreements.clauses import Clause, Grant, LegLimit, LiaisonOffice, RunOff
from tongban.core.agreements.instrument import Instrument, InstrumentClause
from tongban.core.document import parse_document
from tongban.core.faults import NotCanonical
from tongban.core.later import leave_out

__all__ = [
    "Agreement",
    "Clause",
    "Consent",
    "Document",
    "Grant",
    "Instrument",
    "InstrumentClause",
    "LegLimit",
    "Level",
    "LiaisonOffice",
    "PartyLine",
    "RunOff",
    "document_bytes",
    "document_digest",
    "parse_agreement",
    "parse_instrument",
    "read_document",
]

#: Either may be the document of a basis.
Document = Agreement | Instrument


def parse_agreement(mapping: Mapping[str, Any]) -> Agreement:
    """Read an agreement as its author wrote it; raises DocumentInvalid naming the field."""
    return check_new_agreement(parse_document(mapping, Agreement))


def parse_instrument(mapping: Mapping[str, Any]) -> Instrument:
    """Read an instrument as its author wrote it; raises DocumentInvalid naming the field."""
    return check_instrument(parse_document(mapping, Instrument))


def read_document(document: bytes) -> Document:
    """Read canonical bytes of either kind; raises NotCanonical or DocumentInvalid."""
    try:
        return check_agreement(canonical.decode(document, Agreement, document_bytes))
    except NotCanonical:
        return check_instrument(canonical.decode(document, Instrument, document_bytes))


def document_bytes(document: Document) -> bytes:
    """The canonical bytes that are signed and that travel."""
    return canonical.encode(leave_out(document))


def document_digest(document: Document) -> str:
    """What entries and bases name the document by."""
    return canonical.digest(document_bytes(document))
