"""Erases the bytes of what peers sent and this node refused; leaf hash and length stay.

Bodies go whatever the ground. The entry itself goes only where it was void: what an honest peer
wrote stood in its own view until it knew better, and it did and decided other things on top of it.
Without those bytes neither node could fold that again.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tongban.channels.messages import Position
from tongban.core.channel.events import OutcomeRecorded
from tongban.core.entry import SubjectKind
from tongban.logs.rows import LogKind, RefusedRow
from tongban.node.faults import BrokenInvariant
from tongban.node.kernel import Kernel
from tongban.node.outcomes import is_void, since_of, until_of
from tongban.node.ports import Connection
from tongban.node.positions import before
from tongban.node.repair import VERSION
from tongban.node.work import readable

#: Entries that are erased in one transaction.
_BATCH = 200


def erase_refused(kernel: Kernel, peer: str, *, until: datetime) -> int:
    """Erase what may go of what was refused of a peer's log up to an instant; of how many entries.

    Only where the peer has cosigned the outcome, so that it knows what became of its entry, and
    reads messages in which an erased entry can be given back to it after a loss.
    """
    if not kernel.speaks(peer, VERSION):
        return 0
    ripe = _ripe(kernel, peer, until)
    for first in range(0, len(ripe), _BATCH):
        _erase(kernel, ripe[first : first + _BATCH])
    return len(ripe)


def _ripe(kernel: Kernel, peer: str, until: datetime) -> list[tuple[int, RefusedRow]]:
    """What may go, with its log; found while others write, since no refusal is taken back."""
    store = kernel.store
    with kernel.database.read() as connection:
        log = store.find_log(connection, kind=LogKind.MIRROR, peer=peer)
        refused = store.refused_entries(connection, log) if log is not None else []
        erasable = [row for row in refused if row.has_bodies or is_void(row.ground)]
        if log is None or not erasable:
            return []
        told = list(_told(kernel, connection, peer, until))
    return [(log, row) for row in erasable if _is_covered(row, told)]


def _erase(kernel: Kernel, ripe: Sequence[tuple[int, RefusedRow]]) -> None:
    store = kernel.store
    with kernel.database.write() as connection:
        now = kernel.clock.now()
        for log, row in ripe:
            place = (log, row.generation, row.index)
            for _, name in store.body_names(connection, *place, row.index + 1):
                store.erase_body(connection, *place, name, now)
            if is_void(row.ground):
                store.erase_entry(connection, *place)


def _told(
    kernel: Kernel, connection: Connection, peer: str, until: datetime
) -> Iterator[tuple[Position, Position]]:
    """What each outcome decided that is old enough and that the peer has cosigned."""
    row = kernel.store.channel(connection, peer)
    if row is None:
        raise BrokenInvariant(f"{peer} was refused something on a channel that is not here")
    cosigned = (row.cosigned_generation, row.cosigned_size)
    kind = SubjectKind.CHANNEL.value
    for line in kernel.store.journal_of(connection, kind, peer):
        entry = readable(line.data) if line.kind is LogKind.OWN else None
        event = entry.event if entry else None
        if not isinstance(event, OutcomeRecorded) or event.received_at > until:
            continue
        if (line.generation, line.index) < cosigned:
            yield since_of(event), until_of(event)


def _is_covered(row: RefusedRow, told: list[tuple[Position, Position]]) -> bool:
    here = Position(generation=row.generation, size=row.index)
    return any(not before(here, since) and before(here, until) for since, until in told)
