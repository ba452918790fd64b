"""What a peer's message shows about this node's own memory (spec/channels.md, "The rule")."""

from tongban.channels.messages import Message, Position
from tongban.logs.rows import ChannelStatus
from tongban.node.positions import before, position
from tongban.node.work import Work


def note_compared(work: Work, peer: str, cosigned: Position) -> None:
    """Remember which cosignatures of ours the peer named when we compared.

    A comparison gives back what was applied, which may be less than what was cosigned; that much
    is known to be forgotten, and comes with the peer's next pushes.
    """
    place = f"{cosigned.generation}/{cosigned.size}"
    work.kernel.store.put_mark(work.connection, _mark(peer), place)


def is_forgetful(work: Work, peer: str, message: Message) -> bool:
    """Whether the peer names a cosignature of ours beyond what we hold and what we compared.

    Only a node that was put back behind its own back lacks what it has cosigned since its start.
    """
    row = work.channel(peer)
    if row.status is not ChannelStatus.OPEN or message.start != row.peer_start:
        return False
    held = position(work.head(work.mirror(peer)))
    return before(held, message.cosigned) and before(_compared(work, peer), message.cosigned)


def _compared(work: Work, peer: str) -> Position:
    place = work.kernel.store.mark(work.connection, _mark(peer)) or "0/0"
    generation, size = place.split("/")
    return Position(generation=int(generation), size=int(size))


def _mark(peer: str) -> str:
    return f"compared/{peer}"
