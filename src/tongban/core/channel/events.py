"""What happens on a channel itself, whatever the noun (spec/channels.md)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.core.entry import Event


class AvailabilitySource(StrEnum):
    """Which system says when an envelope became available (电子签名法 11)."""

    NODE = "node"
    GATEWAY = "gateway"


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedEntry:
    """An entry that took no effect: generation number, index in it, ground."""

    generation: int
    index: int
    ground: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GenerationOpened(Event):
    """The first entry of a generation, committing to the last checkpoint of the one before.

    number: from 1. start: 32 hexadecimal digits that name the start of the node.
    previous_size and previous_root: 0 and "" in the first generation.
    """

    number: int
    start: str
    previous_origin: str
    previous_size: int
    previous_root: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyRotated(Event):
    """The writer's next generation is signed under other keys; the last entry of its generation.

    descriptor: digest of the writer's new descriptor. number: of the new key set.
    """

    descriptor: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRecorded(Event):
    """What the writer decided of the opposite log in one go: what it refused; all else took effect.

    since_generation and since_size: position in the opposite log up to which it was applied before;
    generation and size: up to which it is applied now. Only what lies between is decided here.
    received_at: when the push arrived; available_at: when it became available at the competent
    authority's designated system, which starts its legal clock.
    """

    since_generation: int
    since_size: int
    generation: int
    size: int
    received_at: datetime
    available_at: datetime
    available_source: AvailabilitySource
    refused: tuple[RefusedEntry, ...] = ()
