"""Which of several texts stands in the place of the one they supersede (spec/agreements.md)."""

from datetime import date

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.state import PairAgreements, Successor


def is_replaced(pair: PairAgreements, digest: str, document: Agreement, day: date) -> bool:
    """Whether another text has taken its place by this day: one that names it, or a greater rival.

    document: one that all have signed, and published where they have to.
    """
    if any(_has_begun(each, day) for each in pair.successors.get(digest, ())):
        return True
    rank = _rank(digest, document)
    return any(
        _has_begun(each, day) and _rank(each.state.document, each.document) > rank
        for each in _rivals(pair, digest, document)
    )


def place_taken(pair: PairAgreements, digest: str, document: Agreement) -> str:
    """Digest of a concluded text that holds the place it would take by its first day; "" for none.

    Asked by who lays or signs it. Where two last signatures cross both texts are concluded, and
    `is_replaced` tells which of them stands.
    """
    holders = (
        each.state.document
        for each in _rivals(pair, digest, document)
        if each.state.is_concluded(each.document)
        and each.document.valid_from <= document.valid_from
    )
    return min(holders, default="")


def _rivals(pair: PairAgreements, digest: str, document: Agreement) -> tuple[Successor, ...]:
    """Other texts that name the same one; what supersedes nothing has none."""
    named = pair.successors.get(document.supersedes, ()) if document.supersedes else ()
    return tuple(each for each in named if each.state.document != digest)


def _has_begun(successor: Successor, day: date) -> bool:
    return successor.is_ready and day >= successor.document.valid_from


def _rank(digest: str, document: Agreement) -> tuple[date, str]:
    return document.valid_from, digest
