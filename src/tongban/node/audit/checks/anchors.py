"""What the home log anchored of the channels is what the channels hold."""

from collections.abc import Callable, Iterator

from tongban.core.home.events import ChannelCheckpointed
from tongban.logs.rows import LogKind, StoredEntry
from tongban.node.audit.archive import Archive, ExaminedLog
from tongban.node.audit.damage import Counts, Damage
from tongban.node.work import readable


def check_anchors(archive: Archive, counts: Counts, _step: Callable[[], None]) -> Iterator[Damage]:
    """Check every anchored checkpoint against the log that it is about."""
    known = {
        generation.origin: (log, generation.generation)
        for log in archive.logs
        if log.kind is not LogKind.HOME
        for generation in archive.generations(log)
    }
    for index, event in _anchored(archive):
        counts.anchors += 1
        log, generation = known.get(event.origin, (None, 0))
        if log is None or not _holds(archive, log, generation, event):
            yield Damage(
                kind="anchor_differs",
                place=f"home log, entry {index}: {event.origin} at size {event.size}",
                text="the channel's log is not the one that the home log anchored",
                remedy="compare with the partner before anything else; keep this database",
            )


def _anchored(archive: Archive) -> Iterator[tuple[int, ChannelCheckpointed]]:
    home = next((log for log in archive.logs if log.kind is LogKind.HOME), None)
    for generation in archive.generations(home) if home else ():
        for index, row in archive.entries(home, generation.generation) if home else ():
            entry = readable(row.data) if isinstance(row, StoredEntry) else None
            if entry is not None and isinstance(entry.event, ChannelCheckpointed):
                yield index, entry.event


def _holds(archive: Archive, log: ExaminedLog, generation: int, event: ChannelCheckpointed) -> bool:
    """Anchors stand where transactions ended, about which something was stated as well."""
    stated = archive.store.checkpoint(archive.connection, log.log, generation, event.size)
    return stated is not None and stated.root.hex() == event.root
