"""Every readable entry has its one place in the order of effects."""

from collections.abc import Callable, Iterator

from tongban.logs.rows import StoredEntry
from tongban.node.audit.archive import Archive
from tongban.node.audit.damage import Counts, Damage
from tongban.node.work import readable

_REMEDY = (
    "restore the newest backup that `tongban restore --verify` finds whole; partners give back "
    "what came after it"
)


def check_journal(archive: Archive, _counts: Counts, step: Callable[[], None]) -> Iterator[Damage]:
    """Check that each entry was applied or refused once, and that nothing else was."""
    placed = 0
    store, connection = archive.store, archive.connection
    for log in archive.logs:
        for generation in archive.generations(log):
            for index, row in archive.entries(log, generation.generation):
                step()
                place = (log.log, generation.generation, index)
                if store.seq_of(connection, *place) is not None:
                    placed += 1
                elif isinstance(row, StoredEntry) and readable(row.data) is not None:
                    yield Damage(
                        kind="not_applied",
                        place=f"{log}, generation {generation.generation}, entry {index}",
                        text="it stands in the log and was neither applied nor refused",
                        remedy=_REMEDY,
                    )
    size = store.journal_size(connection)
    if size != placed:
        yield Damage(
            kind="journal_differs",
            place="order of effects",
            text=f"it has {size} lines for {placed} entries",
            remedy=_REMEDY,
        )
