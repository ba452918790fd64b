"""The node itself, of whose channels these pages tell."""

from datetime import datetime

from tongban.node.blobs.progress import Progress, progress_of
from tongban.node.node import Node
from tongban.pages.node_access import SurroundingsMissing, current_node


def whole_node() -> Node:
    """The node of this process; raises SurroundingsMissing where pages stand before a stand-in."""
    node = current_node()
    if not isinstance(node, Node):
        raise SurroundingsMissing("these pages need a whole node with its channels")
    return node


def files_crossing(case: str) -> Progress | None:
    """How far the files are that a case waits for; None where it waits for none."""
    node = current_node()
    if not isinstance(node, Node):
        return None
    return progress_of(node.kernel, node.conversation.crossing, case)


def held_until(case: str) -> datetime | None:
    """From when on a case goes that waits for another day; None where none is waited for."""
    node = current_node()
    return node.desk.held_until(case) if isinstance(node, Node) else None
