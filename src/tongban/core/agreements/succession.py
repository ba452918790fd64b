"""Which of several texts stands in the place of the one they supersede (spec/agreements.md)."""

from collections.abc import Iterator
from datetime import date

from tongban.core.agreements.document import Agreement, Document
from tongban.core.agreements.state import PairAgreements, Successor


def is_replaced(pair: PairAgreements, digest: str, document: Agreement, day: date) -> bool:
    """Whether another text has taken its place by this day: one that names it, or a rival.

    document: one that all have signed, and published where they have to.
    """
    if any(_has_begun(each, day) for each in pair.successors.get(digest, ())):
        return True
    before = _before(pair, document)
    line = before | {digest}
    return any(_is_overtaken(pair, line, named, day) for named in before)


def place_taken(pair: PairAgreements, digest: str, document: Agreement) -> str:
    """Digest of a concluded text that holds the place it would take by its first day; "" for none.

    Asked by who lays or signs it. Where two last signatures cross both texts are concluded, and
    `is_replaced` tells which of them stands.
    """
    before = _before(pair, document)
    line = before | {digest}
    holders = (
        each.state.document
        for named in before
        for each in _concluded_rivals(pair, line, named)
        if _holds(pair, line, each, named, document)
    )
    return min(holders, default="")


def _concluded_rivals(
    pair: PairAgreements, line: frozenset[str], named: str
) -> Iterator[Successor]:
    for each in pair.successors.get(named, ()):
        concluded = each.state.is_concluded(each.document) and not each.ended_unbegun
        if concluded and each.state.document not in line:
            yield each


def _holds(
    pair: PairAgreements, line: frozenset[str], rival: Successor, named: str, document: Agreement
) -> bool:
    """Whether a rival begins no later than the document, or is greater than whom it comes from."""
    if named in document.replaces:
        return rival.document.valid_from <= document.valid_from
    own = (each for each in pair.successors[named] if each.state.document in line)
    return _greatness(rival) > max(map(_greatness, own))


def _is_overtaken(pair: PairAgreements, line: frozenset[str], named: str, day: date) -> bool:
    """Whether of all that name the same text a greater one has begun than the one in this line.

    The greatest begins last; of two that begin on the same day it is the one of greater digest.
    """
    rivals = pair.successors.get(named, ())
    at_hand = (each for each in rivals if each.state.document in line or _has_begun(each, day))
    greatest = max(at_hand, key=_greatness, default=None)
    return greatest is not None and greatest.state.document not in line


def _greatness(text: Successor) -> tuple[date, str]:
    return text.document.valid_from, text.state.document


def _before(pair: PairAgreements, document: Agreement) -> frozenset[str]:
    """Every text that it names, or that one of those names, and so on."""
    found: set[str] = set()
    ahead = list(document.replaces)
    while ahead:
        named = ahead.pop()
        if named not in found:
            # Texts that name two of before would otherwise double the way with each version.
            found.add(named)
            ahead += _named_by(pair.documents.get(named))
    return frozenset(found)


def _named_by(document: Document | None) -> tuple[str, ...]:
    return document.replaces if isinstance(document, Agreement) else ()


def _has_begun(successor: Successor, day: date) -> bool:
    return successor.takes_over and day >= successor.document.valid_from
