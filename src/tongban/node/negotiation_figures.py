"""What this node's negotiations took, from what it keeps of them."""

from collections.abc import Sequence

from tongban.core.agreements.document import Document
from tongban.core.china_time import china_day
from tongban.core.negotiations.state import NegotiationState
from tongban.core.negotiations.statistics import TalkFigures, figures_of
from tongban.node.node import Node


def talk_figures(node: Node) -> Sequence[TalkFigures]:
    """The figures of each negotiation that has a version, partner by partner."""
    now = node.kernel.clock.now()
    return [
        figures_of(state, _documents(node, state), now=now, today=china_day(now))
        for peer in node.kernel.peers.names()
        for state in node.negotiations.with_partner(peer)
        if state.versions
    ]


def _documents(node: Node, state: NegotiationState) -> dict[str, Document]:
    found = {line.document: node.document(line.document) for line in state.versions}
    return {digest: document for digest, document in found.items() if document is not None}
