"""What was erased on record is not there."""

from collections.abc import Callable, Iterator

from tongban.core.entry import Subject
from tongban.core.home.events import BodyErased
from tongban.logs.rows import LogKind, StoredEntry
from tongban.node.audit.archive import Archive
from tongban.node.audit.damage import Counts, Damage
from tongban.node.work import readable


def check_erasures(
    archive: Archive, _counts: Counts, _step: Callable[[], None]
) -> Iterator[Damage]:
    """Check every erasure that this node put on its home log or told a partner."""
    places = {
        generation.origin: (log.log, generation.generation)
        for log in archive.logs
        for generation in archive.generations(log)
    }
    for subject, event in _erased(archive) if archive.with_bodies else ():
        place = places.get(event.origin)
        if place is not None and _is_there(archive, place, event):
            yield Damage(
                kind="erased_body_is_there",
                place=f"{event.origin}, entry {event.index}, body {event.body}",
                text="the log says that it was erased, and it is there",
                remedy=f"run `tongban {subject.kind.value} erase {subject.id} {event.body} "
                f"--ground {event.ground}`",
            )


def _is_there(archive: Archive, place: tuple[int, int], event: BodyErased) -> bool:
    window = (*place, event.index, event.index + 1)
    return (event.index, event.body) in archive.store.body_names(archive.connection, *window)


def _erased(archive: Archive) -> Iterator[tuple[Subject, BodyErased]]:
    for log in archive.logs:
        if log.kind is LogKind.MIRROR:
            continue
        for generation in archive.generations(log):
            for _, row in archive.entries(log, generation.generation):
                if isinstance(row, StoredEntry) and row.type == "body.erased":
                    entry = readable(row.data)
                    if entry is not None and isinstance(entry.event, BodyErased):
                        yield entry.subject, entry.event
