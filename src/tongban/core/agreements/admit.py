"""The receiver's decision on an entry about an agreement; the sender recomputes it."""

from collections.abc import Mapping
from datetime import datetime

from tongban.core.agreements.document import Document
from tongban.core.agreements.permit import Table, permit
from tongban.core.agreements.signature import NoteVerifier
from tongban.core.agreements.state import AgreementState
from tongban.core.entry import Entry
from tongban.core.refusal import Refusal


def admit(
    state: AgreementState | None,
    entry: Entry,
    *,
    writer: str,
    receiver: str,
    documents: Mapping[str, Document],
    verify: NoteVerifier,
    at: datetime,
    accepted_by: frozenset[str] | None = None,
) -> Refusal | None:
    """None where the entry takes effect.

    at: the instant of receipt. documents: those that travelled with this push or an earlier one, by
    digest; what else the receiver happens to have must not be among them, since the sender could
    not recompute it. accepted_by: of the document in negotiations, as far as that took effect.
    """
    digest = entry.subject.id
    table = Table(
        writer=writer,
        reader=receiver,
        document=documents.get(digest),
        verify=verify,
        at=at,
        accepted_by=accepted_by,
    )
    return permit(state, digest, entry.event, table)
