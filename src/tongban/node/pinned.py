"""Documents that entries and states name by digest, from the node's library."""

from collections.abc import Iterable

from tongban.core.agreements.document import Document
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.cases.process import Process
from tongban.core.cases.state import CaseState
from tongban.core.entry import Entry
from tongban.node.work import Work


def pinned_documents(work: Work, digests: Iterable[str]) -> dict[str, Document]:
    """Agreements and instruments by digest, those that are here."""
    found = {digest: work.kernel.library.agreement(work.connection, digest) for digest in digests}
    return {digest: document for digest, document in found.items() if document is not None}


def pinned_process(work: Work, state: CaseState | None, entry: Entry) -> Process | None:
    """The process that a case pins, or that the entry pins for it; None where it is not here."""
    event = entry.event
    digest = event.process if isinstance(event, CaseDispatched | CaseTakenIn) else None
    digest = digest or (state.process if state else None)
    return work.kernel.library.process(work.connection, digest) if digest else None
