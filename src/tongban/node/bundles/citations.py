"""Which documents an entry about a case rests on, and reading them."""

from collections.abc import Iterable, Iterator

from tongban.core.agreements.document import Agreement, Document, read_document
from tongban.core.agreements.events import AgreementDeposited, AgreementSigned, PartyNote
from tongban.core.cases.events import CaseDispatched, CaseTakenIn
from tongban.core.entry import Entry, Event
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


def signatories(documents: Iterable[Document | None]) -> frozenset[str]:
    """The parties of all agreements among these, whose signatures what rests on them needs."""
    agreements = (each for each in documents if isinstance(each, Agreement))
    return frozenset(node for each in agreements for node in each.nodes)


def signatures_in(event: Event) -> Iterator[PartyNote]:
    """Signatures of parties, brought one by one or all at once by a depositary's word."""
    if isinstance(event, AgreementSigned):
        yield PartyNote(party=event.party, note=event.note)
    elif isinstance(event, AgreementDeposited):
        yield from event.enclosed
