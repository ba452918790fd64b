"""The one order of the entries: whatever an entry had seen comes before it."""

from collections.abc import Iterable, Iterator, Sequence

from tongban.node.bundles.entries import BundledEntry
from tongban.node.bundles.places import LogName

_INSTANT_CHARACTERS = 10


def in_causal_order(entries: Iterable[BundledEntry]) -> tuple[BundledEntry, ...]:
    """Entries of one log by place, of two logs by `seen`, and otherwise by what their ids claim.

    Where what the entries say they have seen runs in a circle, the ids decide too; `contradictions`
    finds that.
    """
    waiting: dict[LogName, list[BundledEntry]] = {}
    # The last comes first, so that taking the next one off a list costs nothing.
    for bundled in sorted(entries, key=lambda b: (b.place, b.data), reverse=True):
        waiting.setdefault(bundled.place.log, []).append(bundled)
    return tuple(_merged(waiting))


def contradictions(entries: Sequence[BundledEntry]) -> Iterator[int]:
    """Indices of entries that say they have seen one that stands after them."""
    following: dict[LogName, tuple[int, int]] = {}
    for index in reversed(range(len(entries))):
        place = entries[index].place
        if _lacks(entries[index], following.get(place.log.opposite)):
            yield index
        following[place.log] = place.position


def _merged(waiting: dict[LogName, list[BundledEntry]]) -> Iterator[BundledEntry]:
    while waiting:
        heads = [line[-1] for line in waiting.values()]
        ready = [head for head in heads if not _lacks(head, _next_opposite(head, waiting))]
        chosen = min(ready or heads, key=_claim)
        line = waiting[chosen.place.log]
        yield line.pop()
        if not line:
            del waiting[chosen.place.log]


def _claim(bundled: BundledEntry) -> tuple[str, bool, str, LogName]:
    # An id begins with its instant. What was written at one instant begins at home: taken in,
    # then dispatched.
    entry_id, log = bundled.entry.id, bundled.place.log
    return entry_id[:_INSTANT_CHARACTERS], bool(log.reader), entry_id, log


def _next_opposite(
    head: BundledEntry, waiting: dict[LogName, list[BundledEntry]]
) -> tuple[int, int] | None:
    line = waiting.get(head.place.log.opposite)
    return line[-1].place.position if line else None


def _lacks(bundled: BundledEntry, following: tuple[int, int] | None) -> bool:
    """Whether the entry had seen the opposite one at `following`, which is not there yet."""
    seen = bundled.entry.seen
    return seen is not None and following is not None and following < (seen.generation, seen.size)
