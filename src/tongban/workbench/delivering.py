"""Who hands over a result: this counter in the authority's name, or the authority itself."""

from tongban.core.agreements.authorise import Delegation, find_basis
from tongban.core.cases.events import Delivery, Mode
from tongban.core.cases.permit import under_way
from tongban.core.cases.process import Power
from tongban.core.cases.state import CaseState
from tongban.core.entry import Basis, BasisKind
from tongban.core.items.item import Item
from tongban.node.between import between
from tongban.pages.node_access import now
from tongban.pages.whole_node import whole_node
from tongban.projections.case_view import CaseView


def may_deliver(item: Item, case: CaseState | None = None) -> bool:
    """Whether a clause or instrument lets this counter deliver the item's results now.

    case: one under way, which goes on by the run-off rule of what it was dispatched on.
    """
    node = whole_node()
    wanted = Delegation(
        powers=(Power.DELIVER,),
        item=item.code,
        mode=Mode.DELEGATED_INTAKE,
        grantee=node.name,
        granter=item.competent,
        at=now(),
        under_way=under_way(case) if case else None,
        listed_as=item.basic_code,
    )
    return isinstance(find_basis(between(node.kernel, item.competent).pair, wanted), Basis)


def is_delivered_here(view: CaseView) -> bool:
    """Whether the counter that took the case in hands its result over, as things stand now."""
    state = view.state
    if state.delivery is Delivery.ONLINE or state.dispatched_on is BasisKind.OWN_RIGHT:
        return False
    return may_deliver(view.item, state)
