"""What an outcome says: up to where, when it was received, and which entries it refuses."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tongban.channels.messages import Position
from tongban.core.blobs.refusals import BlobGround
from tongban.core.cases.refusals import CaseGround
from tongban.core.cases.state import Received
from tongban.core.channel.events import (
    AvailabilitySource,
    GenerationOpened,
    KeyRotated,
    OutcomeRecorded,
)
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Entry
from tongban.node.arrivals import Spot

#: What keeps the channel going; whoever finds it wrong refuses the whole push.
_UPKEEP = (OutcomeRecorded, GenerationOpened, KeyRotated)

#: No honest node writes what is refused for these: it is in no view of either, whoever wrote it.
_VOID = {
    ChannelGround.MALFORMED_ENTRY,
    ChannelGround.ID_NOT_INCREASING,
    ChannelGround.SEEN_UNKNOWN,
    ChannelGround.BODY_MISMATCH,
    ChannelGround.WRONG_SUBJECT,
    BlobGround.NOT_STORED,
    BlobGround.UNFIT,
    CaseGround.FIELD_UNFIT,
    CaseGround.UNKNOWN_STEP,
}

#: Outcomes and openings are not received by any outcome; their effects need no instant.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NOT_RECEIVED = Received(received_at=_EPOCH, available_at=_EPOCH, source=AvailabilitySource.NODE)


def needs_outcome(entry: Entry | None) -> bool:
    """Outcomes, openings and rotations produce none; everything else does, readable or not."""
    return entry is None or not isinstance(entry.event, _UPKEEP)


def is_void(ground: str) -> bool:
    """Whether what was refused on this ground counts as never written, so that nothing needs it.

    What was refused on another stays in the view of its writer, who may have acted on it, and in
    what the reader believes of that view (spec/channels.md, "One transaction").
    """
    return ground in _VOID


def since_of(event: OutcomeRecorded) -> Position:
    """Where what the outcome decides begins."""
    return Position(generation=event.since_generation, size=event.since_size)


def until_of(event: OutcomeRecorded) -> Position:
    """Up to where the log was applied."""
    return Position(generation=event.generation, size=event.size)


def received_of(event: OutcomeRecorded) -> Received:
    """The instants that an outcome states."""
    return Received(
        received_at=event.received_at,
        available_at=event.available_at,
        source=event.available_source,
    )


def refused_of(event: OutcomeRecorded) -> dict[Spot, str]:
    """The grounds that an outcome states, by place."""
    return {(line.generation, line.index): line.ground for line in event.refused}


def is_founded(event: OutcomeRecorded, span: Sequence[tuple[int, int, Entry | None]]) -> bool:
    """Whether an outcome decides all that waits, and refuses each with a ground and once."""
    decided = {(generation, index) for generation, index, entry in span if needs_outcome(entry)}
    refused = refused_of(event)
    return (
        bool(decided)
        and (event.since_generation, event.since_size) <= min(decided)
        and refused.keys() <= decided
        and all(refused.values())
        and len(refused) == len(event.refused)
        and event.available_at <= event.received_at
    )
