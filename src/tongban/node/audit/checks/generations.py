"""Each generation is opened by its first entry, which commits to the end of the one before."""

from collections.abc import Callable, Iterator

from tongban.core.channel.events import GenerationOpened
from tongban.core.home.events import HomeOpened
from tongban.logs.rows import Generation, LogKind, StoredEntry
from tongban.node.audit.archive import Archive, ExaminedLog
from tongban.node.audit.damage import Counts, Damage
from tongban.node.identity import channel_origin, home_origin
from tongban.node.work import readable

_NOTHING = ("", 0, "")


def check_generations(
    archive: Archive, _counts: Counts, _step: Callable[[], None]
) -> Iterator[Damage]:
    """Check the chain of each log from its first generation on."""
    for log in archive.logs:
        before: Generation | None = None
        for generation in archive.generations(log):
            if not _continues(archive, log, before, generation):
                yield Damage(
                    kind="chain_broken",
                    place=f"{log}, generation {generation.generation}",
                    text="it does not say that it continues the end of the one before",
                    remedy=log.remedy,
                )
            before = generation


def _continues(
    archive: Archive, log: ExaminedLog, before: Generation | None, generation: Generation
) -> bool:
    number, start = generation.generation, generation.start
    _, first = next(archive.entries(log, number), (0, ""))
    event = _opening(first)
    if event is None:
        return False
    end = (before.origin, before.size, before.root.hex()) if before else _NOTHING
    return (
        number == (before.generation + 1 if before else 1)
        and generation.origin == _origin(log, number, start)
        and (event.number, event.start) == (number, start)
        and (event.previous_origin, event.previous_size, event.previous_root) == end
    )


def _opening(first: StoredEntry | str) -> GenerationOpened | HomeOpened | None:
    entry = readable(first.data) if isinstance(first, StoredEntry) else None
    if entry is not None and isinstance(entry.event, GenerationOpened | HomeOpened):
        return entry.event
    return None


def _origin(log: ExaminedLog, number: int, start: str) -> str:
    if log.kind is LogKind.HOME or log.mirror is None:
        return home_origin(log.writer.name, number, start)
    return channel_origin(log.writer.name, log.mirror.name, number, start)
