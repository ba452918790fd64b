"""Which documents an entry about a case rests on, and reading them."""

from tongban.core.agreements.document import Document, read_document
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.entry import Entry
from tongban.core.faults import CoreFault


def cited_by(entry: Entry) -> frozenset[str]:
    """Digests of its basis, and of the item and process that a case pins."""
    cited = {entry.basis.document} if entry.basis else set()
    if isinstance(entry.event, CaseDispatched | CaseTakenIn):
        cited |= {entry.event.item_digest, entry.event.process}
    return frozenset(digest for digest in cited if digest)


def basis_document(data: bytes) -> Document | None:
    """The agreement or instrument; None where the bytes are an item, a process or no document."""
    try:
        return read_document(data)
    except CoreFault:
        return None
