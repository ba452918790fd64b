"""Which of several texts stands in the place of the one they supersede (spec/agreements.md)."""

from collections.abc import Iterator
from datetime import date

from tongban.core.agreements.agreement import Agreement
from tongban.core.agreements.state import PairAgreements, Successor


def is_replaced(pair: PairAgreements, digest: str, document: Agreement, day: date) -> bool:
    """Whether another text has taken its place by this day: one that names it, or a rival.

    document: one that all have signed, and published where they have to.
    """
    if any(_has_begun(each, day) for each in pair.successors.get(digest, ())):
        return True
    return any(_is_overtaken(pair, digest, document, named, day) for named in document.replaces)


def place_taken(pair: PairAgreements, digest: str, document: Agreement) -> str:
    """Digest of a concluded text that holds the place it would take by its first day; "" for none.

    Asked by who lays or signs it. Where two last signatures cross both texts are concluded, and
    `is_replaced` tells which of them stands.
    """
    rivals = (each for named in document.replaces for each in pair.successors.get(named, ()))
    holders = (
        each.state.document
        for each in rivals
        if each.state.document != digest
        and each.state.is_concluded(each.document)
        and each.document.valid_from <= document.valid_from
        and not _descends(pair, document, each.state.document)
    )
    return min(holders, default="")


def _is_overtaken(
    pair: PairAgreements, digest: str, document: Agreement, named: str, day: date
) -> bool:
    """Whether of all that name the same text a greater one has begun, from which it does not come.

    The greatest begins last; of two that begin on the same day it is the one of greater digest.
    """
    rivals = pair.successors.get(named, ())
    at_hand = (each for each in rivals if each.state.document == digest or _has_begun(each, day))
    greatest = max(at_hand, key=lambda each: (each.document.valid_from, each.state.document))
    other = greatest.state.document
    return other != digest and not _descends(pair, document, other)


def _descends(pair: PairAgreements, document: Agreement, digest: str) -> bool:
    """Whether it names this text, or names one that does."""
    return digest in document.replaces or any(
        _descends(pair, each, digest) for each in _named(pair, document)
    )


def _named(pair: PairAgreements, document: Agreement) -> Iterator[Agreement]:
    for digest in document.replaces:
        known = pair.documents.get(digest)
        if isinstance(known, Agreement):
            yield known


def _has_begun(successor: Successor, day: date) -> bool:
    return successor.is_ready and day >= successor.document.valid_from
