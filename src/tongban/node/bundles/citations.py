"""Which documents an entry about a case rests on."""

from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.entry import Entry


def cited_by(entry: Entry) -> frozenset[str]:
    """Digests of its basis, and of the item and process that a case pins."""
    cited = {entry.basis.document} if entry.basis else set()
    if isinstance(entry.event, CaseDispatched | CaseTakenIn):
        cited |= {entry.event.item_digest, entry.event.process}
    return frozenset(digest for digest in cited if digest)
