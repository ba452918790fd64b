"""Which content-addressed documents an entry cites; they travel beside it."""

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
    InstrumentCited,
)
from tongban.core.cases.events import CaseDispatched
from tongban.core.catalogues.events import CataloguePublished, RulePublished
from tongban.core.channel.events import KeyRotated
from tongban.core.entry import Event
from tongban.core.negotiations.events import NegotiationCountered, NegotiationProposed


def cited_documents(event: Event) -> tuple[str, ...]:
    """Digests of the documents that a reader needs to judge the event."""
    match event:
        case CaseDispatched():
            return (event.item_digest, event.process)
        case (
            AgreementOffered()
            | AgreementSigned()
            | AgreementSuspended()
            | AgreementResumed()
            | AgreementTerminated()
            | AgreementWithdrawn()
            | AgreementLeft()
            | AgreementDeposited()
            | AgreementPublished()
            | InstrumentCited()
        ):
            return (event.document,)
        case NegotiationProposed() | NegotiationCountered() | RulePublished():
            return (event.document,)
        case CataloguePublished():
            named = ((line.document, *line.processes) for line in event.published)
            return tuple(dict.fromkeys(digest for line in named for digest in line))
        case KeyRotated():
            return (event.descriptor,)
        case _:
            return ()
