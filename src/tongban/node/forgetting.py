"""What this node knows to have forgotten (spec/channels.md, "Starts")."""

from tongban.channels.messages import Message, Position
from tongban.logs.rows import ChannelRow, ChannelStatus
from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.positions import before, position
from tongban.node.work import Work


def note_part(work: Work, peer: str) -> None:
    """Remember that the peer has given back a part, and that more is to come."""
    work.kernel.store.put_mark(work.connection, _part_mark(peer), "more")


def partly_back(kernel: Kernel, connection: Connection) -> list[str]:
    """Peers that have given back a part of what was lost, and not yet the rest, in order."""
    store = kernel.store
    peers = (row.peer for row in store.channels(connection))
    return [peer for peer in peers if store.mark(connection, _part_mark(peer))]


def note_compared(work: Work, peer: str, cosigned: Position) -> None:
    """Remember which cosignatures of ours the peer named when we compared.

    A comparison gives back what was applied, which may be less than what was cosigned; that much
    is known to be forgotten, and comes with the peer's next pushes.
    """
    store, connection = work.kernel.store, work.connection
    store.put_mark(connection, _mark(peer), f"{cosigned.generation}/{cosigned.size}")
    if store.mark(connection, _part_mark(peer)):
        store.put_mark(connection, _part_mark(peer), "")


def is_forgetful(work: Work, peer: str, message: Message) -> bool:
    """Whether the peer names a cosignature of ours beyond what we hold and what we compared.

    Only a node that was put back behind its own back lacks what it has cosigned since its start.
    """
    row = work.channel(peer)
    if row.status is not ChannelStatus.OPEN or not _is_present(work, row, message):
        return False
    held = position(work.head(work.mirror(peer)))
    return before(held, message.cosigned) and before(_compared(work, peer), message.cosigned)


def _is_present(work: Work, row: ChannelRow, message: Message) -> bool:
    """Whether the peer's start is the one that we honoured last, or a later one that we forgot.

    Nobody stops asking under a start before the other has honoured it.
    """
    if message.start == row.peer_start:
        return True
    asks = message.request is not None
    return not asks and not work.kernel.store.is_honoured(work.connection, row.peer, message.start)


def _compared(work: Work, peer: str) -> Position:
    place = work.kernel.store.mark(work.connection, _mark(peer)) or "0/0"
    generation, size = place.split("/")
    return Position(generation=int(generation), size=int(size))


def _part_mark(peer: str) -> str:
    return f"partly_back/{peer}"


def _mark(peer: str) -> str:
    return f"compared/{peer}"
