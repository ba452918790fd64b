"""Asks the node to let go of what it refused long ago."""

from datetime import timedelta

from tongban.node.node import Node


def erase_what_was_refused(node: Node) -> int:
    """Erase what may go of old refused entries of every partner; of how many."""
    kernel = node.kernel
    age = timedelta(days=kernel.refused_days)
    return sum(node.erase_refused(peer, older_than=age) for peer in kernel.peers.names())
