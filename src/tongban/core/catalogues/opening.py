"""Which items a node opens to a partner: by agreement, by published list, or to everybody."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tongban.core.agreements.document import Agreement, Instrument
from tongban.core.agreements.state import PairAgreements
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.item import Item


def opened_items(
    items: Iterable[Item],
    pair: PairAgreements,
    *,
    granter: str,
    grantee: str,
    day: date,
    to_all: Collection[str] = (),
) -> Iterator[Item]:
    """Those of the granter's items that the grantee is told of.

    What two places agreed on or a published list names, from the day it is valid; and what an
    officer opened to all, by code. An end or a suspension takes no item away: people still find
    it, and are told what they can do instead.
    """
    granted = frozenset(_granted(pair, granter, grantee, day))
    listed = frozenset(_listed(pair, day))
    for item in items:
        basic = {item.basic_code, catalogue_code_of(item.code)}
        if item.code in granted or item.code in to_all or basic & listed:
            yield item


def _granted(pair: PairAgreements, granter: str, grantee: str, day: date) -> Iterator[str]:
    for digest, state in pair.states.items():
        document = pair.documents.get(digest)
        if not isinstance(document, Agreement) or day < document.valid_from:
            continue
        if all(state.signed_by(node) for node in document.nodes):
            yield from _items(document, granter, grantee)


def _items(document: Agreement, granter: str, grantee: str) -> Iterator[str]:
    for clause in document.clauses:
        for grant in clause.grants:
            if (grant.granter, grant.grantee) == (granter, grantee):
                yield from grant.items


def _listed(pair: PairAgreements, day: date) -> Iterator[str]:
    for digest in pair.states:
        document = pair.documents.get(digest)
        if isinstance(document, Instrument) and document.valid_from <= day:
            for clause in document.clauses:
                yield from clause.catalogue_codes
