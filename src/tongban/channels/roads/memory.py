"""The road between two nodes in one process, for simulation and embedding."""

from dataclasses import dataclass
from typing import ClassVar

from tongban.channels.endpoints import Endpoint
from tongban.channels.envelopes import ENVELOPE_BYTES_MAX
from tongban.channels.faults import (
    EnvelopeRefused,
    EnvelopeUnreadable,
    MessageUnreadable,
    Oversize,
)
from tongban.channels.roads.road import Means, Receive


@dataclass(frozen=True, kw_only=True, slots=True)
class MemoryRoad:
    """Hands envelopes to the peer's `receive`, in the caller's thread.

    Unlike a door, it lets the peer's unforeseen exceptions through: here they are ours as well.
    """

    answers_at_once: ClassVar[bool] = True
    receive: Receive

    def carry(self, envelope: bytes) -> bytes | None:
        """The peer's answer."""
        if len(envelope) > ENVELOPE_BYTES_MAX:
            raise Oversize(f"an envelope of {len(envelope)} bytes is over {ENVELOPE_BYTES_MAX}")
        try:
            return self.receive(envelope)
        except (EnvelopeUnreadable, MessageUnreadable) as error:
            raise EnvelopeRefused(f"the peer could not read the envelope: {error}") from error

    def close(self) -> None:
        """Nothing is held open."""


def build(endpoint: Endpoint, means: Means) -> MemoryRoad | None:
    """The road to a node of this process."""
    receive = means.neighbours.get(endpoint.address)
    return None if receive is None else MemoryRoad(receive=receive)
