"""Whether an organisation may do something on an item now, and on what: from the node's records."""

from dataclasses import dataclass
from datetime import datetime

from tongban.core.agreements.document import Agreement
from tongban.core.agreements.explain import Answer, Direction, explain
from tongban.core.agreements.state import PairAgreements
from tongban.core.cases.events import Mode
from tongban.core.items.item import Item
from tongban.node.between import between
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


def explain_item(node: Node, code: str, partner: str, mode: Mode | None = None) -> Explanation:
    """What the partner may do on an item of ours, or this node on one of the partner's.

    Without a mode all are answered. Raises UnknownPeer.
    """
    pair = between(node.kernel, partner).pair
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
    modes = (mode,) if mode else tuple(Mode)
    return Explanation(
        code=code,
        item=item,
        direction=direction,
        at=now,
        answers=explain(
            pair, direction, code, modes, at=now, listed_as=item.basic_code if item else ""
        ),
        pair=pair,
        withdrawn=withdrawn is not None,
    )


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
    grants = {granter for granter, _, item, *_ in pair.index if granter and item == code}
    consents = {
        consent.granter
        for agreement in agreements
        for consent in agreement.consents
        if code in consent.items
    }
    return frozenset(grants | consents)
