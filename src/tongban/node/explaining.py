"""Whether an organisation may do something on an item now, and on what: from the node's records."""

from dataclasses import dataclass
from datetime import datetime

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
    themselves, by their own right, which nothing here can close.
    """

    code: str
    item: Item | None
    direction: Direction
    at: datetime
    answers: tuple[Answer, ...]
    pair: PairAgreements

    @property
    def online(self) -> bool:
        """Whether the item can be applied for online from everywhere."""
        return self.item is not None and self.item.process_for(Mode.ALL_ONLINE) is not None


def explain_item(node: Node, code: str, partner: str, mode: Mode | None = None) -> Explanation:
    """What the partner may do on an item of ours, or this node on one of the partner's.

    Without a mode all are answered. Raises UnknownPeer.
    """
    pair = between(node.kernel, partner).pair
    own = node.own.newest().get(code)
    item = own or next((each for each in node.items() if each.code == code), None)
    direction = (
        Direction(granter=node.name, grantee=partner)
        if own
        else Direction(granter=partner, grantee=node.name)
    )
    item = item or node.withdrawn_item(code)
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
    )
