"""Which items a node opens to a partner: by agreement, by published list, or by an officer."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum

from tongban.core.agreements.document import Agreement, Instrument
from tongban.core.agreements.state import PairAgreements
from tongban.core.items.codes import catalogue_code_of
from tongban.core.items.item import Item


class Opening(StrEnum):
    """Why a partner is told of an item."""

    AGREED = "agreed"  # 协议
    LISTED = "listed"  # 公布的清单
    TO_PARTNER = "to_partner"  # 事项管理员向对方开放
    TO_ALL = "to_all"  # 事项管理员向所有伙伴开放


def opened_items(
    items: Iterable[Item],
    pair: PairAgreements,
    *,
    granter: str,
    grantee: str,
    day: date,
    to_partner: Collection[str] = (),
    to_all: Collection[str] = (),
    closed: Collection[str] = (),
) -> Iterator[tuple[Item, tuple[Opening, ...]]]:
    """Those of the granter's items that the grantee is told of, and why.

    What two places agreed on or a published list names, from the day it is valid; and what an
    officer opened to this partner or to all, by code. An end or a suspension takes no item away:
    people still find it, and are told what they can do instead. closed: codes that an officer took
    back from this partner, whatever else opens them.
    """
    granted = frozenset(_granted(pair, granter, grantee, day))
    listed = frozenset(_listed(pair, day))
    for item in items:
        if item.code in closed:
            continue
        basic = {item.basic_code, catalogue_code_of(item.code)}
        holds = {
            Opening.AGREED: item.code in granted,
            Opening.LISTED: bool(basic & listed),
            Opening.TO_PARTNER: item.code in to_partner,
            Opening.TO_ALL: item.code in to_all,
        }
        ways = tuple(way for way in Opening if holds[way])
        if ways:
            yield item, ways


def _granted(pair: PairAgreements, granter: str, grantee: str, day: date) -> Iterator[str]:
    for digest, state in pair.states.items():
        document = pair.documents.get(digest)
        if not isinstance(document, Agreement) or day < document.valid_from:
            continue
        if state.is_concluded(document):
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
