"""Warns of agreements that expire: 90, 30 and 7 days before the last day (到期预警)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import structlog

from tongban.core.agreements.document import Document
from tongban.core.agreements.refusals import AgreementGround
from tongban.core.agreements.standing import DocumentStanding, standing_of
from tongban.core.agreements.state import PairAgreements
from tongban.core.china_time import days_after
from tongban.node.between import between
from tongban.node.node import Node

_WARNED, _NOTED = "expiry/warned/", "expiry/noted/"
#: What has not begun or is over already needs no warning of its end; what is suspended does.
_LIVING = (None, AgreementGround.SUSPENDED)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpiryWarning:
    """A document that ends soon; noted: an officer has said so much of this very warning."""

    digest: str
    document: Document
    last_day: date
    days_left: int
    warning: int
    noted: bool


def expiry_warnings(node: Node) -> list[ExpiryWarning]:
    """Every warning that has come due by now, the most urgent first."""
    found = {each.digest: each for each in _warnings(node)}
    return sorted(found.values(), key=lambda each: (each.days_left, each.digest))


def warn_of_expiries(node: Node) -> int:
    """Log each warning once, on the day it comes due; how many were new."""
    fresh = 0
    for each in expiry_warnings(node):
        if _mark(node, _WARNED + each.digest) != str(each.warning):
            _put(node, _WARNED + each.digest, str(each.warning))
            days = each.days_left
            _log.warning("agreement_expires", document=each.digest, days_left=days)
            fresh += 1
    return fresh


def note_warning(node: Node, digest: str, warning: int) -> None:
    """An officer has seen to this warning; the next one is a task again."""
    _put(node, _NOTED + digest, str(warning))


def _warnings(node: Node) -> Iterator[ExpiryWarning]:
    now = node.kernel.clock.now()
    for peer in node.kernel.peers.names():
        pair = between(node.kernel, peer).pair
        for digest in pair.states:
            document = pair.documents.get(digest)
            if document is None:
                continue
            standing = standing_of(pair, digest, now)
            if not _is_renewed(pair, digest, standing.last_day):
                yield from _warning(node, digest, document, standing)


def _is_renewed(pair: PairAgreements, digest: str, last_day: date | None) -> bool:
    """Whether a text that all have signed goes on where this one ends."""
    successors = pair.successors.get(digest, ())
    return last_day is not None and any(
        each.takes_over and each.document.valid_from <= days_after(last_day, 1)
        for each in successors
    )


def _warning(
    node: Node, digest: str, document: Document, standing: DocumentStanding
) -> Iterator[ExpiryWarning]:
    warning, last, left = standing.warning, standing.last_day, standing.days_left
    if warning is None or last is None or left is None or standing.ground not in _LIVING:
        return
    yield ExpiryWarning(
        digest=digest,
        document=document,
        last_day=last,
        days_left=left,
        warning=warning,
        noted=_mark(node, _NOTED + digest) == str(warning),
    )


def _mark(node: Node, name: str) -> str | None:
    with node.kernel.database.read() as connection:
        return node.kernel.store.mark(connection, name)


def _put(node: Node, name: str, value: str) -> None:
    with node.kernel.database.write() as connection:
        node.kernel.store.put_mark(connection, name, value)
