"""Whether an organisation may do something on an item now, and on what: from the node's records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.document import Agreement
from tongban.core.agreements.explain import Answer, Direction, explain
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.items.item import Item
from tongban.core.words import Words
from tongban.node.between import between
from tongban.node.decision_powers import MissingPower
from tongban.node.node import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """All powers on one item in one direction at one instant.

    item: None where no item of this code is known here. online: applicants can apply online by
    themselves, by their own right, which nothing here can close. withdrawn: the item was taken back
    and takes nothing new.
    """

    code: str
    item: Item | None
    direction: Direction
    at: datetime
    answers: tuple[Answer, ...]
    pair: PairAgreements
    withdrawn: bool = False

    @property
    def online(self) -> bool:
        """Whether the item can be applied for online from everywhere."""
        return self.item is not None and self.item.process_for(Mode.ALL_ONLINE) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cure:
    """The clause of an agreement or instrument in force that gives what was reported missing."""

    digest: str
    title: Words
    clause: str


def explain_item(node: Node, code: str, partner: str, mode: Mode | None = None) -> Explanation:
    """What the partner may do on an item of ours, or this node on one of the partner's.

    Without a mode all are answered. Raises UnknownPeer.
    """
    return explain_directions(node, code, partner, mode)[0]


def explain_directions(
    node: Node, code: str, partner: str, mode: Mode | None = None
) -> tuple[Explanation, ...]:
    """As `explain_item`, and after it the other way where clauses grant that too."""
    pair = between(node.kernel, partner).pair
    return tuple(_explained(node, pair, code, partner, (mode,) if mode else tuple(Mode)))


def cures_of(node: Node, reports: Sequence[MissingPower]) -> list[Cure | None]:
    """What now gives each power that was reported missing; None while nothing does.

    Asked is 代办, taking in elsewhere: who applies online goes by the own right.
    """
    peers = {each.partner for each in reports if node.kernel.peers.get(each.partner)}
    pairs = {peer: between(node.kernel, peer).pair for peer in sorted(peers)}
    return [
        _cure(node, pairs[each.partner], each) if each.partner in pairs else None
        for each in reports
    ]


def _cure(node: Node, pair: PairAgreements, report: MissingPower) -> Cure | None:
    modes = (Mode.DELEGATED_INTAKE,)
    found, *_ = _explained(node, pair, report.item, report.partner, modes)
    bases = (each.basis for each in found.answers if each.power == report.power)
    basis = next((each for each in bases if each is not None), None)
    if basis is None or basis.document is None or basis.clause is None:
        return None
    document = pair.documents[basis.document]
    return Cure(digest=basis.document, title=document.title, clause=basis.clause)


def _explained(
    node: Node, pair: PairAgreements, code: str, partner: str, modes: Sequence[Mode]
) -> Iterator[Explanation]:
    listed = node.own.newest().get(code)
    item = listed or next((each for each in node.items() if each.code == code), None)
    own = listed is not None or (item is None and _gives(node, code, pair))
    direction = (
        Direction(granter=node.name, grantee=partner)
        if own
        else Direction(granter=partner, grantee=node.name)
    )
    withdrawn = node.withdrawn_item(code)
    item = item or withdrawn
    now = node.kernel.clock.now()
    listed_as = item.basic_code if item else ""
    for each in _directions(pair, direction, code):
        yield Explanation(
            code=code,
            item=item,
            direction=each,
            at=now,
            answers=explain(pair, each, code, modes, at=now, listed_as=listed_as),
            pair=pair,
            withdrawn=withdrawn is not None,
        )


def _directions(pair: PairAgreements, first: Direction, code: str) -> Iterator[Direction]:
    yield first
    if first.grantee in _granters(pair, code):
        yield Direction(granter=first.grantee, grantee=first.granter)


def _gives(node: Node, code: str, pair: PairAgreements) -> bool:
    """Whether an item that stands in no catalogue is ours: who grants it, or had listed it.

    A text may grant an item that nobody has published yet, or that was withdrawn.
    """
    givers = _givers(pair, code)
    if givers:
        return node.name in givers
    last = node.withdrawn_item(code)
    return last is not None and last.competent == node.name


def _givers(pair: PairAgreements, code: str) -> frozenset[str]:
    """Nodes in whose name agreements between the two speak of an item of this code."""
    agreements = [each for each in pair.documents.values() if isinstance(each, Agreement)]
    grants = _granters(pair, code)
    consents = {
        consent.granter
        for agreement in agreements
        for consent in agreement.consents
        if code in consent.items
    }
    return frozenset(grants | consents)


def _granters(pair: PairAgreements, code: str) -> frozenset[str]:
    return frozenset(
        granter for granter, grantee in pair.directions if pair.speaks_of((granter, grantee, code))
    )
