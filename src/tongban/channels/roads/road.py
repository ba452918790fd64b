"""What every road to a peer promises, and what a node has at hand for building one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tongban.channels.endpoints import Endpoint

Receive = Callable[[bytes], bytes | None]
"""Takes in an envelope and gives the answering envelope, or None when none is due.

Raises EnvelopeUnreadable, MessageUnreadable, Oversize or OverQuota; any other exception says that
the node cannot take in anything at present. Called from several threads at once.
"""


class Road(Protocol):
    """Carries envelopes to one peer; several threads may use it at once.

    A road may lose, repeat, delay and reorder envelopes, and never changes their bytes.
    """

    @property
    def answers_at_once(self) -> bool:
        """Whether None from `carry` says that no answer is due, not that it may come later."""
        ...

    def carry(self, envelope: bytes) -> bytes | None:
        """The answering envelope, or None when none is due or it may come in by polling later.

        Raises Unreachable (the envelope may nevertheless have arrived), OverQuota or Oversize.
        """
        ...

    def close(self) -> None:
        """Let go of what the road holds open; it carries nothing afterwards."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Means:
    """What this node has for reaching its peers.

    allow_loopback: whether https may call this machine, as the demo does. gateway: the node's
    drop-box, if it has one. neighbours: how nodes of this process receive, by name.
    """

    allow_loopback: bool = False
    gateway: Road | None = None
    neighbours: Mapping[str, Receive] = field(default_factory=dict)


Builder = Callable[[Endpoint, Means], Road | None]
"""Builds the road to an endpoint; None when the node lacks what this road needs."""
