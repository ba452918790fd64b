"""Every body that is there opens the commitment of its entry."""

from collections.abc import Callable, Iterator

from tongban.core.entry import Entry
from tongban.evidence.commitments import opens
from tongban.logs.faults import SealedDataDamaged
from tongban.logs.rows import Generation, StoredBody, StoredEntry
from tongban.node.audit.archive import Archive, ExaminedLog
from tongban.node.audit.damage import Counts, Damage
from tongban.node.work import readable


def check_bodies(archive: Archive, counts: Counts, step: Callable[[], None]) -> Iterator[Damage]:
    """Check the bodies of each entry; one that is not there may be erased, or never came."""
    for log in archive.logs if archive.with_bodies else ():
        for generation in archive.generations(log):
            for index, row in archive.entries(log, generation.generation):
                step()
                entry = readable(row.data) if isinstance(row, StoredEntry) else None
                if entry is not None and entry.commitments:
                    yield from _check(archive, counts, (log, generation, index), entry)


def _check(
    archive: Archive, counts: Counts, place: tuple[ExaminedLog, Generation, int], entry: Entry
) -> Iterator[Damage]:
    log, generation, index = place
    for commitment in entry.commitments:
        name = commitment.name
        try:
            body = archive.store.body(
                archive.connection, log.log, generation.generation, index, name
            )
        except SealedDataDamaged:
            yield _damage(log, generation.generation, index, name, "its sealed bytes do not open")
            continue
        if body is None:
            counts.bodies_absent += 1
            continue
        counts.bodies += 1
        if not _opens(generation, body, commitment.digest, commitment.size):
            yield _damage(
                log, generation.generation, index, name, "it is not what its entry commits to"
            )


def _opens(generation: Generation, body: StoredBody, digest: str, size: int) -> bool:
    return len(body.content) == size and opens(
        generation.suite, bytes.fromhex(digest), body.salt, body.content
    )


def _damage(log: ExaminedLog, generation: int, index: int, name: str, text: str) -> Damage:
    return Damage(
        kind="body_changed",
        place=f"{log}, generation {generation}, entry {index}, body {name}",
        text=text,
        remedy=log.remedy,
    )
